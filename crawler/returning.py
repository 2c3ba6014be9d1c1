"""Coming back to a portal: known lists are looked at, documents are asked for again seldom.

A portal is read through, from its home page to the end of its lists, when it is new and every RECHECK_DAYS. In between
a crawl looks at lists that led to reports before, within a tenth of the requests that reading through cost, and asks
for what they link that nobody has seen. A list that leads to nothing known any more means that the portal was rebuilt:
then it is read through at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from archive.memory import Known, Memory
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

    def lists(self) -> list[str]:
        """The lists to look at; none when the portal is to be read through.

        The list with most reports always, the others in turn.
        """
        whole, lists = self.memory.last_whole, self.memory.lists
        if whole is None or not lists or self._is_due(whole.started):
            return []
        allowed = whole.requests // SHARE
        if len(self.reports) < FEW_REPORTS:
            allowed = max(allowed, LEAST_REQUESTS)
        others = lists[1:]
        start = self.memory.passes * max(1, allowed - 2) % max(1, len(others))
        chosen: list[str] = []
        hosts: set[str] = set()
        for url in (lists[0], *others[start:], *others[:start]):
            hosts.add(_place(url))
            if len(chosen) + 1 + len(hosts) > allowed:
                break
            chosen.append(url)
        return chosen

    def _is_due(self, moment: str) -> bool:
        if self.recheck == "all":
            return True
        passed = datetime.fromisoformat(self.moment) - datetime.fromisoformat(moment)
        return passed.total_seconds() >= self.recheck * 86400


def _report(known: Known) -> str:
    """The key under which the crawl counts a document: a page and its attachments are one report."""
    attached = known.purpose == "attachment" and known.parent is not None
    return canonical(known.parent if attached and known.parent else known.url)


def _place(url: str) -> str:
    """Whose robots.txt is asked for first."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
