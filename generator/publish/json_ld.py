"""What pages tell search engines of themselves: schema.org descriptions as JSON-LD.

The JSON is put together from texts: to make dictionaries of it and encode them took 28 µs a briefing, this takes 16.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as _encode

from markupsafe import Markup

from generator.publish.escaping import make_html
from generator.publish.site import Site
from generator.publish.urls import absolute


def breadcrumb_json_ld(items: Iterable[tuple[str, str]]) -> Markup:
    """Return the way to a page as a schema.org BreadcrumbList; `items` are (name, whole address), from the home page down."""
    steps = [
        json_object(
            "ListItem", json_member("position", str(position)), json_member("name", _encode(name)), json_text("item", url)
        )
        for position, (name, url) in enumerate(items, 1)
    ]
    return write_script(json_object("BreadcrumbList", json_list("itemListElement", steps)))


def website_json_ld(site: Site) -> Markup:
    """Return what the home page says of the whole site, with where its search is asked."""
    asked = absolute(site.base_url, "/search/?q={words}")
    search = json_object(
        "SearchAction",
        json_member("target", json_object("EntryPoint", json_text("urlTemplate", asked))),
        json_text("query-input", "required name=words"),
    )
    return write_script(
        json_object(
            "WebSite",
            json_text("name", site.title),
            json_text("url", site.base_url),
            json_text("description", site.description),
            json_text("inLanguage", site.language),
            json_member("publisher", name_thing("Organization", site.publisher.name or site.title, site.publisher.url)),
            json_member("potentialAction", search) if site.families.search else "",
        )
    )


@lru_cache(maxsize=1024)  # The site, its publisher and the countries are named on most pages.
def name_thing(kind: str, name: str, url: str = "") -> str:
    """Return an object of which only its name and perhaps its address are said."""
    return json_object(kind, json_text("name", name), json_text("url", url))


def json_object(kind: str, *members: str) -> str:
    """Return a JSON object of a type; members of which nothing is known are empty."""
    return f'{{"@type": "{kind}"{"".join(members)}}}'


def json_member(name: str, json: str) -> str:
    """Return a member of an object; `json` is its value."""
    return f', "{name}": {json}'


def json_text(name: str, text: str) -> str:
    """Return a member that is a text, or nothing of an empty one."""
    return json_member(name, _encode(text)) if text else ""


def json_list(name: str, items: Sequence[str]) -> str:
    """Return a member that is a list of JSON values, or nothing of an empty one."""
    return json_member(name, f"[{', '.join(items)}]") if items else ""


def write_script(statement: str) -> Markup:
    """Return an object with its context as it may stand in a script, which no text in it can end."""
    whole = f'{{"@context": "https://schema.org", {statement[1:]}'
    for sign, code in _CODES.items():
        if sign in whole:  # Most texts have none of most signs. `replace` would count them first, which takes 20 times as long.
            whole = whole.replace(sign, code)
    return make_html(whole)


# As Jinja's `tojson` does it. Nothing is left that HTML could take for a tag or an entity.
_CODES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&'"}
