"""The layers of the house: what may import what, and where the world outside may be touched."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest

from generator.build.pipeline import LIBRARIES, list_libraries
from generator.publish.cards import find_term

PACKAGE = Path(__file__).parent.parent / "generator"

# A module imports only from rows above its own. A package stands for its modules, unless one has a row of its own.
ROWS = (
    ("errors", "text", "languages", "fingerprint", "clock", "workers", "config.toml_places", "content.code_lines"),
    ("content.flat_yaml", "content.yaml_faults", "content.fences", "content.merge_marks"),
    ("model", "files", "cache", "content.front_matter", "content.values", "content.budget"),
    ("config", "content.known_terms", "content.fields", "keeping", "build.outcome", "outputs", "publish.cards"),
    ("content.briefings", "vocabulary", "places", "publish.urls", "publish.page", "publish.markup", "publish.escaping"),
    ("mentions", "ingest.words"),
    ("publish.taxonomy", "publish.translations", "ingest.dates"),
    ("publish.articles", "ingest.prose"),
    ("ingest.tagging", "ingest.settling"),
    ("publish.archive", "publish.site", "ingest"),
    ("publish.json_ld", "publish.changes"),
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
    ("publish.listing", "publish.markdown_file"),
    ("publish.index_pages", "publish.emptied", "publish.dossier", "publish.filters", "publish.manifest"),
    ("publish.environment",),
    ("publish.templating",),
    ("publish.pages", "publish.render", "check.reading"),
    ("content.records", "check.sitemap"),
    (
        "build.inputs",
        "build.settings",
        "content.drafts",
        "check.site",
        "build.in_place",
        "refusals",
        "content.strays",
        "content.absences",
        "intake.seed_files",
        "intake.outbox",
    ),
    ("build.theme", "build.last_build", "build.exchange", "build.wholes"),
    ("build.recall", "intake"),
    ("build.pipeline",),
    ("build", "check", "intake.editing"),
    ("terminal", "serve"),
    ("commands",),
    ("previewing", "explaining"),
    ("cli",),
    ("__main__",),
)
LEVELS = {name: level for level, row in enumerate(ROWS) for name in row}

# The shell: only these modules may touch disk, clock, processes or terminal, and each of them does.
SHELL = set(
    "build build.exchange build.in_place build.inputs build.last_build build.pipeline build.recall build.settings build.theme "
    "build.wholes intake intake.editing intake.outbox intake.pool intake.seed_files content.absences content.drafts "
    "content.strays places files outputs keeping refusals clock workers serve serve.app previewing commands cli __main__ "
    "terminal".split()
)
FORBIDDEN_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval", "__import__"}
FORBIDDEN_MODULES = set(
    "time random secrets logging subprocess multiprocessing concurrent asyncio threading signal resource platform locale "
    "socket select selectors ssl http.client http.server urllib.request webbrowser "
    "tempfile shutil glob fileinput linecache fcntl mmap ctypes pty tty termios getpass".split()
)
# Of these modules the core may use what touches nothing.
HARMLESS = {
    "os": {"SEEK_END"},
    "sys": {"implementation", "maxsize"},
    "io": {"BytesIO", "StringIO"},
    "pathlib": {"PurePath", "PurePosixPath"},
    "uuid": {"NAMESPACE_URL", "uuid5"},
}
FORBIDDEN_ATTRIBUTES = set(
    "read_text read_bytes write_text write_bytes unlink mkdir rename stat lstat scandir iterdir listdir exists rmtree rmdir glob "
    "rglob is_file is_dir is_symlink touch readlink samefile symlink_to hardlink_to chmod expanduser chdir "
    "cpu_count sched_getaffinity now today utcnow environ getenv getcwd".split()
)
# Methods of a path that other values have too: those take more arguments.
PATH_CALLS = {"replace": 1, "resolve": 0, "absolute": 0}
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


def find_cycle(sources: Mapping[str, str]) -> list[str]:
    """Return the modules of a circle of imports, if there is one; those for types and those within functions count, too.

    Only what is asked for counts: that Python loads a package before its modules makes no circle of a package and its own.
    """
    graph = {name: {other for _, other in imports(ast.parse(source)) if other != name} for name, source in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def find_outside_touches(name: str, source: str) -> list[str]:
    tree = ast.parse(source)
    imported = [(node.lineno, full) for node in ast.walk(tree) for full in full_names(node)]
    reads_package = any(full.startswith("importlib.resources") for _, full in imported)
    harmless = PACKAGE_DATA if reads_package else set()
    found = [(line, f"imports {full}") for line, full in imported if is_forbidden(full)]
    found += [(node.lineno, touched) for node in ast.walk(tree) for touched in find_touches(node) if touched not in harmless]
    return [f"{name}.py:{line} {touch if ' ' in touch else f'uses {touch}'}" for line, touch in sorted(found)]


def full_names(node: ast.AST) -> list[str]:
    """Return what an import names, from its module on."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) and node.module else []


