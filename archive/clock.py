"""The clock: UTC to the second, or what $NIANBAO_NOW says, for tests of waits and deadlines."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import lru_cache


class ClockError(Exception):
    """$NIANBAO_NOW is set to something that is no time."""


def now() -> str:
    """The time as ISO text in UTC (2026-01-31T08:00:00Z). Raises ClockError."""
    given = os.environ.get("NIANBAO_NOW")
    if not given:
        return _written(int(time.time()))
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise ClockError(f"NIANBAO_NOW is {given}: an ISO time such as 2026-01-31T08:00:00Z is expected") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _text(moment)


@lru_cache(1)  # asked many times a second
def _written(second: int) -> str:
    return _text(datetime.fromtimestamp(second, UTC))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days_since(moment: str) -> float:
    """Days from an ISO time until now; negative when the clock was set back."""
    return (datetime.fromisoformat(now()) - datetime.fromisoformat(moment)).total_seconds() / 86400
