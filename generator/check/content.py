"""What an editor should know of a briefing although it can be published: texts too long, terms too many, words that disagree."""

from collections.abc import Iterable, Iterator

from generator.check.site import BuiltSite, source_url
from generator.config import Config
from generator.config.toml_places import find_place, find_places
from generator.errors import Location, Problem, did_you_mean, warning
from generator.model import Briefing, Ruling
from generator.places import SETTINGS_PATH
from generator.publish.articles import find_rights, fold_rights
from generator.text import EARLIEST_YEAR, fold

SUMMARY_LENGTH = 280
KEY_POINTS = 5
SECTORS = 9


def find_long_summaries(site: BuiltSite) -> Iterator[Problem]:
    """Yield summaries that lists, feeds and previews of links would cut."""
    for briefing in site.briefings:
        length = len(briefing.summary)
        if length > SUMMARY_LENGTH:
            where = site.find_key(briefing.location.path, "summary")
            yield warning(
                "long-summary",
                where,
                f"the summary has {length} characters, {SUMMARY_LENGTH} at most are shown whole",
                "shorten it",
            )


def find_many_key_points(site: BuiltSite) -> Iterator[Problem]:
    """Yield lists of key points that are no shorter than reading."""
    for briefing in site.briefings:
        if len(briefing.key_points) > KEY_POINTS:
            where = site.find_key(briefing.location.path, "key_points")
            number = len(briefing.key_points)
            yield warning(
                "many-key-points", where, f"there are {number} key points, {KEY_POINTS} are enough", "keep those that matter most"
            )


