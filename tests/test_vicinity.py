"""An archive of a briefing and those beside it plans the pages of that briefing as the whole archive does."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.inputs import read_theme
from generator.config import Config
from generator.model import Briefing, CountryPair, Person
from generator.places import THEME
from generator.publish.archive import Archive, make_archive
from generator.publish.page import page_parts
from generator.publish.pages import plan_texts
from generator.publish.site import make_site, plan_assets
from generator.publish.vicinity import find_beside, find_names, gather
from tests.factories import make_briefing, shipped_vocabulary

PAIRS = (("IN", "KR"), ("IN", "JP"), ("JP", "KR"))
SECTORS = ("defence", "semiconductors", "trade")
# One person, as three outlets spell the name: the archive shows all as the first briefing does.
PEOPLE = ("Cho Hyun", "CHO HYUN", "cho hyun")


@st.composite
def archives(draw: st.DrawFn) -> list[Briefing]:
    """Draw up to twelve briefings of a few days, so that many share a day, a pair and a sector, and translations of some."""
    found: list[Briefing] = []
    count = draw(st.integers(1, 12))
    for number in range(count + draw(st.integers(0, 3))):
        translated = {"translation_of": draw(st.sampled_from(found[:count])).id, "lang": f"k{number}"} if number >= count else {}
        day = date(2024, 1, 1) + timedelta(draw(st.integers(0, 4)))
        pairs = draw(st.lists(st.sampled_from(PAIRS), max_size=2, unique=True))
        found.append(
            make_briefing(
                id=f"briefing-{number}",
                date=day,
                title=f"Talks {number}",
                pairs=tuple(CountryPair(*pair) for pair in pairs),
                countries=tuple(sorted({code for pair in pairs for code in pair})) or ("IN",),
                sectors=tuple(draw(st.lists(st.sampled_from(SECTORS), max_size=3, unique=True))),
                people=(Person(draw(st.sampled_from(PEOPLE))), Person(draw(st.sampled_from(("Ana Diaz", "ana diaz"))))),
                **translated,
            )
        )
    return found


def digests(archive: Archive, *ids: str) -> dict[str, dict[str, bytes]]:
    """Return what the pages of some briefings show."""
    site = make_site(Config(), assets=plan_assets(read_theme(THEME)), pages=archive.pages, search=False, settings="archive.toml")
    pages = plan_texts([archive.by_id[name] for name in ids], archive, site)
    return {page.url: page_parts(page, {}) for page in pages}


@given(archives(), st.data())
@settings(deadline=None)
def test_a_briefing_and_those_beside_it_are_enough_for_its_pages(briefings: list[Briefing], data: st.DataObject) -> None:
    whole, _ = make_archive(briefings, (), vocabulary=shipped_vocabulary(), config=Config())
    edited = data.draw(st.lists(st.sampled_from(briefings), min_size=1, max_size=3, unique_by=lambda item: item.id))
    near = gather([item.location.path for item in edited], find_beside(whole))
    few, _ = make_archive(
        [item for item in briefings if item.location.path in near],
        (),
        vocabulary=shipped_vocabulary(),
        config=Config(),
        names=find_names(whole),
    )
    ids = [item.id for item in edited]
    assert digests(few, *ids) == digests(whole, *ids)


def test_an_edit_needs_few_of_many_briefings() -> None:
    many = [make_briefing(id=f"briefing-{number}", date=date(2024, 1, 1) + timedelta(number)) for number in range(200)]
    archive, _ = make_archive(many, (), vocabulary=shipped_vocabulary(), config=Config())
    assert [path.rpartition("/")[2] for path in gather([many[100].location.path], find_beside(archive))] == [
        "briefing-100.md",
        "briefing-101.md",
        "briefing-99.md",
    ]
