"""Public keys of units: made once, kept in keys.csv of the data folder, never changed (contract.md, "The tables").

A key is `ADCODE-SLUG`: the portal's slug for the government of a portal's own area, else the name in pinyin.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

from pypinyin import lazy_pinyin

HEADER = ["identity", "key"]


class KeysFileError(Exception):
    """keys.csv cannot be read as the keys of this archive."""


class Keys:
    """The keys of one data folder: identity → key, appended to and never rewritten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.by_identity = _read(path) if path.exists() else {}
        self._taken = set(self.by_identity.values())

    def key_of(self, identity: str, wanted: str) -> str:
        """The key of an identity; a new one is `wanted`, or `wanted-2`, … where that is taken."""
        known = self.by_identity.get(identity)
        if known is not None:
            return known
        key, count = wanted, 1
        while key in self._taken:
            count += 1
            key = f"{wanted}-{count}"
        self._append(identity, key)
        self.by_identity[identity] = key
        self._taken.add(key)
        return key

    def _append(self, identity: str, key: str) -> None:
        is_new = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as file:
            if not is_new and not _ends_with_newline(self.path):
                file.write("\n")
            writer = csv.writer(file, lineterminator="\n")
            if is_new:
                writer.writerow(HEADER)
            writer.writerow([identity, key])
            file.flush()
            os.fsync(file.fileno())


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def slug(name: str) -> str:
    """A name in pinyin, lower-case letters and digits only: 新庄集乡 → xinzhuangjixiang."""
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(name)).lower()) or "unit"


def _read(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != HEADER:
        raise KeysFileError(f"{path}: its first line must be {','.join(HEADER)}; restore the file from a copy")
    keys: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(HEADER):
            # A power cut can leave a torn line: its key was in no transaction yet.
            if len(row) < len(HEADER):
                continue
            raise KeysFileError(f"{path}, line {number}: two fields expected, {len(row)} found; restore it from a copy")
        keys[row[0]] = row[1]
    return keys
