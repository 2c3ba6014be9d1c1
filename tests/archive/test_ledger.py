from __future__ import annotations

from archive.ledger import CrawlEnd, Fetch
from archive.store import Archive
from tests.archive.factory import keep

URL = "http://www.hqq.gov.cn/report.html"


def body(sha256: str) -> Fetch:
    return Fetch(portal="hongqi", url=URL, purpose="report", reason="test", status=200, sha256=sha256)


def test_a_body_is_new_then_same_then_changed(archive: Archive) -> None:
    outcomes = [archive.ledger.record(None, body(sha256)) for sha256 in ("a" * 64, "a" * 64, "b" * 64, "a" * 64)]
    assert outcomes == ["new", "same", "changed", "changed"]


def test_a_failed_fetch_does_not_hide_what_was_seen_before(archive: Archive) -> None:
    archive.ledger.record(None, body("a" * 64))
    archive.ledger.record(None, Fetch(portal="hongqi", url=URL, purpose="report", reason="timeout", outcome="error"))
    assert archive.ledger.record(None, body("a" * 64)) == "same"


def test_only_a_crawl_that_is_done_moves_last_success(archive: Archive) -> None:
    for outcome, status in (("blocked", "blocked"), ("failed", "broken")):
        crawl = archive.ledger.begin_crawl("hongqi")
        archive.ledger.finish_crawl(crawl, CrawlEnd(outcome, status))  # type: ignore[arg-type]
        row = archive.db.execute("SELECT status, last_attempt, last_success FROM portals").fetchone()
        assert row["status"] == status
        assert row["last_attempt"] is not None
        assert row["last_success"] is None
    crawl = archive.ledger.begin_crawl("hongqi")
    archive.ledger.finish_crawl(crawl, CrawlEnd("done", "ok", cms="trs"))
    row = archive.db.execute("SELECT status, cms, last_success FROM portals").fetchone()
    assert tuple(row)[:2] == ("ok", "trs")
    assert row["last_success"] is not None


def test_a_crawl_left_open_by_a_kill_is_interrupted(archive: Archive) -> None:
    first = archive.ledger.begin_crawl("hongqi")
    archive.ledger.begin_crawl("hongqi")
    assert archive.db.execute("SELECT outcome FROM crawls WHERE id = ?", (first,)).fetchone()[0] == "interrupted"


def test_a_crawl_counts_what_it_kept(archive: Archive) -> None:
    crawl = archive.ledger.begin_crawl("hongqi")
    stored = archive.originals.put(b"report")
    fetch = Fetch(
        portal="hongqi",
        url=URL,
        purpose="report",
        reason="t",
        status=200,
        sha256=stored.sha256,
        role="page",
        bytes=6,
    )
    archive.ledger.record(crawl, fetch, b"report")
    # The first had a document before, the second never had.
    for url in (URL, URL + "x"):
        missing = Fetch(portal="hongqi", url=url, purpose="report", reason="t", status=404, outcome="gone")
        archive.ledger.record(crawl, missing)
    archive.ledger.finish_crawl(crawl, CrawlEnd("done", "ok", reports=1))
    row = archive.db.execute("SELECT requests, reports_found, new, changed, gone, errors FROM crawls").fetchone()
    assert tuple(row) == (3, 1, 1, 0, 1, 0)


def test_a_problem_seen_again_is_one_problem(archive: Archive) -> None:
    for _ in range(2):
        archive.ledger.problem("off_site", "a copied site", portal="hongqi", url="http://example.com/")
    assert archive.db.execute("SELECT count(*) FROM problems").fetchone()[0] == 1


def test_an_original_has_its_row_with_its_fetch(archive: Archive) -> None:
    sha256 = keep(archive, b"report", URL, portal="hongqi")
    row = archive.db.execute("SELECT media_type, bytes FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    assert tuple(row) == ("text/html", 6)
