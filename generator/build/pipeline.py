"""The passes of publishing in their order: read, parse, index, plan. What is slow to import is imported here.

**When only texts have changed,** and the front matter of all briefings, the theme, the settings and everything else is as it was,
no list can have changed. Then only what shows a changed text is planned, and what shows all texts at once. The rule is the one by
which each page is judged, that equal inputs give equal pages, for all lists together; their inputs are digested as the `front`.
Where nothing shows the texts of many at once, an archive of the changed briefings and those beside them is enough for that plan.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from itertools import chain
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from generator.build.inputs import Content, Known, find_alias, find_key, read_theme, read_vocabulary, show_template
from generator.build.recall import Memory, Recall, choose_archive, find_edited, know_archive, recall_content
from generator.build.settings import read_config
from generator.build.theme import compile_templates, digest_theme, keep_theme, prepare_theme
from generator.build.wholes import plan_downloads, plan_index
from generator.clock import Clock
from generator.config import Config
from generator.content.absences import find_absence
from generator.content.strays import find_strays
from generator.errors import GeneratorError, Problem, Severity
from generator.files import read_file, walk
from generator.fingerprint import digest_bytes, fingerprint
from generator.model import Briefing, ContentPage
from generator.places import PACKAGE, Places, scan_folders
from generator.publish.archive import Archive
from generator.publish.environment import ThemeEnvironment
from generator.publish.manifest import Fingerprinter
from generator.publish.page import Page
from generator.publish.pages import plan_site, plan_text_feeds, plan_texts
from generator.publish.site import Site, make_site, plan_assets
from generator.publish.vicinity import gather
from generator.vocabulary import Vocabulary

# What shapes the bytes of a site besides this program: an update of one of these makes every page anew.
LIBRARIES = (
    "ahocorasick_rs",
    "babel",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pygments",
    "python-frontmatter",
    "python-slugify",
    "pyyaml",
    "rjsmin",
    "snowballstemmer",
    "text-unidecode",
    "uharfbuzz",
)


class Plan(Struct, frozen=True):
    """Pages of the site, the environment that renders them, and what tells by digests what they show.

    Where no plan could be made there are no pages and no environment. `wholes` are the addresses among them of what shows all
    texts at once. `is_partial` says that all other pages of the last build are as they were. `drafts` counts the briefings that
    are left out. `sources` are the files of `content/` that could be read, where the plan is not for publication. `known` is what
    the next build may know of the briefings, as long as the `key` is the same.
    """

    base_url: str
    sources: tuple[Briefing | ContentPage, ...] = ()
    briefings: int = 0
    drafts: int = 0
    pages: tuple[Page, ...] = ()
    wholes: frozenset[str] = frozenset()
    fingerprinter: Fingerprinter = field(default_factory=lambda: Fingerprinter(b"", {}))
    environment: ThemeEnvironment | None = None
    front: bytes = b""
    is_partial: bool = False
    known: Known = field(default_factory=Known)
    key: bytes = b""


class _Inputs(Struct, frozen=True):
    """All that a site is made of; `key` covers what shapes a record besides its briefing's file, `front` all but the texts.

    `cards` covers what shapes the briefings as they may be shown, but for their texts, and the settings: all of the front but the
    theme and the pages of `content/`.
    """

    config: Config
    vocabulary: Vocabulary
    theme: Mapping[str, bytes]
    engine: bytes
    key: bytes
    content: Content
    known: Known
    cards: bytes
    front: bytes


def plan(
    places: Places,
    problems: list[Problem],
    *,
    base_url: str = "",
    drafts: bool = False,
    search: bool = True,
    recall: Recall | None = None,
    jobs: int = 1,
    clock: Clock | None = None,
) -> Plan:
    """Return the plan of the site, and append what is wrong with its inputs; it is empty when no plan can be made of them.

    With `recall`, what was worked out for the last build is taken from the cache, and kept there for the next one.

    Raises: ConfigError, VocabularyError.
    """
    clock = clock or Clock()
    inputs = _read_inputs(places, problems, base_url=base_url, options=(drafts, search), recall=recall, clock=clock)
    content, config, known = inputs.content, inputs.config, inputs.known
    edited = find_edited(content, inputs.front, recall)
    has_search = search and config.pages.search
    near = None if edited is None or _needs_all(inputs, has_search=has_search) else gather(edited, known.beside)
    memory = recall.memory if recall else Memory()
    shown = {"drafts": drafts, "front": inputs.front, "memory": memory, "locate": partial(find_key, places)}
    archive, found = clock.run("index", choose_archive, content, near, inputs.vocabulary, config, **shown)
    problems += found
    failed = Plan(config.base_url.rstrip("/") + "/", () if recall else (*content.briefings.values(), *content.pages))
    if any(problem.severity is Severity.ERROR for problem in found):
        return failed
    try:
        made = _plan_pages(inputs, archive, edited, has_search=has_search, places=places, recall=recall, jobs=jobs, clock=clock)
    except GeneratorError as failure:
        problems += failure.problems
        return failed
    now = know_archive(content.known, archive, b"" if found else inputs.front) if recall else content.known
    memory.content = replace(content, known=now)
    return replace(
        made,
        base_url=failed.base_url,
        sources=failed.sources,
        briefings=len(known.beside) if near is not None else len(archive.shown),
        drafts=recall.build.drafts if recall and near is not None else _count_drafts(content, archive),
        front=inputs.front,
        is_partial=edited is not None,
        known=now,
        key=inputs.key,
    )


def _needs_all(inputs: _Inputs, *, has_search: bool) -> bool:
    """Say whether something shows the texts of many at once, or the last build did not know what stands beside what."""
    config = inputs.config
    has_whole_feeds = config.pages.feeds and config.feeds.content == "full"
    return inputs.known.front != inputs.front or config.pages.downloads or has_search or has_whole_feeds


def _count_drafts(content: Content, archive: Archive) -> int:
    """Return how many briefings an archive of all others leaves out."""
    return len(content.briefings) - len(archive.articles) - len(archive.withdrawn)


def _read_inputs(
    places: Places, problems: list[Problem], *, base_url: str, options: tuple[bool, bool], recall: Recall | None, clock: Clock
) -> _Inputs:
    config = read_config(places, base_url)
    vocabulary = clock.run("vocabulary", read_vocabulary, places)
    theme = clock.run("theme", read_theme, places.templates)
    state = recall.state if recall else scan_folders([places.content])
    problems += find_strays(places, state, theme)
    if absence := find_absence(places, state):
        problems.append(absence)
    engine = clock.run("engine", _digest_engine)
    key = engine + vocabulary.digest
    content, known = clock.run("parse", recall_content, places, vocabulary, problems, state=state, recall=recall, key=key)
    pages = tuple(page.digest for page in content.pages)
    cards = digest_bytes(content.known.stamp + fingerprint((config, vocabulary.digest, engine, options)))
    front = digest_bytes(cards + fingerprint((pages, digest_theme(theme))))
    return _Inputs(config, vocabulary, theme, engine, key, content, known, cards, front)


def _plan_pages(
    inputs: _Inputs,
    archive: Archive,
    edited: Sequence[str] | None,
    *,
    has_search: bool,
    places: Places,
    recall: Recall | None,
    jobs: int,
    clock: Clock,
) -> Plan:
    """Return the pages of an archive, of which only texts have been `edited` where this is not None.

    Raises: ContentError, TemplateError, PlanError.
    """
    cache, damaged = (places.cache, recall.damaged) if recall else (None, [])
    assets = plan_assets(inputs.theme)
    settings = places.shown(places.settings)
    # The archive of a few briefings does not know what became of the others.
    has_changes = inputs.known.has_changes if inputs.known.front == inputs.front else archive.has_changes
    site = make_site(
        inputs.config, assets=assets, pages=archive.pages, search=has_search, has_changes=has_changes, settings=settings
    )
    theme, compiled = clock.run(
        "templates",
        prepare_theme,
        inputs.theme,
        base_url=site.base_url,
        engine=inputs.engine,
        cache=cache,
        damaged=damaged,
        find_path=partial(show_template, places),
    )
    wholes = clock.run("downloads", plan_downloads, archive, site, cards=inputs.cards, cache=cache, damaged=damaged)
    if has_search:
        wholes += clock.run("search", plan_index, archive, site, cache=cache, damaged=damaged, jobs=jobs, engine=inputs.engine)
    if edited is None:
        moved = {"moved": inputs.config.moved, "settings": settings}
        pages = clock.run("plan", plan_site, archive, site, assets, wholes, locate=partial(find_alias, places), **moved)
    else:
        pages = clock.run("plan", _plan_edited, edited, archive, site, wholes)
    clock.run("templates", compile_templates, theme, pages)
    if cache:
        keep_theme(theme, compiled, inputs.theme, base_url=site.base_url, engine=inputs.engine, cache=cache)
    # Filters know where the site will stand, so that a template shows that, too.
    closures = {name: digest_bytes(digest + site.base_url.encode()) for name, (digest, _) in theme.closures.items()}
    whole = frozenset(page.url for page in wholes)
    fingerprinter = Fingerprinter(inputs.engine, closures)
    return Plan("", pages=pages, wholes=whole, fingerprinter=fingerprinter, environment=theme.environment)


def _plan_edited(edited: Iterable[str], archive: Archive, site: Site, wholes: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages that show a text of which the file was edited."""
    ids = {PurePath(path).stem for path in edited}
    changed = [archive.by_id[name] for name in sorted(ids & archive.by_id.keys())]
    return (*plan_texts(changed, archive, site), *plan_text_feeds(changed, archive, site), *wholes)


