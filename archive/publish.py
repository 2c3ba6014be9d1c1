"""Publishing: the snapshot that people see, made beside the old one and renamed over it when it is whole."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path

from archive.privacy import mask_mobiles, public_reading
from archive.store import Archive
from archive.withdrawn import apply_withdrawals

# Columns beside the sections' text that hold words of a document.
PRINTED = (
    ("sections", "heading"),
    ("reports", "title"),
    ("problems", "message"),
    ("fetches", "anchor"),
    ("fetches", "reason"),
    ("links", "anchor"),
    ("links", "reason"),
    ("links", "heading"),
    ("links", "menu"),
)


class SnapshotError(Exception):
    """The snapshot that was made is not sound; the old one stays."""


def publish(archive: Archive) -> Path:
    """Make data/site/archive.db, and inspect.json beside it; gives the snapshot's path. Raises SnapshotError."""
    apply_withdrawals(archive)
    site = archive.folder / "site"
    site.mkdir(exist_ok=True)
    temporary, snapshot = site / "archive.db.making", site / "archive.db"
    temporary.unlink(missing_ok=True)
    try:
        archive.db.execute("VACUUM INTO ?", (str(temporary),))
        _strip(temporary)
        _check(temporary)
        _write_inspect(temporary, site / "inspect.json")
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.rename(snapshot)
    finally:
        # On a full disk what was begun must not keep the next attempt from its room.
        temporary.unlink(missing_ok=True)
    return snapshot


def _strip(path: Path) -> None:
    """Leave out what is nobody's business: contacts, mobile numbers, readings that no edition shows."""
    db = sqlite3.connect(path)
    db.create_function("public_reading", 1, _public_text, deterministic=True)
    db.create_function("masked", 1, lambda text: text and mask_mobiles(text), deterministic=True)
    with db:
        db.execute("DROP TABLE readings")
        db.execute("UPDATE editions SET parsed = public_reading(parsed)")
        for table, column in PRINTED:
            db.execute(f"UPDATE {table} SET {column} = masked({column}) WHERE {column} <> masked({column})")  # noqa: S608 our own names
    db.execute("VACUUM")
    # A snapshot is opened immutable, beside which no journal file may be needed.
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()


def _public_text(parsed: str) -> str:
    return json.dumps(public_reading(json.loads(parsed)), ensure_ascii=False)


def _check(path: Path) -> None:
    db = sqlite3.connect(path)
    result = db.execute("PRAGMA integrity_check").fetchone()[0]
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    db.close()
    if result != "ok" or dangling is not None:
        raise SnapshotError(f"{path}: {result}, dangling {dangling}; the old snapshot stays; run `nianbao verify`")


def _write_inspect(path: Path, target: Path) -> None:
    """Row counts of every table, so that Datasette need not count an immutable file again."""
    db = sqlite3.connect(path)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {
        table: {"count": db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]}  # noqa: S608 our own names
        for table in tables
        if not table.startswith("sections_fts_")
    }
    db.close()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    inspect = {"archive": {"hash": digest, "size": path.stat().st_size, "file": path.name, "tables": counts}}
    temporary = target.with_suffix(".making")
    temporary.write_text(json.dumps(inspect, indent=1), "utf-8")
    temporary.rename(target)