def is_forbidden(full: str) -> bool:
    module, _, rest = full.partition(".")
    is_touching = any(f"{full}.".startswith(f"{name}.") for name in FORBIDDEN_MODULES)
    return is_touching or (bool(rest) and module in HARMLESS and rest not in HARMLESS[module])


def find_touches(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=called)) if called in FORBIDDEN_CALLS:
            yield f"calls {called}"
        case ast.Call(func=ast.Attribute(attr=method), args=given, keywords=[]) if PATH_CALLS.get(method) == len(given):
            yield method
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in HARMLESS and name not in HARMLESS[owner]:
            yield f"{owner}.{name}"
        case ast.Attribute(attr=name) if name in FORBIDDEN_ATTRIBUTES:
            yield name


def test_every_module_has_its_row() -> None:
    homeless = [name for name, _ in modules() if name not in {"", "publish", "content"} and home(name) is None]
    assert homeless == []


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_module_imports_only_from_rows_above(name: str, path: Path) -> None:
    assert find_upward_imports(name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_the_shell_and_only_it_touches_the_world(name: str, path: Path) -> None:
    found = find_outside_touches(name, path.read_text(encoding="utf-8"))
    assert bool(found) if name in SHELL else found == []


def test_no_imports_go_round_in_a_circle_within_a_package_either() -> None:
    assert find_cycle({name: path.read_text(encoding="utf-8") for name, path in modules()}) == []


def test_a_circle_of_imports_that_are_lazy_or_for_types_is_found() -> None:
    lazy = "def f() -> None:\n    from generator.ingest.dates import g\n"
    typed = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from generator.ingest.words import G\n"
    assert set(find_cycle({"ingest.words": lazy, "ingest.dates": typed, "ingest.prose": typed})) == {
        "ingest.words",
        "ingest.dates",
    }


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


@pytest.mark.parametrize(
    "source",
    [
        "import os\n\nos.listdir('.')\n",
        "import os\n\nos.fork()\n",
        "from os import replace\n",
        "import os.path\n",
        "import sys\n\nsys.stdout.write('')\n",
        "from pathlib import Path\n",
        "import concurrent.futures\n",
        "from urllib import request\n",
        "place.is_file()\n",
        "place.touch()\n",
        "place.replace(other)\n",
        "place.resolve()\n",
        "# Of resources.\nplace.read_text()\n",
    ],
)
def test_each_way_out_of_the_core_is_found(source: str) -> None:
    assert len(find_outside_touches("text", source)) == 1


def test_what_touches_nothing_is_free_to_the_core() -> None:
    source = "from importlib import resources\nfrom os import SEEK_END\n\nresources.files('a').joinpath('b').read_text()\n"
    assert find_outside_touches("text", source + "text.replace('a', 'b')\nday.replace(year=1)\nsite.resolve(link, page)\n") == []


@pytest.mark.parametrize(("name", "path"), [pytest.param(name, path, id=name or "generator") for name, path in modules()])
def test_module_has_at_most_300_lines(name: str, path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_no_class_has_more_than_150_lines() -> None:
    trees = [(name, ast.parse(path.read_text(encoding="utf-8"))) for name, path in modules()]
    classes = [(name, node) for name, tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    sizes = {f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1 for name, node in classes}
    assert {name: size for name, size in sizes.items() if size > 150} == {}


# The planners of pages, and the records of a cache, hold the arguments of these as a row.
HANDED_A_ROW = {
    "content.records._load_source",
    "publish.charts.years.draw_strip",
    "publish.feeds.make_json_feed",
    "publish.pages.api.render_openapi",
}


def test_no_function_but_of_a_row_takes_more_than_four_arguments_by_position() -> None:
    found = set()
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = [
                    argument for argument in (*node.args.posonlyargs, *node.args.args) if argument.arg not in {"self", "cls"}
                ]
                found |= {f"{name}.{node.name}"} if len(given) > 4 else set()
    assert found == HANDED_A_ROW


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
    found = list(list_libraries([str(tmp_path / "none.zip"), str(site), str(other)]))
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
    assert makers == ["publish.cards"]
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
