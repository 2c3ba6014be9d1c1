"""An annual-report column under way, and the rules by which its list ends (portals.md, section 6.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.urls import canonical, column_prefix

STUB_BYTES = 1024
ERRORS = 2
TRIALS = 4


@dataclass
class Trial:
    """Levels that their labels alone speak for: when the first of them lead to nothing, the others are left alone."""

    tried: int = 0
    led: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether no more of them is to be tried."""
        return not self.led and self.tried >= TRIALS


@dataclass
class Column:
    """A list of one or more pages: its entry, how many pages were asked for, why it was left.

    `led` says that it led to reports; `trial` is there where only its label speaks for it.
    """

    url: str
    pages: int = 0
    queued: int = 0
    stopped: str | None = None
    led: bool = False
    trial: Trial | None = None
    _errors: int = 0
    _hashes: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)

    @property
    def prefix(self) -> str:
        """What addresses under this column begin with."""
        return column_prefix(self.url)

    def read(self, body: bytes, links: Iterable[str], may_be_short: bool = False) -> str | None:
        """Take in a page of the list; gives the reason when the list ends here: repeat, stub, nothing new.

        Many servers answer a page past the end with the first or the last one again. `links` are those that are not
        the pager's own; an interface's answer may be short, and a list's last page with a report or two on it.
        """
        first = not self._hashes
        digest = hashlib.sha256(body).hexdigest()
        fresh = {canonical(link) for link in links} - self._seen
        if digest in self._hashes:
            self.stopped = "this page repeats another"
        elif not first and not may_be_short and len(body) < STUB_BYTES:
            self.stopped = "this page is a stub"
        elif not first and not fresh:
            self.stopped = "this page adds nothing"
        self._hashes.add(digest)
        self._seen |= fresh
        self._errors = 0
        return self.stopped

    def end(self) -> None:
        """The list says itself that nothing follows."""
        self.stopped = self.stopped or "this page is the last"

    def fail(self) -> None:
        """A page of the list could not be had; the second in a row ends it."""
        self._errors += 1
        if self._errors >= ERRORS:
            self.stopped = f"{ERRORS} errors in a row"
