"""The theme, ready to render pages: what its templates are made of, and their code, kept in the cache while no file changes.

Parsing 40 templates takes 60 ms and compiling those of a page 70: together as long as all else that the edit of one text costs.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import jinja2
from msgspec import Struct

from generator.errors import Location, TemplateError, error
from generator.fingerprint import digest_bytes, fingerprint
from generator.keeping import read_kept, write_kept
from generator.publish.environment import ThemeEnvironment
from generator.publish.page import Page, View
from generator.publish.templating import CompiledTemplates, find_closures, make_environment

THEME_CACHE = "theme"


class Theme(Struct, frozen=True):
    """An environment to render in; `closures` maps each template to the digest of it and all that it needs, and their names."""

    environment: ThemeEnvironment
    closures: Mapping[str, tuple[bytes, tuple[str, ...]]]


def digest_theme(files: Mapping[str, bytes]) -> bytes:
    """Return the digest of a theme; `files` are all its files by name."""
    return fingerprint(tuple((name, digest_bytes(data)) for name, data in sorted(files.items())))


def prepare_theme(
    files: Mapping[str, bytes],
    *,
    base_url: str,
    engine: bytes,
    cache: Path | None,
    damaged: list[Path],
    find_path: Callable[[str], str],
) -> tuple[Theme, CompiledTemplates]:
    """Return a theme for a site at `base_url`, with the code that the cache has of its templates.

    `find_path` returns the path of a template as messages give it.

    Raises: TemplateError when a template cannot be read, or names another one by an expression.
    """
    templates = {name: _decode(name, data, find_path) for name, data in files.items() if not name.startswith("assets/")}
    kept = read_kept(cache / THEME_CACHE, damaged) if cache else {}
    known = kept if kept.get("key") == _key(files, base_url, engine) else {}
    compiled = CompiledTemplates(known.get("codes", {}))
    environment = make_environment(templates, base_url=base_url, compiled=compiled, find_path=find_path)
    return Theme(environment, known.get("closures") or find_closures(environment, templates)), compiled


def _decode(name: str, data: bytes, find_path: Callable[[str], str]) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        path = find_path(name)
        hint = f"save it with the encoding UTF-8; what is no template belongs in {path.removesuffix(name)}assets"
        where = Location(path, data.count(b"\n", 0, problem.start) + 1)
        raise TemplateError(error("not-utf-8", where, "the file is not UTF-8 text", hint)) from problem


def compile_templates(theme: Theme, pages: Iterable[Page]) -> None:
    """Compile what some pages need, before processes are forked that would each do it again."""
    used = {page.body.template for page in pages if isinstance(page.body, View)}
    for name in sorted({part for template in used & theme.closures.keys() for part in theme.closures[template][1]}):
        try:
            theme.environment.get_template(name)
        except jinja2.TemplateSyntaxError:
            continue  # Rendering will say where, and for which page.


def keep_theme(
    theme: Theme, compiled: CompiledTemplates, files: Mapping[str, bytes], *, base_url: str, engine: bytes, cache: Path
) -> None:
    """Keep what was compiled for the next build."""
    if compiled.has_new:
        values = {"key": _key(files, base_url, engine), "closures": dict(theme.closures), "codes": compiled.codes}
        write_kept(cache / THEME_CACHE, values)


def _key(files: Mapping[str, bytes], base_url: str, engine: bytes) -> bytes:
    # Jinja applies a filter to a constant when it compiles: the address of the site is in the code.
    return digest_theme(files) + engine + base_url.encode()
