"""One text in several languages: which briefing is the original of which, what befalls them together, and what is wrong there.

A text is counted once, by its original: only that stands in lists, indexes, feeds and charts. A translation has a page of its
own, and stands in the search and in the data. It goes with its original: there is none of a draft, and with a withdrawn text its
translations are withdrawn.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.errors import Location, Problem, did_you_mean, error
from generator.languages import name_language
from generator.model import Briefing
from generator.publish.cards import Version
from generator.publish.urls import briefing_url

# Comparing a long name with 10,000 others takes half a second, and a slip of many translations is mostly the same one.
COMPARED = 20_000

Locate = Callable[[Location, str], Location]
"""From the file of a briefing and a key of its front matter to where in the file that stands."""


def settle_translations(briefings: Sequence[Briefing]) -> Sequence[Briefing]:
    """Return the originals and then those translations whose original is among them, withdrawn where that is."""
    if not any(briefing.translation_of for briefing in briefings):
        return briefings
    originals = {briefing.id: briefing for briefing in briefings if not briefing.translation_of}
    translations = [briefing for briefing in briefings if briefing.translation_of in originals]
    return [
        *[briefing for briefing in briefings if not briefing.translation_of],
        *[replace(one, withdrawn=one.withdrawn or originals[one.translation_of].withdrawn) for one in translations],
    ]


def find_versions(briefings: Iterable[Briefing], language: str) -> Mapping[str, tuple[Version, ...]]:
    """Return by id, of each briefing that is shown in several languages, its other versions, the original first.

    `briefings` are settled; `language` is that of those that do not say theirs.
    """
    texts: dict[str, list[Briefing]] = {}
    shown = [briefing for briefing in briefings if not briefing.withdrawn]
    for translation in [briefing for briefing in shown if briefing.translation_of]:
        texts.setdefault(translation.translation_of, []).append(translation)
    if not texts:
        return {}
    found = {}
    for original in [briefing for briefing in shown if briefing.id in texts]:
        members = (original, *sorted(texts[original.id], key=lambda briefing: (briefing.lang, briefing.id)))
        versions = {one.id: Version(one.title, one.lang or language, briefing_url(one.id)) for one in members}
        for name in versions:
            found[name] = tuple([version for other, version in versions.items() if other != name])
    return found


def find_wrong_translations(
    briefings: Collection[Briefing], language: str, *, unread: Collection[str], locate: Locate
) -> Iterator[Problem]:
    """Yield what is wrong with the originals that briefings name, be they drafts or not, and with the languages of their texts.

    `unread` are the ids of briefings that are there and cannot be read, of which that is said already.
    """
    translations = sorted((one for one in briefings if one.translation_of), key=lambda briefing: briefing.location.path)
    if not translations:
        return
    by_id = {briefing.id: briefing for briefing in briefings}
    near = _find_nearest({one.translation_of for one in translations} - by_id.keys(), briefings)
    languages: dict[tuple[str, str], Briefing] = {}
    for briefing in translations:
        name = briefing.translation_of
        original = by_id.get(name)
        where = locate(briefing.location, "translation_of")
        if original is None:
            if name not in unread:
                hint = near.get(name) or "the id of a briefing is the name of its file without .md"
                yield error("unknown-original", where, f'there is no briefing "{name}"', hint)
        elif original.id == briefing.id:
            message = "this briefing is said to be a translation of itself"
            yield error("wrong-original", where, message, "name the briefing of which it is one, or take the key out")
        elif original.translation_of:
            yield error("wrong-original", where, *_tell_chain(briefing, original))
        elif not briefing.withdrawn:
            code = briefing.lang or language
            languages.setdefault((name, (original.lang or language).casefold()), original)
            first = languages.setdefault((name, code.casefold()), briefing)
            if first is not briefing:
                message = f'this text is in {name_language(code)} ("{code}"), and so is that of {first.location.path}'
                hint = 'put the "lang" right in one of the two' if briefing.lang else 'write its language, such as "lang: ko"'
                yield error("same-language", where, message, hint)


def _find_nearest(missing: Collection[str], briefings: Collection[Briefing]) -> Mapping[str, str]:
    """Return the hint for each of some ids that are not there, where these are few enough to be compared with all originals."""
    originals = [briefing.id for briefing in briefings if not briefing.translation_of]
    return {name: did_you_mean(name, originals) for name in missing} if len(missing) * len(originals) <= COMPARED else {}


def _tell_chain(briefing: Briefing, original: Briefing) -> tuple[str, str]:
    """Return what is wrong with a translation of a translation, and what to do."""
    name = original.translation_of
    if name in (original.id, briefing.id):
        other = "itself" if name == original.id else "this one"
        return f'"{original.id}" is itself said to be a translation, of {other}', "take the key out of the original"
    return f'"{original.id}" is itself a translation, of "{name}"', f'write "{name}"'
