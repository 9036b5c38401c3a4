"""The layers of the house: what may import what, and where the world outside may be touched."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest

from generator.build.pipeline import LIBRARIES, find_versions
from generator.model import find_term

PACKAGE = Path(__file__).parent.parent / "generator"

# A module imports only from rows above its own. A package stands for its modules, unless one has a row of its own.
ROWS = (
    ("errors", "text", "fingerprint", "clock", "content.flat_yaml", "workers", "content.yaml_faults", "config.toml_places"),
    ("model", "config", "files", "cache", "content.front_matter", "content.values", "content.budget"),
    ("content.known_terms", "content.fields", "keeping", "build.outcome"),
    ("content.briefings", "vocabulary", "places", "publish.urls", "publish.page", "publish.markup", "publish.escaping"),
    ("mentions", "ingest.words"),
    ("publish.taxonomy", "ingest.dates"),
    ("publish.articles", "ingest.prose"),
    ("ingest.tagging", "ingest.settling"),
    ("publish.archive", "publish.site", "ingest"),
    ("publish.json_ld",),
    (
        "publish.feeds",
        "publish.citations",
        "publish.exports",
        "publish.charts",
        "publish.images",
        "publish.search",
        "publish.reading",
        "publish.vicinity",
    ),
    ("publish.listing",),
    ("publish.index_pages", "publish.dossier", "publish.filters", "publish.manifest"),
    ("publish.environment",),
    ("publish.templating",),
    ("publish.pages", "publish.render", "check.reading"),
    ("content.records",),
    (
        "build.inputs",
        "build.settings",
        "content.drafts",
        "check.site",
        "build.exchange",
        "refusals",
        "content.strays",
        "intake.seed_files",
        "intake.outbox",
    ),
    ("build.theme", "build.last_build"),
    ("build.recall", "intake"),
    ("build.pipeline",),
    ("build", "check", "intake.editing"),
    ("terminal", "serve"),
    ("commands",),
    ("previewing",),
    ("cli",),
    ("__main__",),
)
LEVELS = {name: level for level, row in enumerate(ROWS) for name in row}

# The shell: only these may touch disk, clock, processes or terminal.
SHELL = {
    "intake",
    "intake.seed_files",
    "intake.outbox",
    "clock",
    "files",
    "build.exchange",
    "places",
    "build.inputs",
    "build.settings",
    "content.drafts",
    "refusals",
    "content.strays",
    "workers",
    "intake.editing",
    "build.pipeline",
    "build.theme",
    "keeping",
    "build.last_build",
    "build.recall",
    "build",
    "check",
    "serve",
    "terminal",
    "commands",
    "previewing",
    "cli",
    "__main__",
    "publish.render",
}
FORBIDDEN_CALLS = {"open", "print", "input"}
FORBIDDEN_MODULES = {"time", "random", "logging", "subprocess", "socket", "tempfile", "shutil", "glob", "secrets"}
FORBIDDEN_ATTRIBUTES = set(
    "read_text read_bytes write_text write_bytes unlink mkdir rename stat scandir iterdir exists rmtree rmdir glob rglob "
    "cpu_count sched_getaffinity now today utcnow environ getenv getcwd".split()
)
# Package data is read through importlib.resources, which is no file of the user's.
PACKAGE_DATA = {"read_text", "read_bytes"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def home(name: str) -> str | None:
    """Return the entry of ROWS that a module belongs to: itself, or the nearest package above it."""
    while name and name not in LEVELS:
        name = name.rpartition(".")[0]
    return name or None


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and module of every import of our own package: at the top, inside functions and only for types alike."""
    names = {name for name, _ in modules()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for full in found:
            if full.split(".")[0] != "generator":
                continue
            name = full.partition(".")[2]
            while name and name not in names:
                name = name.rpartition(".")[0]
            if name:
                yield node.lineno, name


def find_upward_imports(name: str, source: str) -> list[str]:
    own = home(name)
    faults = []
    for line, target in imports(ast.parse(source)):
        other = home(target)
        if own is None or other is None:
            continue
        same_package = own == other
        if same_package and name == own:
            continue  # The package itself gathers its modules.
        if same_package and target != own and own in {"publish.pages", "check"}:
            faults.append(f"{name}.py:{line} imports its sibling {target}")
        elif not same_package and LEVELS[other] >= LEVELS[own]:
            faults.append(f"{name}.py:{line} imports {target}")
    return faults


def find_outside_touches(name: str, source: str) -> list[str]:
    faults = []
    tree = ast.parse(source)
    reads_package = "resources" in source
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            faults.append(f"{name}.py:{line} calls {node.func.id}")
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in FORBIDDEN_ATTRIBUTES
            and not (reads_package and node.attr in PACKAGE_DATA)
        ):
            faults.append(f"{name}.py:{line} uses {node.attr}")
        elif isinstance(node, ast.Import) and (touched := {alias.name for alias in node.names} & FORBIDDEN_MODULES):
            faults.append(f"{name}.py:{line} imports {', '.join(sorted(touched))}")
        elif isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
            faults.append(f"{name}.py:{line} imports {node.module}")
    return faults


