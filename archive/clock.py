"""The clock: UTC to the second, or what $NIANBAO_NOW says, for tests of waits and deadlines."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> str:
    """The time as ISO text in UTC (2026-01-31T08:00:00Z). Raises ValueError when $NIANBAO_NOW is no ISO time."""
    given = os.environ.get("NIANBAO_NOW")
    moment = datetime.fromisoformat(given) if given else datetime.now(UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