def find_future_dates(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings, corrections and withdrawals of a day that is still to come: a mistyped year heads every list and feed."""
    for briefing in site.briefings:
        if briefing.draft:
            continue
        days = [("date", briefing.date), *(("corrections", notice.date) for notice in briefing.corrections)]
        days += [("withdrawn", briefing.withdrawn.date)] if briefing.withdrawn else []
        for key, day in days:
            if day and day > site.latest:
                where = site.find_key(briefing.location.path, key)
                yield warning("future-date", where, f"{day.isoformat()} is still to come", "put the year right, or wait with it")


def find_undated_drafts(site: BuiltSite) -> Iterator[Problem]:
    """Yield drafts that are not shown among the drafts either: without a date nothing has its place in a list."""
    for briefing in site.briefings:
        if site.drafts and briefing.draft and not briefing.date:
            missing = "date" if briefing.title else "date and no title"
            where = site.find_key(briefing.location.path, "date")
            hint = 'write "date: YYYY-MM-DD" into its front matter'
            yield warning("undated-draft", where, f"this draft has no {missing}, so no preview shows it", hint)


def find_ancient_dates(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings of a year in which nobody wrote one: a mistyped year makes charts of a thousand columns."""
    for briefing in site.briefings:
        if briefing.date and briefing.date.year < EARLIEST_YEAR and not briefing.draft:
            where = site.find_key(briefing.location.path, "date")
            message = f"{briefing.date.isoformat()} is a day before {EARLIEST_YEAR}"
            yield warning("ancient-date", where, message, "put the year right")


def find_many_sectors(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings that are about so many sectors that they are about none."""
    for briefing in site.briefings:
        if len(briefing.sectors) > SECTORS:
            where = site.find_key(briefing.location.path, "sectors")
            number = len(briefing.sectors)
            yield warning("many-sectors", where, f"there are {number} sectors, {SECTORS} at most", "keep the heaviest ones")


def find_rejected_terms(site: BuiltSite) -> Iterator[Problem]:
    """Yield terms that an editor rejected and that the briefing has all the same."""
    for briefing in site.briefings:
        rejected = _list_terms(briefing.rejected)
        for key, term in _list_terms(_held_by(briefing)):
            if (key, term) in rejected:
                where = site.find_key(briefing.location.path, key)
                message = f'"{term}" is among {key} and among the rejected {key}'
                yield warning("rejected-term", where, message, "take it out of one of them")
        for key, term in _list_terms(briefing.confirmed):
            if (key, term) in rejected:
                where = site.find_key(briefing.location.path, "confirmed")
                message = f'"{term}" is among the confirmed {key} and among the rejected {key}'
                yield warning("rejected-term", where, message, "take it out of one of them")


def find_unheld_terms(site: BuiltSite) -> Iterator[Problem]:
    """Yield terms that an editor confirmed and that the briefing does not have."""
    for briefing in site.briefings:
        held = _list_terms(_held_by(briefing))
        for key, term in _list_terms(briefing.confirmed):
            if (key, term) not in held:
                where = site.find_key(briefing.location.path, "confirmed")
                message = f'"{term}" is among the confirmed {key} and not among {key}'
                yield warning("unheld-term", where, message, "add it there, or take it out here")


def find_missing_sources(site: BuiltSite) -> Iterator[Problem]:
    """Yield briefings whose text is withheld, by their front matter or the settings, and that do not say where it can be read."""
    rights = fold_rights(site.config.rights)
    for briefing in site.briefings:
        is_shown = briefing.withdrawn or find_rights(briefing, rights) == "full"
        if not is_shown and not any(source.url for source in briefing.sources):
            where = site.find_key(briefing.location.path, "rights" if briefing.rights else "source")
            message = "the text is not shown, and no source says where it is"
            yield warning("missing-source", where, message, 'give the "source" its "url"')


def find_waiting_translations(site: BuiltSite) -> Iterator[Problem]:
    """Yield translations that are no drafts and not published either, since their originals are drafts."""
    drafts = {briefing.id for briefing in site.briefings if briefing.draft}
    for briefing in site.briefings:
        if briefing.translation_of in drafts and not briefing.draft and source_url(briefing) not in site.planned:
            where = site.find_key(briefing.location.path, "translation_of")
            message = f'"{briefing.translation_of}" is a draft, and its translation waits for it'
            yield warning("waiting-translation", where, message, 'publish the original, or take the key "translation_of" out')


def find_unset_addresses(site: BuiltSite) -> Iterator[Problem]:
    """Yield a site of which nobody has said where it will stand: feeds, citations and the sitemap would name this machine."""
    if site.base_url == Config().base_url:
        message = f"the addresses in feeds, citations and the sitemap begin with {site.base_url}"
        hint = 'write where the site will stand, base_url = "https://…/", or build and check with --base-url'
        yield warning("no-base-url", Location(site.settings or f"{site.content}/{SETTINGS_PATH}"), message, hint)


def find_unknown_publishers(site: BuiltSite) -> Iterator[Problem]:
    """Yield publishers that have rights in the settings and no text in the archive: misspelt, theirs would be shown whole."""
    known = {source.publisher for briefing in site.briefings for source in briefing.sources if source.publisher}
    folded = {fold(name) for name in known}
    unknown = [name for name in site.config.rights.publishers if fold(name) not in folded]
    read = {source.location.path for source in site.sources}
    if not unknown or any(path.endswith(".md") and path not in read for path in site.texts):
        return  # A file that cannot be read may be of any publisher.
    places = find_places(site.texts[site.settings])
    for name in unknown:
        where = Location(site.settings, *find_place(places, f"rights.publishers.{name}"))
        hint = did_you_mean(name, known) or "write it as the sources do, or take it out"
        yield warning("unknown-publisher", where, f'no briefing has a source of the publisher "{name}"', hint)


def _held_by(briefing: Briefing) -> Ruling:
    """Return the terms that a briefing has, as a ruling would name them."""
    return Ruling(
        countries=briefing.countries,
        pairs=briefing.pairs,
        sectors=briefing.sectors,
        people=tuple([person.name for person in briefing.people]),
        organisations=tuple([body.name for body in briefing.organisations]),
        kinds=(briefing.kind,),
    )


def _list_terms(ruling: Ruling) -> list[tuple[str, str]]:
    """Return the terms of a ruling, each behind the key of a briefing under which it stands or would stand."""
    by_key: dict[str, Iterable[str]] = {
        "countries": ruling.countries,
        "pairs": [pair.slug for pair in ruling.pairs],
        "sectors": ruling.sectors,
        "kind": ruling.kinds,
        "people": ruling.people,
        "organisations": ruling.organisations,
    }
    return [(key, term) for key, terms in by_key.items() for term in terms]


def find_shared_seeds(site: BuiltSite) -> Iterator[Problem]:
    """Yield copies of briefings that have the seed of the original, too."""
    paths = site.paths
    for digest, found in site.by_seed.items():
        listed = site.ledger.seeds.get(digest, "")
        original = listed if listed in paths else found[0].id
        for briefing in found:
            if briefing.id != original:
                from generator.ingest.settling.unsettled import tell_copy

                yield tell_copy(site.find_key(briefing.location.path, "seed"), paths[original])
