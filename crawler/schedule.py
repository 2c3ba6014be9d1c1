"""When a portal is to be visited again: learnt from how often it changed.

Reports come out from January (those of single bodies, by the 31st) to March (those of governments, by the 31st), some
late: from January to April a portal is visited daily to weekly, in the other months at most once a quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.memory import visits
from archive.store import ArchiveMissingError, connect_for_reading
from crawler.portals import Portal

SEASON = range(1, 5)
# Days between visits: the least, where each one finds something, and the most, where none does.
SEASON_DAYS = (1.0, 7.0)
QUIET_DAYS = (91.0, 182.0)
# After a visit that failed.
RETRY_DAYS = {True: 1.0, False: 7.0}
# A timer that fires at the same hour every day is never late by a few minutes.
SLACK_DAYS = 1 / 12


@dataclass(frozen=True)
class Visit:
    """A crawl of a portal: when it began, how it ended (None: it was interrupted), whether it found news."""

    started: str
    outcome: str | None
    found: bool


def due_portals(data: Path, portals: Sequence[Portal], now: str) -> list[Portal]:
    """Those that are due; without an archive all of them. One that is blocked waits until it may be asked again."""
    try:
        db = connect_for_reading(data)
    except ArchiveMissingError:
        return list(portals)
    waiting = {row[0] for row in db.execute("SELECT portal FROM portals WHERE blocked_until > ?", (now,))}
    found = [
        portal
        for portal in portals
        if portal.portal not in waiting and is_due([Visit(*visit) for visit in visits(db, portal.portal)], now)
    ]
    db.close()
    return found


def is_due(made: Sequence[Visit], now: str) -> bool:
    """Whether a portal that was visited so, the oldest first, is to be visited at `now` (ISO time)."""
    if not made or made[-1].outcome in (None, "interrupted"):
        return True
    passed = _days(made[-1].started, now) + SLACK_DAYS
    if made[-1].outcome != "done":
        return passed >= RETRY_DAYS[_in_season(now)]
    return passed >= interval(made, now)


def interval(made: Sequence[Visit], now: str) -> float:
    """Days between visits at this time of the year: halved by each that found news, doubled by each that did not.

    Visits of the other time of the year teach nothing about this one.
    """
    season = _in_season(now)
    least, most = SEASON_DAYS if season else QUIET_DAYS
    days = most if season else least
    for visit in made:
        if visit.outcome == "done" and _in_season(visit.started) == season:
            days = max(least, days / 2) if visit.found else min(most, days * 2)
    return days


def _in_season(moment: str) -> bool:
    return datetime.fromisoformat(moment).month in SEASON


def _days(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 86400
