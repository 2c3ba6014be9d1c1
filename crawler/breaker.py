"""The breaker of a platform: once three of its portals answer with challenges, its others are not asked at all.

A firewall is a city's policy, not one site's accident (portals.md, section 0): eight cities hold four fifths of all
portals seen blocked. A platform is the one that portals.csv names, else the city.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from archive.clock import now
from crawler.portals import Portal

LIMIT = 3
# Districts of these have nothing in common but the code: 1101 is all of Beijing.
MUNICIPALITIES = ("11", "12", "31", "50")


def platform_of(portal: Portal) -> str | None:
    """The platform a portal belongs to; None when none is known."""
    if portal.platform:
        return portal.platform
    if portal.adcode is None or portal.adcode.startswith(MUNICIPALITIES) or portal.adcode.endswith("0000"):
        return None
    # Counties directly under a province share a code that is no city's.
    return None if portal.adcode[2:4] == "90" else portal.adcode[:4]


@dataclass
class Breaker:
    """Who is blocked, by platform, before this run and in it: each portal with the day until which it is left alone."""

    blocked: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    @classmethod
    def of(cls, db: sqlite3.Connection) -> Breaker:
        """With the portals that the archive knows to be blocked still."""
        breaker = cls()
        rows = db.execute(
            "SELECT portal, adcode, name, home, platform, blocked_until FROM portals WHERE blocked_until > ?", (now(),)
        )
        for slug, adcode, name, home, platform, until in rows:
            breaker.trip(Portal(slug, adcode, name, home, platform), until)
        return breaker

    def trip(self, portal: Portal, until: str) -> None:
        """Take down that a portal answered with a challenge."""
        if (platform := platform_of(portal)) is not None:
            self.blocked[platform][portal.portal] = until

    def forbids(self, portal: Portal) -> str | None:
        """Why a portal is not to be asked; None when it may be."""
        platform = platform_of(portal)
        others = sorted(self.blocked.get(platform or "", {}).keys() - {portal.portal})
        if len(others) < LIMIT:
            return None
        return f"{len(others)} portals of its platform {platform} answer with challenges: {', '.join(others)}"

    @asynccontextmanager
    async def turn(self, portal: Portal) -> AsyncIterator[None]:
        """Home pages of a platform are asked one portal after the other, so that the third challenge is the last."""
        platform = platform_of(portal)
        if platform is None:
            yield
            return
        async with self._turns[platform]:
            yield
