"""Crawled again after the portals changed: exactly what changed is told, nothing else, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command import crawl, nianbao
from tests.replica import Replica
from tests.replica.second_pass import SecondPass, changed
from tests.replica.truth import TrueReport

NOW = ("2026-02-02T08:00:00Z", "2026-06-06T08:00:00Z")


@dataclass
class Passes:
    """The archive after both crawls, what was in it after the first, what `status` said, what the second asked."""

    data: Path
    truth: SecondPass
    before: dict[str, Any]
    said: tuple[str, str]
    asked: list[str]

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(self.data / "archive.db")
        found = [tuple(row) for row in db.execute(sql, parameters)]
        db.close()
        return found

    def key(self, report: TrueReport) -> str:
        """The public key of a report of the replica."""
        sql = "SELECT key FROM reports WHERE unit = ? AND year = ?"
        ((key,),) = self.rows(sql, report.unit, report.year)
        return str(key)


def originals(data: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (data / "originals").glob("??/*.bin")}


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passes]:
    data = tmp_path_factory.mktemp("archive")
    with Replica() as web:
        first = crawl(web, data, now=NOW[0])
        assert first.returncode == 0, first.stdout + first.stderr
        said = nianbao("status", "--data", data).stdout
        before: dict[str, Any] = {"originals": originals(data)}
        with changed(web) as truth:
            web.reset()
            second = crawl(web, data, "--recheck", "all", now=NOW[1])
            assert second.returncode == 0, second.stdout + second.stderr
            asked = [seen.url for seen in web.requests]
            told = nianbao("status", "--data", data, now=NOW[1])
        assert told.returncode == 0
        assert web.failures == []
        yield Passes(data, truth, before, (said, told.stdout), asked)


LAST = "SELECT max(id) FROM crawls GROUP BY portal"


def test_the_revisions_are_exactly_what_changed(passes: Passes) -> None:
    truth = passes.truth
    report, code, old, new = truth.revised
    expected: list[tuple[str | None, ...]] = [(passes.key(report), code, old, new)]
    expected += [(passes.key(truth.gone), "gone", truth.gone.url, None)]
    for moved in truth.moved_reports:
        for url in moved.urls:
            if url in truth.moved:
                expected.append((passes.key(moved), "address", url, truth.moved[url]))
    told = passes.rows("SELECT r.key, what, old, new FROM revisions v JOIN reports r ON r.id = v.report_id")
    assert sorted(told, key=repr) == sorted(expected, key=repr)
    assert set(passes.rows("SELECT cause, seen >= '2026-06' FROM revisions")) == {("source", 1)}


def test_the_ledger_tells_each_document_that_changed_and_no_other(passes: Passes) -> None:
    truth = passes.truth
    told = passes.rows(
        f"SELECT url, outcome FROM fetches WHERE crawl_id IN ({LAST}) AND role IS NOT NULL"  # noqa: S608
        " AND outcome NOT IN ('same', 'not_modified')"
    )
    expected = {(truth.revised[0].url, "changed"), (truth.cosmetic.url, "changed"), (truth.added.url, "new")}
    assert set(told) == expected | {(url, "new") for url in truth.moved.values()}
    gone = passes.rows(
        f"SELECT DISTINCT f.url FROM fetches f JOIN fetches k ON k.url = f.url AND k.role IS NOT NULL"  # noqa: S608
        f" WHERE f.crawl_id IN ({LAST}) AND f.outcome IN ('gone', 'soft_404')"
    )
    assert {url for (url,) in gone} == {*truth.gone.urls, *truth.moved}


def test_a_report_that_is_gone_keeps_its_copy_and_the_day_it_was_seen(passes: Passes) -> None:
    gone = passes.rows("SELECT key, last_seen, gone_since, original FROM reports WHERE gone_since IS NOT NULL")
    assert [row[:3] for row in gone] == [(passes.key(passes.truth.gone), *NOW)]
    assert f"{gone[0][3]}.bin" in originals(passes.data)


def test_a_cosmetic_change_is_another_file_of_the_same_edition(passes: Passes) -> None:
    key = passes.key(passes.truth.cosmetic)
    (count,) = passes.rows(
        "SELECT count(DISTINCT e.id), count(DISTINCT o.original) FROM reports r JOIN editions e ON e.report_id = r.id"
        " JOIN edition_originals o ON o.edition_id = e.id WHERE r.key = ?",
        key,
    )
    assert count == (1, 2)


def test_a_redesigned_portal_brings_no_duplicates(passes: Passes) -> None:
    doubled = passes.rows("SELECT unit_id, year FROM reports GROUP BY unit_id, year HAVING count(*) > 1")
    assert doubled == []
    contents = passes.rows("SELECT report_id, role FROM editions GROUP BY report_id, role HAVING count(*) > 1")
    revised = passes.rows("SELECT id FROM reports WHERE key = ?", passes.key(passes.truth.revised[0]))
    assert contents == [(revised[0][0], "page")]


def test_nothing_is_lost(passes: Passes) -> None:
    assert passes.before["originals"].items() <= originals(passes.data).items()
    assert nianbao("verify", "--data", passes.data).returncode == 0
    lost = passes.rows("SELECT count(*) FROM reports WHERE original NOT IN (SELECT sha256 FROM originals)")
    assert lost == [(0,)]


def test_a_portal_that_blocks_us_now_keeps_its_last_success_and_its_reports(passes: Passes) -> None:
    told = passes.rows(
        "SELECT status, last_success, last_attempt, reports, gone FROM portals WHERE portal = ?", passes.truth.blocked
    )
    assert told == [("blocked", NOW[0], NOW[1], 1, 0)]


def test_each_document_is_asked_for_once(passes: Passes) -> None:
    documents = {url for (url,) in passes.rows("SELECT DISTINCT url FROM fetches WHERE role IS NOT NULL")}
    asked = Counter(url for url in passes.asked if url in documents)
    assert {url: count for url, count in asked.items() if count > 1} == {}


def test_status_tells_exactly_these(passes: Passes) -> None:
    truth = passes.truth
    first, second = passes.said
    assert "gone" not in first
    lines = second.splitlines()
    report, code, old, new = truth.revised
    key = passes.key(report)
    assert f"{key}: {code} {old} -> {new}" in lines
    told = Counter(line.split(":")[0] for line in lines if line[:6].isdigit())
    keys = [key, passes.key(truth.gone), *(passes.key(moved) for moved in truth.moved_reports)]
    assert set(told) == set(keys)
    assert any(line.startswith(f"{passes.key(truth.gone)}: gone, last seen {NOW[0]}") for line in lines)
    by_portal = {line.split(" ")[0]: line for line in lines if " (" in line.split(":")[0]}
    assert {slug for slug, line in by_portal.items() if "1 gone" in line} == {truth.gone.portal}
    assert {slug for slug, line in by_portal.items() if "list" in line} == {truth.redesigned}
    assert "blocked" in by_portal[truth.blocked]
    assert f"last success {NOW[0]}, last attempt {NOW[1]}" in by_portal[truth.blocked]
