"""A report in a page and in the file that the page embeds: both are kept, and where they differ it is told."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.command import crawl
from tests.replica import Replica, listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Answer, Portal
from tests.replica.render_html import report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

STORY = Story("洪泽区人民政府", "county", 2024, invented("attached-copies"), signed="2025-01-16")
PAGE, FILE, COLUMN = "/zfxxgk/nb/art_1.html", "/zfxxgk/files/20250116.pdf", "/zfxxgk/nb/index.html"
CELL = "proactive.licensing_decisions"


def county(embedding: str, printed: str) -> Portal:
    """A portal with one report, whose page embeds a PDF that prints another figure in one cell."""
    portal = Portal("county", "洪泽区", "http://www.hongze.gov.cn/", adcode="320813")
    portal.robots("")
    portal.html("/", "首页", pages.menu([Link("政府信息公开年报", COLUMN)]))
    portal.html(PAGE, STORY.heading, lambda: report_html(STORY) + embedding)
    attached = replace(STORY, figures=STORY.figures.changed({CELL: printed}))
    portal.put(FILE, lambda: Answer(report_pdf(attached), media="application/pdf"))
    listings.single(portal, COLUMN, "政府信息公开年报", [pages.Row(STORY.heading, portal.url(PAGE))])
    return portal


@pytest.mark.parametrize(
    "embedding",
    [
        f'<iframe src="/pdfjs/web/viewer.html?file={FILE.replace("/", "%2F")}"></iframe>',
        f'<object data="{FILE}" type="application/pdf"></object>',
        f'<embed src="../files/{FILE.rsplit("/", 1)[1]}">',
    ],
)
def test_both_are_kept_and_what_differs_is_told(embedding: str, tmp_path: Path) -> None:
    page_value = int(STORY.figures.cells[CELL])
    file_value = page_value + 1
    with Replica(more=(county(embedding, str(file_value)),)) as web:
        run = crawl(web, tmp_path)
        asked = [seen.url for seen in web.requests]
    assert run.returncode == 0, run.stdout + run.stderr
    assert not [url for url in asked if "viewer.html" in url]
    db = sqlite3.connect(tmp_path / "archive.db")
    try:
        ((unit, year, original),) = db.execute("SELECT unit, year, original FROM reports").fetchall()
        editions = db.execute(
            "SELECT role, url, is_current, json_extract(parsed, ?), original FROM editions ORDER BY role",
            (f"$.{CELL}.value",),
        ).fetchall()
        problems = db.execute("SELECT message FROM problems WHERE code = 'page_differs_from_attachment'").fetchall()
        shown = db.execute("SELECT licensing_decisions FROM proactive").fetchall()
        parents = db.execute("SELECT parent_url FROM fetches WHERE role = 'attachment'").fetchall()
    finally:
        db.close()
    assert (unit, year) == (STORY.unit, 2024)
    home = "http://www.hongze.gov.cn"
    assert [edition[:4] for edition in editions] == [
        ("attachment", f"{home}{FILE}", 1, file_value),
        ("page", f"{home}{PAGE}", 0, page_value),
    ]
    assert original == editions[0][4]
    assert shown == [(file_value,)]
    assert parents == [(f"{home}{PAGE}",)]
    assert problems == [(f"the two differ in: {CELL} (attachment {file_value}, page {page_value})",)]
