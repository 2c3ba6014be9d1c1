"""What a new parser version changes: the cells of one original whose reading differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.differences import Parsed, cells_of


@dataclass(frozen=True)
class Change:
    """One cell read differently: old and new as value or kind, None where the cell was not there."""

    file: str
    code: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        return f"{self.file}: {self.code}: {self.old} -> {self.new}"


def changes(before: Parsed, after: Parsed) -> list[Change]:
    """The cells that differ between two readings of the same bytes."""
    old, new = cells_of(before), cells_of(after)
    codes = sorted(old.keys() | new.keys())
    told = [Change(after["file"], code, _told(old.get(code)), _told(new.get(code))) for code in codes]
    return [change for change in told if change.old != change.new]


def _told(cell: dict[str, Any] | None) -> str | None:
    if cell is None:
        return None
    return str(cell["value"]) if cell["kind"] == "number" else str(cell["kind"])
