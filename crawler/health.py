"""How a portal's crawl ended, decided from what was found. Only `done` moves the last success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.ledger import CrawlEnd
from crawler.fetcher import Trouble
from crawler.obstacles import blocked_until

# Of fewer addresses than this, all may change without a redesign.
TELLING = 3


@dataclass(frozen=True)
class Facts:
    """What a crawl knows at its end.

    `reports` and `columns` were found, `stopped` ended it early, `hindered` kept it from a page on the way;
    `narrowed` says that older reports were left out on purpose. `lists` counts the pages of columns that were read;
    of the `known_before` reports kept from it before, `met_again` were met again; `whole` is false where known lists
    alone were looked at.
    """

    reports: int
    columns: int
    stopped: Trouble | None = None
    reason: str = ""
    had_reports: bool = False
    expect_min: int | None = None
    cms: str | None = None
    hindered: Trouble | None = None
    narrowed: bool = False
    lists: int = 0
    known_before: int = 0
    met_again: int = 0
    whole: bool = True


@dataclass(frozen=True)
class Ending:
    """The end for the ledger, and one sentence that says why."""

    end: CrawlEnd
    reason: str


@dataclass(frozen=True)
class PortalResult:
    """What a run of the crawl tells of one portal.

    `outcome` is done, blocked, failed or interrupted; `status` the portal's state after it (None: undecided);
    `reports_found` counts reports, `new` files not seen before at their address; `reason` is one sentence; `cut_off`
    counts links by the budget that left them out.
    """

    portal: str
    outcome: str
    status: str | None
    requests: int
    reports_found: int
    new: int
    reason: str
    cut_off: Mapping[str, int] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """One line for people."""
        counted = f"{self.requests} requests, {self.reports_found} reports, {self.new} new files"
        line = f"{self.portal}: {self.status or self.outcome}; {counted}; {self.reason}"
        if not self.cut_off:
            return line
        return f"{line}; cut off by a budget: {', '.join(f'{links} {name}' for name, links in self.cut_off.items())}"


def ending(facts: Facts, now: str) -> Ending:
    """Judge the end of a crawl. A blocked, empty or failed one changes only the portal's status."""
    reason = facts.reason or "what leads to the reports may not be asked for"
    stopped = facts.stopped or (facts.hindered if facts.reports == 0 else None)
    if stopped == "blocked":
        until = blocked_until(now)
        return Ending(CrawlEnd("blocked", "blocked", facts.cms, until), f"blocked until {until[:10]}: {facts.reason}")
    if stopped == "robots":
        return Ending(CrawlEnd("blocked", "robots", facts.cms), reason)
    if stopped == "gone":
        return Ending(CrawlEnd("failed", "gone", facts.cms), f"the home page is gone: {facts.reason}")
    if stopped == "no_answer":
        return Ending(CrawlEnd("failed", "unreachable", facts.cms), facts.reason)
    if stopped is not None:
        return Ending(CrawlEnd("failed", "broken", facts.cms), facts.reason)
    if objection := _objection(facts):
        return Ending(CrawlEnd("failed", "broken", facts.cms), objection)
    seen = f"read to its end{_moved(facts)}" if facts.whole else "its known lists were looked at"
    return Ending(CrawlEnd("done", "ok", facts.cms), seen)


def _objection(facts: Facts) -> str | None:
    if facts.reports == 0 and facts.had_reports:
        return _emptied(facts)
    if facts.expect_min is not None and facts.reports < facts.expect_min:
        return f"{facts.reports} reports found, at least {facts.expect_min} are expected{_moved(facts)}"
    if facts.reports == 0 and not (facts.narrowed and facts.columns):
        return "no list of reports found" if facts.columns == 0 else "the lists led to no report"
    return None


def _emptied(facts: Facts) -> str:
    """A portal that had reports and has none: its column is empty, or the way to it is another one now."""
    if facts.lists:
        return f"emptied: no report found on a portal that had some, though {facts.lists} pages of its column were read"
    return "redesigned: no column of reports found on a portal that had one; look at its home page"


def _moved(facts: Facts) -> str:
    if facts.known_before < TELLING or facts.met_again:
        return ""
    return f"; redesigned: none of the {facts.known_before} reports known before was met again"
