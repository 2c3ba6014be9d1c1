"""Coming back to a portal: known lists are looked at, documents are asked for again seldom.

A portal is read through, from its home page to the end of its lists, when it is new and every RECHECK_DAYS. In between
a crawl looks at pages that led to reports, or to years and units, before: within a tenth of the requests that reading
through cost, and further where they bring news (crawler/outlook.py). It asks for what they link that nobody has seen.
One that leads to nothing known any more means that the portal was rebuilt: then it is read through at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from archive.memory import Known, Memory
from crawler.outlook import Looks, looks
from crawler.urls import canonical

RECHECK_DAYS = 90
SHARE = 10
# On a portal with few reports a tenth is less than robots.txt and a list.
FEW_REPORTS = 30
LEAST_REQUESTS = 4
REDIRECTS = 5

Recheck = int | Literal["all"]


@dataclass
class Returning:
    """What a crawl that begins at `moment` (ISO time) makes of its portal's memory.

    `recheck` is after how many days a document is asked for again. `reports` holds the key of each report known.
    """

    memory: Memory = field(default_factory=Memory)
    moment: str = ""
    recheck: Recheck = RECHECK_DAYS

    def __post_init__(self) -> None:
        self._known = {canonical(known.url): known for known in self.memory.documents}
        self._pages = {canonical(page.url): page for page in self.memory.pages}
        self._parents = {known.parent for known in self.memory.documents if known.kept}
        self.reports = {_report(known) for known in self._known.values() if known.kept}

    def knows(self, url: str) -> bool:
        """Whether this address was asked for as a document before."""
        return canonical(url) in self._known

    def is_settled(self, url: str) -> bool:
        """Whether an address is known and not yet due."""
        known = self._known.get(canonical(url))
        return known is not None and not self._is_due(known.checked)

    def report_at(self, url: str) -> str | None:
        """The key of the report that an address led to; None when it led to none."""
        known = self._known.get(canonical(url))
        for _ in range(REDIRECTS):
            if known is None or known.kept or known.final_url is None:
                break
            known = self._known.get(canonical(known.final_url))
        if known is None:
            return None
        key = _report(known)
        return key if key in self.reports else None

    def due(self) -> list[Known]:
        """The documents kept that are to be asked for again, in a fixed order."""
        return [known for known in self.memory.documents if known.kept and self._is_due(known.checked)]

    def has_asked(self, url: str, year: int | None) -> bool:
        """Whether a page of a column was asked for before. One of the latest year that was not there may be by now."""
        known = self._pages.get(canonical(url))
        if known is None:
            return self.knows(url)
        return known.can_be_asked or year is None or year < self.latest_year

    def is_parent(self, url: str) -> bool:
        """Whether a page linked documents that were kept."""
        return url in self._parents

    @property
    def latest_year(self) -> int:
        """The last year that a report can be about."""
        return datetime.fromisoformat(self.moment).year - 1

    def looks(self) -> Looks:
        """The pages of columns to look at; none when the portal is to be read through."""
        whole = self.memory.last_whole
        if whole is None or self._is_due(whole.started):
            return Looks()
        allowed = whole.requests // SHARE
        if len(self.reports) < FEW_REPORTS:
            allowed = max(allowed, LEAST_REQUESTS)
        return looks(self.memory, self.latest_year, allowed)

    def _is_due(self, moment: str) -> bool:
        if self.recheck == "all":
            return True
        passed = datetime.fromisoformat(self.moment) - datetime.fromisoformat(moment)
        return passed.total_seconds() >= self.recheck * 86400


def _report(known: Known) -> str:
    """The key under which the crawl counts a document: a page and its attachments are one report."""
    attached = known.purpose == "attachment" and known.parent is not None
    return canonical(known.parent if attached and known.parent else known.url)
