"""Withdrawn originals: withdrawn.csv (sha256, date, ground, who) is appended to by a person and never rewritten.

A withdrawn original's bytes move to withdrawn/, which is neither served nor exported; its record and figures stay.
"""

from __future__ import annotations

import csv
from pathlib import Path

from archive.originals import SHA256
from archive.store import Archive

COLUMNS = ["sha256", "date", "ground", "who"]


class WithdrawnFileError(Exception):
    """withdrawn.csv has a line that names no original or gives no ground."""


def apply_withdrawals(archive: Archive) -> int:
    """Take withdrawn.csv into the table and move the bytes; gives how many are withdrawn."""
    rows = read_withdrawn(archive.folder / "withdrawn.csv")
    with archive.db:
        archive.db.executemany(
            "INSERT INTO withdrawn VALUES (:sha256, :date, :ground) ON CONFLICT DO UPDATE SET ground = excluded.ground",
            rows,
        )
    for row in rows:
        archive.originals.set_aside(row["sha256"])
    return len(rows)


def read_withdrawn(path: Path) -> list[dict[str, str]]:
    """The lines of withdrawn.csv; none when there is no such file. Raises WithdrawnFileError."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise WithdrawnFileError(f"{path}, line 1: the columns {','.join(COLUMNS)} are expected")
        rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if not SHA256.fullmatch(row["sha256"] or "") or not row["date"] or not row["ground"]:
            raise WithdrawnFileError(
                f"{path}, line {number}: a sha256, a date and a ground are expected; complete the line"
            )
    return rows
