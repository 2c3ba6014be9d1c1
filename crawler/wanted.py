"""What a crawl is after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crawler.links import Judged


@dataclass(frozen=True)
class Wanted:
    """The government's own column or all units, and from which year on.

    `most_requests` makes it a look around: no more is sent, and of a list's reports only the first is opened.
    """

    scope: Literal["government", "all"] = "all"
    since: int | None = None
    most_requests: int | None = None

    @property
    def government_only(self) -> bool:
        """Whether units are left out."""
        return self.scope == "government"

    def leaves_out(self, judged: Judged) -> bool:
        """A report, or a year of a column, before the years wanted: nothing filed under a year is newer than it."""
        if self.since is None or judged.year is None or judged.kind not in ("report", "list"):
            return False
        return judged.year < self.since
