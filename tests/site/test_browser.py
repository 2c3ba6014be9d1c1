"""The pages in Chromium, as wide as a phone and as a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browsing import chromium, serving
from tests.site.snapshot import build

PATHS = [
    "/",
    "/reports/999901-qingshi-2024",
    "/reports/999901-hostile-2023",
    "/units/999901-qingshi",
    "/archive",
    "/archive/reports",
    "/archive/summary",
    "/archive/cells?_facet=kind&_facet=page",
    "/archive/sections?_search=罚款",
    "/archive/fetches",
    "/archive/portals/lanhe",
    "/archive/refusal_shares",
    "/archive?sql=select+*+from+reports",
    "/about-the-data",
    "/how-to-read",
    "/nope",
]


@pytest.fixture(scope="module")
def hashes_and_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str]]:
    folder: Path = tmp_path_factory.mktemp("browsed")
    hashes = build(folder)
    with serving(folder) as url:
        yield hashes, url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways_or_breaks_the_policy(
    browser: Browser, hashes_and_url: tuple[dict[str, str], str], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(f"{page.url}: a script ran: {dialog.message}"))
    for path in PATHS:
        page.goto(hashes_and_url[1] + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
    page.close()
    assert [text for text in said if "404 (Not Found)" not in text] == []
    assert [url for url in asked if not url.startswith(hashes_and_url[1])] == []


def first_row(page: Page) -> float:
    """How far down the first row of a table begins, in pixels."""
    box = page.locator("table.rows tbody tr").first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(
    "path", ["/archive/reports", "/archive/cells?_facet=kind&_facet=page", "/archive/refusal_shares"]
)
def test_on_a_phone_the_rows_are_seen_without_passing_the_facets(
    browser: Browser, hashes_and_url: tuple[dict[str, str], str], path: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(hashes_and_url[1] + path)
    assert page.locator("table.rows tbody tr").first.is_visible()
    assert first_row(page) < 844
    page.close()


def test_the_sql_editor_works_under_the_policy(browser: Browser, hashes_and_url: tuple[dict[str, str], str]) -> None:
    page = browser.new_page()
    page.goto(f"{hashes_and_url[1]}/archive")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("select 6 * 7 as answer")
    page.get_by_role("button", name="Run SQL").click()
    assert page.locator("table.rows td").inner_text() == "42"
    page.close()


def test_a_word_is_searched_from_the_front_page(browser: Browser, hashes_and_url: tuple[dict[str, str], str]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{hashes_and_url[1]}/")
    page.locator("#word").fill("罚款")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search_text?word=*")
    assert page.locator("table.rows tbody tr").count() == 2
    page.close()


def test_a_figure_opens_the_pdf(browser: Browser, hashes_and_url: tuple[dict[str, str], str]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{hashes_and_url[1]}/reports/999901-qingshi-2024")
    page.locator('[id="requests.new_received.total"] a').click()
    page.wait_for_url("**/originals/*#page=2")
    assert page.evaluate("document.contentType") == "application/pdf"
    page.close()


def test_a_hostile_original_runs_nothing(browser: Browser, hashes_and_url: tuple[dict[str, str], str]) -> None:
    hashes, url = hashes_and_url
    page = browser.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.goto(f"{url}/originals/{hashes['999901-hostile-2023']}")
    assert "evil.example" in page.content()
    assert ran == []
    page.close()
