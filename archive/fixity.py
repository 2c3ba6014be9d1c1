"""Fixity: files against their hashes, several at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

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
    """A file and what it must be; `size` in bytes as the database has it, None where it has no row."""

    sha256: str
    path: Path
    size: int | None


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
