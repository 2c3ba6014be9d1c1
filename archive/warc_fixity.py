"""Fixity of the WARC files: each closed one against what was written, and what is left of one that was damaged.

A closed file is compared as a whole with its sha256 in `warc_files`, taken of what was written to it. Only where that
does not fit, or there is none (a file that is still open), its records are gone through one by one, so that every
record that is lost can be named. The places that the database names are held against the files.
"""

from __future__ import annotations

import mmap
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import warc
from archive.captures import OPEN
from archive.fixity import Item, Loss
from archive.warc import DamagedWarcError

MEMBER = b"\x1f\x8b\x08"


@dataclass(frozen=True)
class WarcFile:
    """A WARC file as the database knows it: its seal (None: still open, or of an older version) and its records."""

    path: Path
    seal: tuple[int, str] | None
    places: tuple[tuple[int, str], ...]


def warc_files(folder: Path, db: sqlite3.Connection) -> list[WarcFile]:
    """Every WARC file that the database names or that lies in the folder."""
    seals = {name: (size, sha256) for name, size, sha256 in db.execute("SELECT warc, bytes, sha256 FROM warc_files")}
    places: dict[str, list[tuple[int, str]]] = {}
    for name, offset, url in db.execute("SELECT warc, warc_offset, url FROM captures ORDER BY warc, warc_offset"):
        places.setdefault(name, []).append((offset, url))
    there = {path.name.removesuffix(OPEN): path for path in folder.glob("*.warc.gz*") if path.suffix in (".gz", OPEN)}
    return [
        WarcFile(there.get(name, folder / name), seals.get(name), tuple(places.get(name, ())))
        for name in sorted({*seals, *places, *there})
    ]


def sealed(files: list[WarcFile]) -> list[Item]:
    """What can be compared as a whole."""
    return [Item(file.seal[1], file.path, file.seal[0]) for file in files if file.seal is not None]


def misplaced(file: WarcFile) -> Iterator[Loss]:
    """Places in the database at which no record begins in the file. Of a missing file none is told."""
    if not file.places or not file.path.exists() or file.path.stat().st_size == 0:
        return
    with file.path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as held:
        for offset, url in file.places:
            if held[offset : offset + len(MEMBER)] != MEMBER:
                yield Loss("no record where the database says", f"{file.path}, byte {offset}, {url}")


def lost_records(file: WarcFile) -> Iterator[Loss]:
    """Every record of a file that is not whole; reading goes on at the next place that the database names."""
    start: int | None = 0
    while start is not None:
        begin, start = start, None
        try:
            for record in warc.records(file.path, begin):
                if told := warc.damage(record):
                    yield Loss(f"record damaged ({told})", f"{file.path}, byte {record.offset}, {_url(record)}")
        except DamagedWarcError as error:
            # The end of a file that is being written, or that a power cut tore: nobody was told of what stands there.
            if file.path.suffix == OPEN and all(offset < error.offset for offset, _ in file.places):
                return
            yield Loss("record damaged" if error.offset else "file damaged", f"{error.path}, byte {error.offset}")
            start = next((offset for offset, _ in file.places if offset > error.offset), None)
        except OSError as error:
            yield Loss(f"unreadable ({error.strerror})", str(file.path))


def _url(record: warc.Record) -> str:
    return record.fields.get("warc-target-uri", record.type)
