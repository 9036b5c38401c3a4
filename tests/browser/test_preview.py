"""The preview in a real browser: a save shows itself, a fault is told over the last good page, and goes by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.archives import briefing_file
from tests.serving import serving, write_archive

BRIEFING = "content/briefings/2025/2025-08-16-india.md"
PATH = "/briefings/briefings/2025-08-16-india/"
FAULT = f'{BRIEFING}:8:11: unknown sector "semicondctors" (did you mean "semiconductors"?) [unknown-sector]'


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("preview")
    write_archive(root)
    return root


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    with serving(archive) as server:
        yield f"http://127.0.0.1:{server.port}{PATH}"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    page = browser.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert faults == []


def test_a_save_shows_itself(page: Page, archive: Path) -> None:
    (archive / BRIEFING).write_text(briefing_file("A title that was just written"), encoding="utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_text("A title that was just written")


def test_a_fault_is_told_over_the_last_good_page_and_goes_when_mended(page: Page, archive: Path) -> None:
    (archive / BRIEFING).write_text(briefing_file("A good title"), encoding="utf-8")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("A good title")
    (archive / BRIEFING).write_text(briefing_file("A faulty title", sectors="[semicondctors]"), encoding="utf-8")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(FAULT)
    expect(heading).to_have_text("A good title")
    (archive / BRIEFING).write_text(briefing_file("A good title"), encoding="utf-8")
    expect(alert).to_have_count(0)


def test_escape_closes_what_is_told(page: Page, archive: Path) -> None:
    (archive / BRIEFING).write_text(briefing_file(sectors="[semicondctors]"), encoding="utf-8")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(FAULT)
    expect(alert).to_have_css("position", "fixed")
    page.keyboard.press("Escape")
    expect(alert).to_have_count(0)
