"""The store of originals: raw bytes addressed by their sha256, never overwritten.

data/originals/ab/ab12….bin      the bytes as the server sent them, media type in the table `originals`
data/withdrawn/ab/ab12….bin      bytes withdrawn by withdrawn.csv: neither served nor exported
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# So many bytes are held in memory before they are written.
MOST_HELD = 8_000_000
NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
SHA256 = re.compile(r"[0-9a-f]{64}")


class OriginalMissingError(Exception):
    """An original that the archive lists is not on the disk."""


@dataclass(frozen=True)
class Stored:
    """The address of an original, and whether its bytes were new to the store."""

    sha256: str
    is_new: bool


class Originals:
    """The files under one folder. Knows no database: the caller keeps the row.

    What lies in `aside` was withdrawn: found again on the web, it is not put back.
    """

    def __init__(self, folder: Path, aside: Path | None = None) -> None:
        self.folder = folder
        self.aside = None if aside is None else Originals(aside)
        self._held: dict[str, bytes] | None = None

    def hold(self) -> None:
        """Keep new originals in memory until `flush`, 8 MB of them at most."""
        self._held = {}

    def release(self) -> None:
        """Write every original at once again."""
        self.flush()
        self._held = None

    def flush(self) -> None:
        """Write what is held."""
        folders = set[str]()
        while self._held:
            sha256, data = next(iter(self._held.items()))
            folders.add(_write(self._place(sha256), data))
            del self._held[sha256]
        for folder in folders:
            fsync_folder(folder)

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are, or would be. Raises ValueError for what is no sha256."""
        return Path(self._place(sha256))

    def _place(self, sha256: str) -> str:
        if not SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no sha256: 64 lower-case hexadecimal digits are expected")
        return f"{self.folder}/{sha256[:2]}/{sha256}.bin"

    def put(self, data: bytes) -> Stored:
        """Keep these bytes: written beside their place, flushed to the disk, then renamed into it."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self._has(sha256):
            return Stored(sha256, is_new=False)
        held = self._held
        if held is None:
            fsync_folder(_write(self._place(sha256), data))
        else:
            held[sha256] = data
            if sum(map(len, held.values())) > MOST_HELD:
                self.flush()
        return Stored(sha256, is_new=True)

    def _has(self, sha256: str) -> bool:
        if self._held is not None and sha256 in self._held:
            return True
        return os.path.exists(self._place(sha256)) or (self.aside is not None and self.aside._has(sha256))

    def mend(self, data: bytes) -> None:
        """Put these bytes where they belong, over a file that is missing or no longer has their hash."""
        fsync_folder(_write(self._place(hashlib.sha256(data).hexdigest()), data))

    def set_aside(self, sha256: str) -> None:
        """Move a withdrawn original out of what is served and exported. Raises ValueError without an `aside`."""
        if self.aside is None:
            raise ValueError(f"{self.folder}: this store has no folder for withdrawn originals")
        source, target = self.path(sha256), self.aside.path(sha256)
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    def read(self, sha256: str) -> bytes:
        """The bytes of this hash. Raises OriginalMissingError."""
        if self._held is not None and sha256 in self._held:
            return self._held[sha256]
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise OriginalMissingError(
                f"{self.path(sha256)}: the original is missing; restore it from a copy"
            ) from None

    def __iter__(self) -> Iterator[str]:
        """The hashes of all files on the disk, in order."""
        for path in sorted(self.folder.glob("??/*.bin")):
            yield path.stem


def _write(place: str, data: bytes) -> str:
    """Write a file, its bytes on the disk before it has its name; its folder, whose fsync brings the name there too."""
    folder, name = os.path.split(place)
    temporary = f"{folder}/.writing-{name}"
    descriptor = _begin(temporary)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.rename(temporary, place)
    return folder


def _begin(temporary: str) -> int:
    """A file to write in, where a killed process may have left one; its folder is made where it is not there."""
    try:
        return os.open(temporary, NEW, 0o600)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(temporary), exist_ok=True)
        return os.open(temporary, NEW, 0o600)


def fsync_folder(folder: Path | str) -> None:
    """Wait until a name that was made or changed in a folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
