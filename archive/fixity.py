"""Fixity: every kept byte against its hash, and the database against the disk, both ways."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from archive.originals import SHA256, Originals
from archive.store import connect_for_reading

# Files handed to a thread at a time: handing over costs as much as hashing a small file.
AT_ONCE = 32
READ_BYTES = 1 << 20


@dataclass(frozen=True)
class Loss:
    """Something kept that is not as it was: missing, changed, truncated, unreadable."""

    what: str
    place: str

    def __str__(self) -> str:
        return f"{self.what}: {self.place}"


@dataclass(frozen=True)
class Item:
    """A file of the store: its hash is its name; `size` as the database has it, None where it has no row."""

    sha256: str
    path: Path
    size: int | None


@dataclass
class Inventory:
    """What is to be compared. `unlisted` files have no row: a kill can leave one, and the next crawl takes it up."""

    items: list[Item] = field(default_factory=list)
    unlisted: int = 0
    strays: list[Path] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def inventory(folder: Path) -> Inventory:
    """The files that the database lists and those on the disk; what is wrong with the database itself is a loss.

    Raises ArchiveMissingError, DataFolderError.
    """
    shown, aside = Originals(folder / "originals"), Originals(folder / "withdrawn")
    db = connect_for_reading(folder)
    sound = [row[0] for row in db.execute("PRAGMA quick_check(20)")]
    withdrawn = {row[0] for row in db.execute("SELECT sha256 FROM withdrawn")}
    listed = dict(db.execute("SELECT sha256, bytes FROM originals ORDER BY sha256").fetchall())
    db.close()
    found = Inventory(losses=[Loss("database damaged", told) for told in sound if told != "ok"])
    for sha256, size in listed.items():
        found.items.append(Item(sha256, (aside if sha256 in withdrawn else shown).path(sha256), size))
    for store in (shown, aside):
        for path in sorted(path for path in store.folder.glob("*/*") if path.is_file()):
            if not SHA256.fullmatch(path.stem) or path != store.path(path.stem):
                found.strays.append(path)
            elif path.stem not in listed:
                found.items.append(Item(path.stem, path, None))
                found.unlisted += 1
    return found


def verify(items: list[Item], workers: int = os.cpu_count() or 1) -> Iterator[tuple[Item, Loss | None]]:
    """Every file against its hash, several at a time, in their order."""
    with ThreadPoolExecutor(workers) as pool:
        left = iter(items)
        batches = iter(lambda: list(islice(left, AT_ONCE)), [])
        for batch in pool.map(_compare_all, batches):
            yield from batch


def _compare_all(items: list[Item]) -> list[tuple[Item, Loss | None]]:
    return [(item, _compare(item)) for item in items]


def _compare(item: Item) -> Loss | None:
    try:
        found, size = sha256_of(item.path)
    except FileNotFoundError:
        return Loss("missing", str(item.path))
    except OSError as error:
        return Loss(f"unreadable ({error.strerror})", str(item.path))
    if found == item.sha256:
        return None
    cut = item.size is not None and size < item.size
    return Loss(f"truncated ({size} of {item.size} bytes)" if cut else "changed", str(item.path))


def sha256_of(path: Path) -> tuple[str, int]:
    """(sha256, size in bytes) of a file. Raises OSError."""
    # hashlib.file_digest makes a buffer anew for each file, which costs more than a page takes to hash.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        digest, size = hashlib.sha256(), 0
        while data := os.read(descriptor, READ_BYTES):
            digest.update(data)
            size += len(data)
    finally:
        os.close(descriptor)
    return digest.hexdigest(), size
