"""Writes made durable together: a crawl's rows are committed in groups, each behind what it speaks of.

To wait for the disk costs a crawl more than what it writes. While a connection is held, a block of writes
(`with db:`) stays uncommitted until `settle`: then what was written elsewhere (`first`: WARC records, originals) is
brought onto the disk, and only then are the rows committed. So a kill or a power cut finds what it finds between two
single writes: bytes that no row speaks of, never a row without its bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal

# A page is two blocks: its capture's row and the ledger's.
MOST_BLOCKS = 64


class GroupLostError(sqlite3.OperationalError):
    """Rows that were held back could not be committed."""


class Connection(sqlite3.Connection):
    """A connection whose blocks can be held back. `lost` says that a group could not be committed.

    Whoever wrote it believes that it stands there, so no block is written behind it: the work is to end, and to be
    taken up anew from the WARC files, of which archive/captures.py makes the rows.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lost = False
        self._first: tuple[Callable[[], None], ...] | None = None
        self._blocks, self._depth = 0, 0

    def hold(self, *first: Callable[[], None]) -> None:
        """From now on commit in groups; `first` are called before each commit."""
        self._first = first

    def release(self) -> None:
        """Settle, and commit every block by itself again."""
        try:
            self.settle()
        finally:
            self._first = None

    def settle(self) -> None:
        """Commit what is held back. Raises what keeps it from the disk; the group is lost then."""
        if self._first is None or not self.in_transaction:
            return
        self._blocks = 0
        try:
            for write in self._first:
                write()
            self.commit()
        except BaseException:
            self.lost = True
            self.rollback()
            raise

    def __enter__(self) -> Connection:
        """A block begins; inside a group it can be undone by itself. Raises GroupLostError."""
        if self._first is None:
            super().__enter__()
            return self
        if self.lost:
            raise GroupLostError("rows could not be committed: see the first error; crawl again once it is mended")
        self._depth += 1
        if not self.in_transaction:
            self.execute("BEGIN")
        self.execute("SAVEPOINT block")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """A block ends: committed, held back, or undone for its error."""
        if self._first is None:
            return super().__exit__(kind, error, trace)
        self._depth -= 1
        if not self.in_transaction:
            # A full or failing disk makes SQLite give up the whole transaction.
            self.lost = True
            return False
        if kind is not None:
            self.execute("ROLLBACK TO block")
        self.execute("RELEASE block")
        self._blocks += 1
        if self._blocks >= MOST_BLOCKS and not self._depth:
            self.settle()
        return False


def settle(db: sqlite3.Connection) -> None:
    """Commit what a connection holds back, if it is one that does."""
    if isinstance(db, Connection):
        db.settle()


def has_lost(db: sqlite3.Connection) -> bool:
    """Whether rows were lost that this connection held back."""
    return isinstance(db, Connection) and db.lost
