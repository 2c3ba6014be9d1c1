"""The export as others get it: checked by their own programs, twice the same, and without what is nobody's business."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.export import ExportFolderError, export
from archive.publish import publish
from archive.store import Archive
from archive.tabular import csv_field, table_of
from nianbao import _descriptions
from tests.archive.factory import cell, reading
from tests.archive.test_load import URL, load
from tests.checkers import checker

SECTION = [{"number": 1, "heading": "一、总体情况", "text": '=HYPERLINK("x")\n第二行，电话13812345678。\n\n"引号"'}]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Two reports, one with text that a spreadsheet would calculate, one withdrawn."""
    load(archive, b"one", reading(sections=SECTION, title="-红旗区人民政府2023年政府信息公开工作年度报告"))
    other = reading(year=2022, proactive={"licensing_decisions": cell("/"), "penalty_decisions": cell("")})
    withdrawn = load(archive, b"two", other, url=URL + "2")
    (archive.folder / "withdrawn.csv").write_text(
        f"sha256,date,ground,who\n{withdrawn},2026-01-05,names a person,A. Person\n", "utf-8"
    )
    publish(archive)
    return archive


def exported(archive: Archive, name: str = "out") -> Path:
    target = archive.folder.parent / name
    export(archive.folder, target, _descriptions())
    return target


def csv_rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = (folder / "csv" / f"{table}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_same_archive_gives_the_same_bytes_twice(filled: Archive) -> None:
    first = exported(filled, "first")
    publish(filled)
    second = exported(filled, "second")
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(files) > 60
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_sha256sum_confirms_every_file(filled: Archive) -> None:
    folder = exported(filled)
    ran = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed == there - {"SHA256SUMS"}
    (folder / "csv" / "reports.csv").write_text("changed")
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, capture_output=True).returncode == 1


def test_frictionless_finds_the_package_sound(filled: Archive) -> None:
    folder = exported(filled)
    program = checker("frictionless==5.21.0", "frictionless")
    package = folder / "datapackage.json"
    ran = subprocess.run([program, "validate", package, "--json"], capture_output=True, text=True)
    told = json.loads(ran.stdout)
    assert told["valid"], json.dumps(told["tasks"], ensure_ascii=False)[:3000]
    tables = {task["name"] for task in told["tasks"] if task["type"] == "table"}
    assert {"reports", "cells", "summary", "revisions", "edition-originals"} <= tables
    # It is a check that can fail: a count that is no number.
    content = json.loads(package.read_text("utf-8"))
    content["resources"] = [one for one in content["resources"] if one["name"] == "reports"]
    del content["resources"][0]["hash"], content["resources"][0]["bytes"]
    package.write_text(json.dumps(content), "utf-8")
    path = folder / "csv" / "reports.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",2023,", ",many,"), "utf-8-sig")
    assert subprocess.run([program, "validate", package], capture_output=True).returncode == 1


def test_every_table_and_column_is_described_in_both_languages(filled: Archive) -> None:
    folder = exported(filled)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables = {one["path"].split("/")[1][:-4]: one for one in package["resources"] if one["format"] == "csv"}
    assert set(tables) == set(_descriptions())
    for name, resource in tables.items():
        fields = resource["schema"]["fields"]
        assert list(csv_rows(folder, name)[:1] and csv_rows(folder, name)[0]) in ([], [one["name"] for one in fields])
        assert all(one["title"] and one["description_en"] for one in fields)
        digest = hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"


def test_parquet_holds_the_same_as_the_database(filled: Archive) -> None:
    folder = exported(filled)
    db = sqlite3.connect(folder / "archive.db")
    for name in sorted(_descriptions()):
        table = table_of(db, name)
        rows = [row for batch in table.rows(db) for row in batch]
        read = pq.read_table(folder / "parquet" / f"{name}.parquet")
        assert read.column_names == [column for column, _ in table.columns]
        assert [tuple(row.values()) for row in read.to_pylist()] == rows, name
    kinds = dict(table_of(db, "cells").columns)
    assert (kinds["value"], kinds["raw"], kinds["page"]) == ("number", "string", "integer")


def test_a_csv_opens_in_a_spreadsheet_without_running_anything(filled: Archive) -> None:
    folder = exported(filled)
    assert (folder / "csv" / "sections.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    texts = [row["text"] for row in csv_rows(folder, "sections")]
    assert any(text.startswith("'=HYPERLINK") for text in texts)
    assert {row["title"][:2] for row in csv_rows(folder, "reports")} == {"'-", "红旗"}
    for path in (folder / "csv").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            assert not [text for text in row if text.startswith(("=", "+", "@", "\t"))], path.name


@pytest.mark.parametrize("text", ["=1+1", "+24", "-", "@x", "'quoted", "＝1", "plain", "", 'a "b", c', " led", "a\nb"])
def test_a_guarded_text_can_be_had_as_it_was(text: str) -> None:
    (read,) = next(csv.reader(io.StringIO(csv_field(text) + "\r\n", newline="")))
    assert read.removeprefix("'") == text


def test_nothing_printed_is_not_nothing_at_all() -> None:
    assert (csv_field(None), csv_field(""), csv_field(0)) == ("", '""', "0")


def test_contacts_and_mobile_numbers_and_who_asked_stay_out(filled: Archive) -> None:
    folder = exported(filled)
    (mobile, contact, who) = (b"13812345678", b"0373-0000000", b"A. Person")
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes() if path.suffix != ".parquet" else str(pq.read_table(path).to_pylist()).encode()
            assert not [secret for secret in (mobile, contact, who) if secret in content], path
    assert "13812345678" in str(filled.db.execute("SELECT parsed FROM editions").fetchall()[0][0])
    assert not [path for path in folder.rglob("*") if path.suffix == ".bin"]


def test_an_earlier_export_is_replaced_and_nothing_else(filled: Archive) -> None:
    folder = exported(filled)
    (folder / "csv" / "old.csv").write_text("x")
    exported(filled)
    assert not (folder / "csv" / "old.csv").exists()
    other = filled.folder.parent / "mine"
    other.mkdir()
    (other / "diary.txt").write_text("x")
    with pytest.raises(ExportFolderError, match="no export"):
        export(filled.folder, other, _descriptions())
    assert (other / "diary.txt").exists()


def test_before_anything_was_published_it_says_what_to_run(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ExportFolderError, match="nianbao publish"):
        export(archive.folder, tmp_path / "out", _descriptions())


def test_a_failed_export_leaves_the_old_one(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = exported(filled)
    before = (folder / "SHA256SUMS").read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.export.write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        exported(filled)
    assert (folder / "SHA256SUMS").read_bytes() == before
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []
