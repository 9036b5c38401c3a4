"""A text of 5 MB works: it is ingested, published whole and checked, and what would be out of proportion is bounded."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.build.outcome import Options
from generator.content.budget import check_budget
from generator.errors import Location
from generator.intake import ingest
from generator.places import find_places
from generator.publish.feeds import TEXT_MAX
from generator.publish.markup.dialect import convert_stock
from generator.publish.search import segments
from tests.archives import briefing_file
from tests.conftest import WriteTree, build_site
from tests.factories import make_archive_of, make_briefing

SENTENCE = (
    "Peru and Fiji signed pact {} on fish in Lima on Monday, and the two governments will publish it at the end of the year."
)
LAST = "At the very end the two ministers of fisheries shook hands."


def write_seed(root: Path, text: str) -> None:
    (root / "seeds").mkdir()
    (root / "seeds/long.txt").write_text(f"Peru and Fiji sign 40,000 pacts on fish\n\n3 May 2024\n\n{text}\n", encoding="utf-8")


def test_a_seed_of_five_megabytes_is_a_briefing_that_is_published_whole(tmp_path: Path) -> None:
    text = "\n".join(" ".join(SENTENCE.format(n) for n in range(start, start + 3)) for start in range(0, 42_000, 3))
    assert len(text) > 5_000_000
    write_seed(tmp_path, f"{text}\n{LAST}")
    places = find_places(tmp_path)
    assert ingest(places).problems == ()
    outcome = build(places, Options(jobs=1, publish=False))
    assert (outcome.problems, outcome.briefings) == ((), 1)
    (url,) = (url for url in outcome.rendered if url.startswith("/briefings/2024-") and url.endswith("-fish/"))
    assert all(SENTENCE.format(n).encode() in outcome.rendered[url] for n in (0, 20_000, 41_999))
    assert LAST.encode() in outcome.rendered[url]
    # Its text stands in the page, the Markdown, the API and the bulk files, and not in all feeds.
    assert sum(map(len, outcome.rendered.values())) < 10 * len(text)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(map(SENTENCE.format, range(42_000))),
        "\n".join(map(SENTENCE.format, range(42_000))),
        "- " + "\n- ".join(map(SENTENCE.format, range(42_000))),
        "- " + "\n- ".join(map(f"**Pact:** {SENTENCE}".format, range(42_000))),
        "\n\n".join(" ".join(["लीमा में मछली पर समझौता हुआ।"] * 5) for _ in range(15_000)),
        "A short line.\n\n" * 90_000,
    ],
    ids=["paragraphs", "lines of one paragraph", "a list", "a list with signs", "Hindi", "short paragraphs"],
)
def test_a_long_text_of_a_harmless_shape_is_within_the_budget(text: str) -> None:
    check_budget(text, Location("content/briefings/2025/x.md"))


def test_a_text_of_many_blocks_takes_the_first_of_them_alone() -> None:
    blocks = [f"Block {number}." for number in range(3_000)]
    assert convert_stock("\n\n".join(blocks)) == "\n".join(f"<p>{block}</p>" for block in blocks)


def test_a_feed_has_the_summary_in_the_place_of_a_long_text(write_tree: WriteTree) -> None:
    short, long = (f"{'Peru and Fiji agree. ' * 9}\n\n" * (size // 191) for size in (TEXT_MAX - 400, TEXT_MAX + 400))
    files = {f"content/briefings/2025/{name}.md": briefing_file(body=body) for name, body in (("short", short), ("long", long))}
    rendered = build_site(write_tree(files), publish=False).rendered
    items: list[dict[str, Any]] = json.loads(rendered["/feed.json"])["items"]
    assert {item["url"].split("/")[-2]: "content_html" in item for item in items} == {"short": True, "long": False}
    assert [item["content_text"] for item in items if "content_text" in item] == [items[0]["summary"]]
    assert rendered["/feed.xml"].count(b"<content") == 1
    assert rendered["/feed.xml"].count(b"<summary") == 2


def test_the_search_knows_the_beginning_of_a_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "SEARCHED", 600)
    article = make_archive_of(make_briefing(body=f"Zander. {'Peru and Fiji agree. ' * 40}\n\nQuokka.")).articles[0]
    (segment,) = segments.make_segments(segments.plan_segments([article]))
    assert "zander" in segment["stems"]["en"]
    assert "quokka" not in segment["stems"]["en"]


def test_a_text_that_no_page_could_show_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    write_seed(tmp_path, "\n\n".join(map(SENTENCE.format, range(60))))
    bold = "**Peru** and *Fiji* agree. " * 40_000
    (tmp_path / "seeds/bold.md").write_text(f"# Peru and Fiji sign a pact\n\n3 May 2024\n\n{bold}\n")
    result = ingest(find_places(tmp_path))
    assert [(problem.code, problem.where.path) for problem in result.problems] == [("seed-markup", "seeds/bold.md")]
    assert result.briefings == 1
    assert build(find_places(tmp_path), Options(jobs=1, publish=False)).problems == ()