@cache
def _digest_engine() -> bytes:
    """Return the digest of what shapes the bytes besides the inputs: this program's sources and its libraries' versions.

    A process that goes on keeps the digest, as it keeps what it has imported.
    """
    sources = b"".join(read_file(PACKAGE / name) or b"" for name in walk(PACKAGE, ".py", ".toml", ".json"))
    return digest_bytes(" ".join(list_libraries(sys.path)).encode() + sources)


def list_libraries(path: Iterable[str]) -> Iterator[str]:
    """Yield name and version of each library, as its installer named the folder of what it says of itself; `path` is Python's.

    To import and ask `importlib.metadata` takes 25 ms, a thirtieth of a build after an edit.
    """
    found: dict[str, list[str]] = {}
    for name in chain.from_iterable(map(_list_installed, path)):
        found.setdefault(name.partition("-")[0].lower(), []).append(name)
    for library in LIBRARIES:
        names = found.get(library.replace("-", "_"))
        if names:
            yield from names  # An upgrade that came to grief leaves two.
        else:
            from importlib.metadata import version  # Some systems' own packages have no such folder.

            yield f"{library} {version(library)}"


def _list_installed(folder: str) -> list[str]:
    """Return the names under which installers say what they have put into a folder of Python's path, sorted."""
    with suppress(OSError):
        names = os.listdir(folder or ".")  # noqa: PTH208  # A path for each file of the standard library takes 1 ms.
        return sorted([name for name in names if name.endswith(".dist-info")])
    return []
