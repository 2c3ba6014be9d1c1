"""Fixity: every original against its hash, the database against the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.originals import Originals
from archive.store import connect_for_reading


@dataclass(frozen=True)
class Loss:
    """An original that is not as it was kept: missing, changed or unreadable."""

    sha256: str
    what: str
    path: Path

    def __str__(self) -> str:
        return f"{self.what}: {self.path}"


def verify(folder: Path) -> Iterator[tuple[str, Loss | None]]:
    """(sha256, loss or None) for every original, listed in the archive or found on the disk.

    Raises ArchiveMissingError. A sound file without a row is no loss: a kill can leave one, the next crawl takes it up.
    """
    shown, aside = Originals(folder / "originals"), Originals(folder / "withdrawn")
    db = connect_for_reading(folder)
    withdrawn = {row[0] for row in db.execute("SELECT sha256 FROM withdrawn")}
    listed = [row[0] for row in db.execute("SELECT sha256 FROM originals ORDER BY sha256")]
    db.close()
    for sha256 in listed:
        store = aside if sha256 in withdrawn else shown
        yield sha256, _compare(sha256, store.path(sha256))
    for sha256 in sorted(set(shown) - set(listed)):
        yield sha256, _compare(sha256, shown.path(sha256))


def _compare(sha256: str, path: Path) -> Loss | None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return Loss(sha256, "missing", path)
    except OSError as error:
        return Loss(sha256, f"unreadable ({error.strerror})", path)
    return None if found == sha256 else Loss(sha256, "changed", path)
