"""What changed between crawls, told exactly; what did not change, not told."""

from __future__ import annotations

from typing import Any

import pytest

from archive.ledger import CrawlOutcome, Outcome, Role
from archive.sightings import known_addresses
from archive.store import Archive
from tests.archive.crawls import Web
from tests.archive.factory import cell, reading

URL = "http://www.hqq.gov.cn/2024/report.html"
PDF = "http://www.hqq.gov.cn/2024/report.pdf"
NEW = "https://www.hqq.gov.cn/zwgk/nb/2023.html"
TEXT = "一、概况。\n二、本区作出罚款决定七件。\n三、电话13812345678。"


def document(data: bytes, role: Role = "page", **changed: Any) -> tuple[bytes, Role, dict[str, Any]]:
    return data, role, reading(**changed)


def section(text: str) -> list[dict[str, Any]]:
    return [{"number": 1, "heading": "一、总体情况", "text": text}]


def licences(count: str) -> dict[str, Any]:
    return {"licensing_decisions": cell(count), "penalty_decisions": cell("")}


FIRST = document(b"first", sections=section(TEXT))
REVISED = document(b"revised", proactive=licences("8"), sections=section(TEXT.replace("七件", "八件")))


@pytest.fixture
def web(archive: Archive) -> Web:
    return Web(archive)


def report(web: Web, column: str) -> Any:
    return web.archive.db.execute(f"SELECT {column} FROM reports").fetchone()[0]  # noqa: S608


def test_a_first_crawl_changes_nothing(web: Web) -> None:
    web.crawl({URL: FIRST, PDF: document(b"pdf", "attachment", proactive=licences("9"))})
    assert web.told() == []


def test_a_revised_report_is_told_cell_by_cell_and_passage_by_passage(web: Web) -> None:
    web.crawl({URL: FIRST})
    crawl = web.crawl({URL: REVISED})
    assert web.told() == [
        ("proactive.licensing_decisions", "7", "8"),
        ("sections.1.2", "二、本区作出罚款决定七件。", "二、本区作出罚款决定八件。"),
    ]
    rows = web.archive.db.execute("SELECT DISTINCT cause, role, crawl_id, portal, url FROM revisions").fetchall()
    assert [tuple(row) for row in rows] == [("source", "page", crawl, "hongqi", URL)]
    assert web.archive.db.execute(
        "SELECT (SELECT is_current FROM editions WHERE id = from_edition),"
        " (SELECT is_current FROM editions WHERE id = to_edition) FROM revisions"
    ).fetchone()[:] == (0, 1)


