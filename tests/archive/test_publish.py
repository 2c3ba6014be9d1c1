from __future__ import annotations

import json
import sqlite3

import pytest

from archive.fixity import verify
from archive.inventory import inventory
from archive.publish import SnapshotError, publish
from archive.store import Archive
from archive.withdrawn import WithdrawnFileError
from tests.archive.factory import reading
from tests.archive.test_load import load


def snapshot(archive: Archive) -> sqlite3.Connection:
    return sqlite3.connect(publish(archive))


def test_contacts_and_mobile_numbers_are_not_published(archive: Archive) -> None:
    load(archive, b"one", reading())
    db = snapshot(archive)
    dump = "\n".join(db.iterdump())
    assert "0373-0000000" not in dump
    assert "13812345678" not in dump
    assert "licensing_decisions" in db.execute("SELECT parsed FROM editions").fetchone()[0]
    kept = archive.db.execute("SELECT parsed FROM editions").fetchone()[0]
    assert json.loads(kept)["contact"] == {"phone": "0373-0000000"}


def test_a_snapshot_opens_immutable_and_searches(archive: Archive) -> None:
    from archive.bigrams import match

    load(archive, b"one", reading())
    path = publish(archive)
    db = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    assert db.execute("SELECT count(*) FROM sections_fts WHERE sections_fts MATCH ?", (match("罚款"),)).fetchone() == (
        1,
    )


def test_inspect_data_counts_the_rows(archive: Archive) -> None:
    load(archive, b"one", reading())
    path = publish(archive)
    inspect = json.loads((path.parent / "inspect.json").read_text())
    assert inspect["archive"]["tables"]["reports"] == {"count": 1}
    assert inspect["archive"]["size"] == path.stat().st_size


def test_an_unsound_snapshot_leaves_the_old_one(archive: Archive) -> None:
    load(archive, b"one", reading())
    path = publish(archive)
    before = path.read_bytes()
    archive.db.execute("PRAGMA foreign_keys = OFF")
    with archive.db:
        archive.db.execute("DELETE FROM originals")
    with pytest.raises(SnapshotError, match="old snapshot stays"):
        publish(archive)
    assert path.read_bytes() == before


def test_a_withdrawn_original_moves_aside_and_keeps_its_record(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading())
    (archive.folder / "withdrawn.csv").write_text(
        f"sha256,date,ground,who\n{sha256},2026-01-05,names a private person,A. Person\n", "utf-8"
    )
    db = snapshot(archive)
    assert not archive.originals.path(sha256).exists()
    assert (archive.folder / "withdrawn" / sha256[:2] / f"{sha256}.bin").read_bytes() == b"one"
    assert db.execute("SELECT * FROM withdrawn").fetchall() == [(sha256, "2026-01-05", "names a private person")]
    assert db.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    assert "A. Person" not in "\n".join(db.iterdump())
    assert [loss for _, loss in verify(inventory(archive.folder).originals) if loss] == []


def test_a_withdrawn_original_found_again_stays_withdrawn(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading())
    (archive.folder / "withdrawn.csv").write_text(f"sha256,date,ground,who\n{sha256},2026-01-05,private,x\n", "utf-8")
    publish(archive)
    assert not archive.originals.put(b"one").is_new
    assert not archive.originals.path(sha256).exists()


def test_a_withdrawal_without_ground_is_refused_with_its_line(archive: Archive) -> None:
    (archive.folder / "withdrawn.csv").write_text(f"sha256,date,ground,who\n{'0' * 64},2026-01-05,,x\n", "utf-8")
    with pytest.raises(WithdrawnFileError, match="line 2"):
        publish(archive)


def test_a_mobile_number_is_masked_however_it_is_written_and_an_amount_stays(archive: Archive) -> None:
    numbers = ("13812345678", "138 1234 5678", "+86-13812345678", "１３８１２３４５６７８", "电话8613812345678")
    amount = {"value": "13812345678", "kind": "number", "raw": "13812345678元", "page": None, "bbox": None}
    section = {"number": 1, "heading": numbers[0], "text": "，".join(numbers)}
    load(archive, b"one", reading(sections=[section], proactive={"procurement_amount": amount}, title=numbers[1]))
    db = snapshot(archive)
    assert db.execute("SELECT heading, text FROM sections").fetchone() == (
        "138********",
        "138********，138********，138********，１３８********，电话138********",
    )
    assert db.execute("SELECT title FROM reports").fetchone() == ("138********",)
    assert "5678，" not in db.execute("SELECT parsed FROM editions").fetchone()[0]
    assert db.execute("SELECT raw FROM cells WHERE value IS NOT NULL AND raw LIKE '%元'").fetchone() == (amount["raw"],)