def test_every_module_has_its_row() -> None:
    homeless = [name for name, _ in modules() if name not in {"", "publish", "content"} and home(name) is None]
    assert homeless == []


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_module_imports_only_from_rows_above(name: str, path: Path) -> None:
    assert find_upward_imports(name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_core_does_not_touch_the_world(name: str, path: Path) -> None:
    if home(name) in SHELL or name in SHELL:
        return
    assert find_outside_touches(name, path.read_text(encoding="utf-8")) == []


def test_a_lazy_upward_import_is_found() -> None:
    source = "def f() -> None:\n    from generator.cli import main\n"
    assert find_upward_imports("model", source) == ["model.py:2 imports cli"]


def test_a_sibling_import_among_planners_is_found() -> None:
    source = "from generator.publish.pages.home import plan\n"
    assert find_upward_imports("publish.pages.pairs", source) == [
        "publish.pages.pairs.py:1 imports its sibling publish.pages.home"
    ]


def test_a_clock_in_the_core_is_found() -> None:
    source = "from datetime import datetime\n\nprint(datetime.now())\n"
    assert find_outside_touches("text", source) == ["text.py:3 calls print", "text.py:3 uses now"]


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_module_has_at_most_300_lines(name: str, path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def libraries_of(name: str) -> set[str]:
    """Return a library and those that it needs, but for what stands in for a later Python."""
    needed = [need for need in requires(name) or () if not re.search("extra ==|python_(full_)?version", need)]
    return {name}.union(*(libraries_of(re.split(r"[^\w-]", need)[0]) for need in needed))


def test_libraries_are_told_with_their_versions_wherever_and_however_they_are_installed(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    for folder in (
        site / "Jinja2-3.1.7.dist-info",
        site / "nh3-0.3.9.dist-info",
        site / "nh3-0.3.10.dist-info",
        other / "jinja2",
    ):
        folder.mkdir(parents=True)
    found = list(find_versions([str(tmp_path / "none.zip"), str(site), str(other)]))
    assert [name for name in found if "-info" in name] == [
        "Jinja2-3.1.7.dist-info",
        "nh3-0.3.10.dist-info",
        "nh3-0.3.9.dist-info",
    ]
    # Those that left no such folder are asked for by name.
    assert f"markdown {version('markdown')}" in found
    assert len(found) == len(LIBRARIES) + 1


def test_terms_are_made_in_one_place_so_that_equal_ones_are_one_object() -> None:
    makers = [name for name, path in modules() if re.search(r"(?<![\w.])Term\(", path.read_text(encoding="utf-8"))]
    assert makers == ["model"]
    assert find_term("country", "in", "India", "") is find_term("country", "in", "India", "")


def test_an_update_of_any_library_that_shapes_a_site_makes_it_anew() -> None:
    """Ingest, checks and the preview use others; what `mentions` or `publish` imports, or a font, reaches the pages."""
    apart = ("ingest", "check", "serve", "editing", "retag", "terminal")
    trees = [ast.parse(path.read_text(encoding="utf-8")) for name, path in modules() if not name.startswith(apart)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    used = {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    used |= {alias.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names = {name for module in used - sys.stdlib_module_names - {"generator"} for name in packages_distributions()[module]}
    needed = {canonical(library) for name in names for library in libraries_of(name)}
    assert needed - {canonical(name) for name in LIBRARIES} == set()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
