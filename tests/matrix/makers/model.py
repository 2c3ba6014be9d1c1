"""A format of the matrix: its looks, and what turns their sources into files."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.replica.story import Story

ROOT = Path(__file__).resolve().parents[3]
# What every file is made of, whatever its format.
_COMMON = (
    "tests/matrix/layout.py",
    "tests/matrix/subjects.py",
    "tests/matrix/wordings.py",
    "tests/replica/figures.py",
    "tests/replica/grids.py",
    "tests/replica/statutory.py",
    "tests/replica/story.py",
)


@dataclass(frozen=True)
class Look:
    """One way to make a file of a format.

    `flat`: a blank cell leaves no trace in it, so that a row with one need not be read. `legible` is false where the
    letters cannot be told from the file: then no cell need be read, and none may be wrong. `unreadable` is the share of
    cells that may be called so.
    """

    make: Callable[[Story], bytes]
    flat: bool = False
    legible: bool = True
    unreadable: float = 0.0


@dataclass(frozen=True)
class Format:
    """A kind of file. `convert` makes the files of the looks' sources, many at a time; without it those are the files.

    `boxes`: every cell has a page and a box on it. `old`: read by way of the archive's own converter. `only`: of a
    slow one the plan has these figures alone.
    """

    suffix: str
    looks: Mapping[str, Look]
    convert: Callable[[Sequence[bytes]], Sequence[bytes]] | None = None
    boxes: bool = False
    old: bool = False
    only: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=())

    def digest(self) -> str:
        """The digest of the code that makes such a file."""
        made_by = {inspect.getsourcefile(inspect.unwrap(look.make)) or "" for look in self.looks.values()}
        made_by |= {str(ROOT / name) for name in (*_COMMON, *self.sources)}
        if self.convert is not None:
            made_by.add(inspect.getsourcefile(self.convert) or "")
        whole = sha256()
        for name in sorted(made_by):
            whole.update(Path(name).read_bytes())
        return whole.hexdigest()[:16]
