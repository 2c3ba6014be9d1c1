"""Reading what is stored: one bad file never keeps the others, what is known later moves what was read before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import reading as module
from archive.adding import add_file
from archive.integers import within_limits
from archive.reading import read_originals
from archive.readings import File, Reading
from archive.store import Archive
from tests.archive.factory import cell, keep, reading
from tests.archive.test_load import URL, rows

REPORT = """2023年政府信息公开工作年度报告
一、总体情况
根据《中华人民共和国政府信息公开条例》编制，统计期限为2023年1月1日至12月31日。
二、主动公开政府信息情况
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 {figure}
"""


def added(archive: Archive, folder: Path, text: str, unit: str | None = None) -> str:
    file = folder / "report.txt"
    file.write_text(text, "utf-8")
    sha256 = add_file(archive, file, None, unit)
    read_originals(archive, workers=1)
    return sha256


def test_a_number_that_no_table_can_hold_stays_text_and_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    added(archive, tmp_path, "红旗区财政局" + REPORT.format(figure="9" * 26))
    assert rows(archive, "SELECT value, kind, raw, note FROM cells") == [(None, "text", "9" * 26, "too_large")]
    assert ("number_too_large",) in rows(archive, "SELECT code FROM problems")


def test_a_check_of_sums_that_are_too_large_is_undecided() -> None:
    check = {"rule": "flow", "scope": "total", "left": 2**63, "right": 0, "status": "fail"}
    fitted = within_limits(reading(checks=[check], requests={"new_received": {"total": cell("9" * 30)}}))
    assert fitted["checks"] == [check | {"left": None, "right": None, "status": "uncertain"}]
    assert fitted["requests"]["new_received"]["total"]["value"] is None
    assert within_limits(reading()) == reading()


def test_a_unit_named_later_moves_what_was_added_before(archive: Archive, tmp_path: Path) -> None:
    text = REPORT.format(figure="12")
    added(archive, tmp_path, text)
    assert rows(archive, "SELECT unit, adcode FROM reports") == [(None, None)]
    added(archive, tmp_path, text, "红旗区教育局")
    assert rows(archive, "SELECT unit, adcode FROM reports") == [("红旗区教育局", "410702")]
    added(archive, tmp_path, text, "红旗区财政局")
    assert rows(archive, "SELECT unit FROM reports") == [("红旗区财政局",)]


def test_an_added_file_that_a_crawl_finds_is_the_crawl_s(archive: Archive, tmp_path: Path) -> None:
    text = "教育局" + REPORT.format(figure="12")
    added(archive, tmp_path, text)
    assert rows(archive, "SELECT role FROM editions") == [("added",)]
    keep(archive, text.encode(), URL, portal="hongqi")
    assert read_originals(archive, workers=1).read == 0
    assert rows(archive, "SELECT role, url FROM editions") == [("page", URL)]
    assert rows(archive, "SELECT adcode, url FROM reports") == [("410702", URL)]


def test_places_are_those_of_the_file_that_is_shown(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def placed(page: int) -> dict[str, Any]:
        return reading(proactive={"licensing_decisions": cell("7") | {"page": page, "bbox": [1, 2, 3, page]}})

    by_original = {
        keep(archive, b"long address", URL + "?twin=1", "attachment", "hongqi"): placed(5),
        keep(archive, b"short address", URL, "attachment", "hongqi"): placed(2),
    }
    for order in (sorted, lambda originals: sorted(originals, reverse=True)):
        _read_as(monkeypatch, by_original, order)
        read_originals(archive, again=True)
        shown = rows(archive, "SELECT original FROM editions")[0][0]
        assert rows(archive, "SELECT url FROM editions") == [(URL,)]
        assert rows(archive, "SELECT page FROM cells WHERE page IS NOT NULL") == [
            (by_original[shown]["proactive"]["licensing_decisions"]["page"],)
        ]


def test_content_that_comes_back_is_current_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, dict[str, Any]] = {}
    for day, (data, figure) in enumerate(((b"A", "7"), (b"B", "8"), (b"A", "7")), start=1):
        monkeypatch.setenv("NIANBAO_NOW", f"2026-01-0{day}T08:00:00Z")
        sha256 = keep(archive, data, URL, portal="hongqi")
        found[sha256] = reading(proactive={"licensing_decisions": cell(figure)})
        _read_as(monkeypatch, found, sorted)
        read_originals(archive)
        assert rows(archive, "SELECT original FROM reports") == [(sha256,)], day
        assert rows(archive, "SELECT licensing_decisions FROM proactive") == [(int(figure),)], day


def _read_as(
    monkeypatch: pytest.MonkeyPatch,
    found: dict[str, dict[str, Any]],
    order: Callable[[list[str]], list[str]],
) -> None:
    """Let reading give these, in this order, without any worker."""

    def readings(_: Archive, todo: list[str], __: int) -> list[list[Reading]]:
        return [[Reading(File(one, Path(one), one), found[one])] for one in order(todo)]

    monkeypatch.setattr(module, "_readings", readings)


def test_an_original_lost_from_the_disk_keeps_the_report_that_was_read_of_it(archive: Archive, tmp_path: Path) -> None:
    sha256 = added(archive, tmp_path, REPORT.format(figure=12), unit="红旗区教育局")
    before = rows(archive, "SELECT code_id, value FROM cells")
    archive.originals.path(sha256).unlink()
    summary = read_originals(archive, workers=1, again=True)
    assert summary.by_status == {"unreadable": 1}
    assert before
    assert rows(archive, "SELECT code_id, value FROM cells") == before
