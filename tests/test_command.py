"""Wrong use and bad input: one clear sentence each, the rest goes on, no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import nianbao

REPORT = """红旗区某局2023年政府信息公开工作年度报告
一、总体情况
根据《中华人民共和国政府信息公开条例》编制，统计期限为2023年1月1日至12月31日。
二、主动公开政府信息情况
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 12
"""


def refused(sentence: str, *arguments: str | Path) -> None:
    ran = nianbao(*arguments)
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_a_portal_with_a_typo_is_asked_back(tmp_path: Path) -> None:
    refused("did you mean hongsibu", "crawl", "hongsbu", "--contact", "https://example.org", "--data", tmp_path)


def test_without_a_contact_nobody_is_asked_and_nothing_is_made(tmp_path: Path) -> None:
    refused("--contact", "crawl", "hongsibu", "--data", tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_too_short_a_delay_is_refused(tmp_path: Path) -> None:
    arguments = ("crawl", "hongsibu", "--contact", "https://example.org", "--delay", "0.5", "--data", tmp_path)
    refused("too short", *arguments)


def test_a_bad_portals_file_names_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("portal,adcode,name,home\na,1,甲,https://a.gov.cn/\nb,,乙,https://b.example/\n", "utf-8")
    refused("p.csv:2", "crawl", "--portals", file, "--data", tmp_path / "data")
    refused("p.csv:3", "crawl", "--portals", file, "--data", tmp_path / "data")


@pytest.mark.parametrize("verb", ["status", "verify", "publish", "read"])
def test_where_no_archive_is_the_way_to_one_is_told(tmp_path: Path, verb: str) -> None:
    refused("no archive here", verb, "--data", tmp_path / "data")


def test_serve_before_anything_was_published_says_what_to_run(tmp_path: Path) -> None:
    ran = nianbao("serve", "--data", tmp_path, "--port", "0")
    assert ran.returncode == 2
    assert "nianbao publish" in ran.stderr


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused("--data", "add", tmp_path / "file", "--data", tmp_path / "file")


def test_each_bad_file_has_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    contents: dict[str, bytes] = {
        "note.txt": "今天开会".encode(),
        "empty.html": b"",
        "broken.pdf": b"%PDF-1.4 torn",
        "picture.doc": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        "report.txt": REPORT.encode(),
    }
    files = [tmp_path / name for name in contents]
    for file in files:
        file.write_bytes(contents[file.name])
    ran = nianbao("parse", *files, tmp_path / "missing.txt")
    assert ran.returncode == 1
    assert ran.stderr == ""
    read = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(one["file"], one["status"]) for one in read] == [
        ("note.txt", "not_a_report"),
        ("empty.html", "unreadable"),
        ("broken.pdf", "unreadable"),
        ("picture.doc", "unreadable"),
        ("report.txt", "tables_missing"),
        ("missing.txt", "unreadable"),
    ]
    assert all(one["problems"] for one in read)
    added = nianbao("add", *files, tmp_path / "missing.txt", "--data", tmp_path / "data")
    assert added.returncode == 1
    assert "Traceback" not in added.stderr
    for name in ("note.txt", "empty.html", "broken.pdf", "picture.doc", "missing.txt"):
        assert name in added.stderr
    assert "5 originals, 0 lost" in nianbao("verify", "--data", tmp_path / "data").stdout


def test_a_unit_that_the_operator_names_is_used(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT.replace("红旗区某局", ""), "utf-8")
    ran = nianbao("add", report, "--unit", "红旗区教育局", "--data", tmp_path / "data")
    assert ran.returncode == 0, ran.stderr
    import sqlite3

    db = sqlite3.connect(tmp_path / "data" / "archive.db")
    assert db.execute("SELECT unit, unit_level, adcode FROM reports").fetchall() == [
        ("红旗区教育局", "department", "410702")
    ]


def test_a_damaged_original_is_listed_with_status_one(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    nianbao("add", report, "--data", tmp_path / "data")
    kept = next((tmp_path / "data" / "originals").glob("??/*.bin"))
    kept.write_bytes(kept.read_bytes()[:-1])
    ran = nianbao("verify", "--data", tmp_path / "data")
    assert ran.returncode == 1
    assert f" bytes): {kept}" in ran.stdout
    assert "truncated" in ran.stdout


@pytest.mark.parametrize("spoil", [lambda db: db.unlink(), lambda db: db.write_bytes(b"no database" * 500)])
def test_a_lost_database_is_told_and_the_originals_stay(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    nianbao("add", report, "--data", tmp_path / "data")
    spoil(tmp_path / "data" / "archive.db")
    ran = nianbao("status", "--data", tmp_path / "data")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert len(list((tmp_path / "data" / "originals").glob("??/*.bin"))) == 1


def test_the_demo_never_mixes_with_an_archive(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    nianbao("add", report, "--data", tmp_path / "data")
    refused("name another --data", "demo", "--no-serve", "--data", tmp_path / "data")
    assert not (tmp_path / "data" / "notice.txt").exists()


def test_a_full_disk_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import errno

    from click.testing import CliRunner

    import nianbao as command

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "archive.db")

    monkeypatch.setattr(command, "read_portals", full)
    ran = CliRunner().invoke(command.main, ["crawl", "--data", str(tmp_path)])
    assert ran.exit_code == 1
    assert "No space left on device; what was written before is safe" in ran.output


def test_a_file_that_kills_its_reader_costs_one_recorded_problem(tmp_path: Path) -> None:
    # A form that draws itself twice: pdfium aborts the process that reads it.
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 11"
    (tmp_path / "bomb.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >>"
        b" /Contents 5 0 R >> endobj\n"
        b"4 0 obj << " + form + b" >> stream\n/F Do /F Do\nendstream endobj\n"
        b"5 0 obj << /Length 5 >> stream\n/F Do\nendstream endobj\ntrailer << /Root 1 0 R >>\n"
    )
    (tmp_path / "good.txt").write_text(REPORT, "utf-8")
    ran = nianbao("parse", tmp_path / "bomb.pdf", tmp_path / "good.txt")
    bomb, good = map(json.loads, ran.stdout.splitlines())
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert (bomb["status"], [problem["code"] for problem in bomb["problems"]]) == ("unreadable", ["reader_died"])
    assert good["unit"] == "红旗区某局"
