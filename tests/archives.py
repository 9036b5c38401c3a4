"""Small archives as files on disk, for tests that build whole sites."""

from collections.abc import Mapping

ARCHIVE_TOML = 'title = "Test archive"\nbase_url = "https://example.org/briefings/"\n'


def briefing_file(
    title: str = "India and South Korea meet",
    *,
    date: str = "2025-08-16",
    countries: str = "[IN, KR]",
    pairs: str = "[in-kr]",
    sectors: str = "[semiconductors, defence]",
    kind: str = "summit",
    body: str = "India and South Korea met in Seoul to talk about semiconductors and defence.",
    more: str = "",
) -> str:
    """Return the text of a briefing's file."""
    return (
        f"---\ntitle: {title}\ndate: {date}\nsummary: {title}, in short.\nkind: {kind}\ncountries: {countries}\n"
        f"pairs: {pairs}\nsectors: {sectors}\n{more}---\n\n{body}\n"
    )


def small_archive() -> Mapping[str, str]:
    """Return the files of an archive with one of everything: three pairs, a trilateral, people, organisations and a page."""
    people = (
        "people:\n- name: Cho Hyun\n  office: Foreign Minister of South Korea\n"
        "organisations:\n- name: Ministry of External Affairs\n  abbreviation: MEA\n"
    )
    source = "source:\n  publisher: Example Desk\n  title: A source\n  url: https://example.org/source\n"
    rich = (
        "India and South Korea agreed on **semiconductors**.[^1]\n\n| Year | Talks |\n|---|---|\n| 2025 | one |\n\n"
        "```python\nprint('hello')\n```\n\n- one\n- two\n\n> Seoul said so.\n\n[^1]: A note.\n"
    )
    return {
        "content/archive.toml": ARCHIVE_TOML,
        "content/pages/about.md": "---\ntitle: About\nsummary: What this is.\n---\n\nSee [the pairs](/pairs/).\n",
        "content/briefings/2023/2023-03-16-japan.md": briefing_file(
            "Japan and South Korea meet", date="2023-03-16", countries="[JP, KR]", pairs="[jp-kr]", sectors="[semiconductors]"
        ),
        "content/briefings/2023/2023-08-18-three.md": briefing_file(
            "Three countries meet",
            date="2023-08-18",
            countries="[JP, KR, US]",
            pairs="[jp-kr, jp-us, kr-us]",
            sectors="[defence]",
        ),
        "content/briefings/2024/2024-03-06-india.md": briefing_file(
            "India and South Korea talk", date="2024-03-06", kind="dialogue"
        ),
        "content/briefings/2025/2025-08-16-india.md": briefing_file(body=rich, more=people + source),
    }


def reader_archive() -> Mapping[str, str]:
    """Return the small archive with more that readers meet: texts from right to left, and more years than a phone is wide.

    One of these is a translation.
    """
    arabic = briefing_file(
        "السعودية والهند توقعان مذكرة تفاهم",
        date="2019-05-01",
        countries="[IN, SA]",
        pairs="[in-sa]",
        sectors="[oil-and-gas]",
        kind="memorandum",
        body="وقعت السعودية والهند مذكرة تفاهم في مجال الطاقة في الرياض.",
        more="lang: ar\n",
    )
    hebrew = briefing_file(
        "הודו ודרום קוריאה נפגשות",
        body="הודו ודרום קוריאה נפגשו בסיאול כדי לדבר על מוליכים למחצה.",
        more="lang: he\ntranslation_of: 2025-08-16-india\n",
    )
    course = {
        f"content/briefings/{year}/{year}-02-0{month}-talks.md": briefing_file(
            f"India and South Korea hold round {month} of {year}",
            date=f"{year}-02-0{month}",
            kind="memorandum" if month == 2 else "dialogue",
            sectors="[trade, shipbuilding]" if month == 2 else "[defence, clean-energy, trade]",
        )
        for year in (2021, 2022)
        for month in (1, 2)
    }
    years = {
        f"content/briefings/{year}/{year}-09-01-defence.md": briefing_file(
            f"India and South Korea take stock in {year}", date=f"{year}-09-01", kind="dialogue", sectors="[defence]"
        )
        for year in range(2013, 2021)
    }
    notice = 'notice = "An example. See [About](/about/)."\ncorrections = "https://example.org/errors"\n'
    return {
        **small_archive(),
        **course,
        **years,
        "content/archive.toml": ARCHIVE_TOML + notice,
        "content/briefings/2019/2019-05-01-arabic.md": arabic,
        "content/briefings/2025/2025-08-16-hebrew.md": hebrew,
    }