def test_a_changed_passage_with_a_mobile_number_is_masked(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({URL: document(b"x", sections=section(TEXT.replace("13812345678", "13987654321")))})
    assert web.told() == [("sections.1.3", "三、电话138********。", "三、电话139********。")]


def test_a_cosmetic_change_is_no_edition_and_no_revision(web: Web) -> None:
    web.crawl({URL: document(b"counter 1", sections=section(TEXT + "\n浏览次数：102次"))})
    web.crawl({URL: document(b"counter 2", sections=section("\n".join(TEXT.split("\n")) + "\n 浏览次数：2045 次"))})
    assert web.told() == []
    counts = "SELECT (SELECT count(*) FROM editions), (SELECT count(*) FROM edition_originals)"
    assert tuple(web.archive.db.execute(counts).fetchone()) == (1, 2)


def test_a_sentence_about_visits_is_content(web: Web) -> None:
    web.crawl({URL: document(b"a", sections=section("本区门户网站访问量102次。"))})
    web.crawl({URL: document(b"b", sections=section("本区门户网站访问量99次。"))})
    assert web.told() == [("sections.1.1", "本区门户网站访问量102次。", "本区门户网站访问量99次。")]


def test_page_and_attachment_are_two_roles_and_not_two_revisions(web: Web) -> None:
    pdf = document(b"pdf", "attachment", proactive=licences("9"))
    web.crawl({URL: FIRST})
    web.crawl({URL: FIRST, PDF: pdf})
    assert web.told() == []
    web.crawl({URL: REVISED, PDF: pdf})
    assert {what for what, _, _ in web.told()} == {"proactive.licensing_decisions", "sections.1.2"}


def test_a_content_that_comes_back_is_a_revision_too(web: Web) -> None:
    for one in (FIRST, REVISED, FIRST):
        web.crawl({URL: one})
    assert [row for row in web.told() if row[0].startswith("proactive")] == [
        ("proactive.licensing_decisions", "7", "8"),
        ("proactive.licensing_decisions", "8", "7"),
    ]
    assert report(web, "original") == web.archive.originals.put(b"first").sha256


def test_a_revision_at_two_addresses_is_told_once(web: Web) -> None:
    twin = URL.replace("www.", "")
    web.crawl({URL: FIRST, twin: FIRST})
    web.crawl({URL: REVISED, twin: REVISED})
    assert len(web.told()) == 2


def test_a_second_document_beside_the_first_is_an_edition_and_not_a_changed_cell(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({URL: FIRST, NEW: REVISED})
    assert web.told() == [("document", URL, NEW)]
    assert web.archive.db.execute("SELECT count(*) FROM editions").fetchone()[0] == 2
    codes = [row[0] for row in web.archive.db.execute("SELECT code FROM problems WHERE report_id IS NOT NULL")]
    assert "documents_differ" in codes


def test_a_redesigned_portal_brings_no_duplicates(web: Web) -> None:
    web.crawl({URL: FIRST, PDF: document(b"pdf", "attachment")})
    moved = {NEW: document(b"in a new dress", sections=section(TEXT)), NEW + ".pdf": document(b"pdf", "attachment")}
    web.crawl(moved, {URL: "gone", PDF: "gone"})
    assert sorted(web.told()) == [("address", URL, NEW), ("address", PDF, NEW + ".pdf")]
    assert web.archive.db.execute("SELECT count(*) FROM reports").fetchone()[0] == 1
    assert web.archive.db.execute("SELECT count(*) FROM editions").fetchone()[0] == 2
    assert report(web, "gone_since") is None


def test_an_address_that_was_not_asked_this_time_is_taken_for_what_it_was(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({NEW: FIRST})
    assert web.told() == []
    other = document(b"another", proactive=licences("8"), sections=section(TEXT))
    web.crawl({NEW + "?2": other})
    assert web.told() == [("document", NEW, NEW + "?2")]


def test_a_report_whose_address_leads_to_another_has_moved(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({NEW: FIRST}, {URL: "redirect"})
    assert web.told() == [("address", URL, NEW)]


def test_an_address_that_only_changed_its_scheme_has_not_moved(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({URL.replace("http:", "https:"): FIRST})
    assert web.told() == []


def test_a_report_that_moved_and_changed_is_revised(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({NEW: REVISED}, {URL: "gone"})
    assert ("proactive.licensing_decisions", "7", "8") in web.told()
    assert report(web, "gone_since") is None


@pytest.mark.parametrize("answer", ["gone", "soft_404"])
def test_a_report_that_vanished_is_gone_with_the_day_it_was_seen_last(web: Web, answer: Outcome) -> None:
    web.crawl({URL: FIRST})
    seen = report(web, "last_seen")
    web.crawl({}, {URL: answer})
    assert web.told() == [("gone", URL, None)]
    assert report(web, "last_seen") == seen
    assert report(web, "gone_since") is not None
    assert web.archive.db.execute("SELECT gone FROM crawls ORDER BY id DESC").fetchone()[0] == 1
    assert web.archive.originals.read(report(web, "original")) == b"first"
    assert known_addresses(web.archive.db, "hongqi") == []


@pytest.mark.parametrize("outcome", ["failed", "blocked"])
@pytest.mark.parametrize("answer", ["gone", "soft_404", "blocked", "error"])
def test_a_crawl_that_was_not_done_misses_nothing(web: Web, outcome: CrawlOutcome, answer: Outcome) -> None:
    web.crawl({URL: FIRST})
    web.crawl({}, {URL: answer}, outcome)
    assert web.told() == []
    assert report(web, "gone_since") is None


@pytest.mark.parametrize("answer", ["error", "blocked", "robots"])
def test_silence_says_nothing_of_a_report(web: Web, answer: Outcome) -> None:
    web.crawl({URL: FIRST})
    web.crawl({}, {URL: answer})
    assert web.told() == []
    assert known_addresses(web.archive.db, "hongqi") == [(URL,)]


def test_an_attachment_that_is_still_there_keeps_its_report(web: Web) -> None:
    web.crawl({URL: FIRST, PDF: document(b"pdf", "attachment")})
    web.crawl({PDF: document(b"pdf", "attachment")}, {URL: "gone"})
    assert web.told() == []
    web.crawl({}, {PDF: "gone"})
    assert web.told() == [("gone", PDF, None)]


def test_a_report_that_comes_back_is_told(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({}, {URL: "gone"})
    web.crawl({URL: FIRST})
    assert web.told() == [("gone", URL, None), ("back", None, URL)]
    assert report(web, "gone_since") is None


def test_a_report_that_comes_back_with_other_figures_is_told_as_both(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.crawl({}, {URL: "gone"})
    web.crawl({URL: REVISED})
    assert [what for what, _, _ in web.told()] == ["gone", "proactive.licensing_decisions", "sections.1.2", "back"]


def test_our_own_corrections_stand_apart(web: Web) -> None:
    web.crawl({URL: FIRST})
    web.readings = {sha: reading(proactive=licences("17"), sections=section(TEXT)) for sha in web.readings}
    web.program = "program 2"
    web.read()
    assert web.told() == []
    assert web.told("parser") == [("proactive.licensing_decisions", "7", "17")]
    row = web.archive.db.execute("SELECT parser_version, from_edition = to_edition FROM revisions").fetchone()
    assert tuple(row) == ("program 2", 1)


def test_a_better_program_accuses_no_portal(web: Web) -> None:
    """Both files are read anew, but one of them can no longer be: the two programs' readings are not compared."""
    web.crawl({URL: FIRST})
    web.crawl({URL: REVISED})
    before = web.told()
    first = web.archive.originals.put(b"first").sha256
    web.readings = {sha: parsed | {"proactive": licences("88")} for sha, parsed in web.readings.items() if sha != first}
    web.program = "program 2"
    web.read()
    assert web.told() == before
    assert web.told("parser") == [("proactive.licensing_decisions", "8", "88")]


def test_a_cell_read_for_the_first_time_is_no_correction(web: Web) -> None:
    web.crawl({URL: document(b"scan", proactive={}, sections=[])})
    web.readings = {sha: reading(sections=[]) for sha in web.readings}
    web.program = "program 2"
    web.read()
    assert web.told("parser") == []


def test_a_scan_that_was_replaced_is_told_by_its_file(web: Web) -> None:
    scan: dict[str, Any] = {"status": "tables_missing", "proactive": {}, "requests": {}, "disputes": {}, "sections": []}
    web.crawl({URL: document(b"scan 1", **scan)})
    web.crawl({URL: document(b"scan 2", **scan)})
    assert web.told() == [
        ("file", web.archive.originals.put(b"scan 1").sha256, web.archive.originals.put(b"scan 2").sha256)
    ]


def test_a_clock_that_jumps_back_changes_neither_order_nor_what_is_shown(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_NOW", "2031-01-01T00:00:00Z")
    web.crawl({URL: FIRST})
    monkeypatch.setenv("NIANBAO_NOW", "2026-01-01T00:00:00Z")
    web.crawl({URL: REVISED})
    assert web.told()[0] == ("proactive.licensing_decisions", "7", "8")
    assert report(web, "original") == web.archive.originals.put(b"revised").sha256
    assert (report(web, "first_seen"), report(web, "last_seen")) == ("2031-01-01T00:00:00Z", "2026-01-01T00:00:00Z")


def test_telling_again_changes_nothing(web: Web) -> None:
    for one in (FIRST, REVISED):
        web.crawl({URL: one})
    web.crawl({}, {URL: "gone"})
    before = web.told()
    web.archive.db.execute("DELETE FROM told")
    web.archive.db.commit()
    web.read()
    assert web.told() == before
