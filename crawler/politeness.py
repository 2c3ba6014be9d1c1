"""One request at a time per site, with rests between: across portals, robots.txt and attachments included.

A site is the registrable domain by the public suffix list that tldextract bundles (gov.cn is a suffix, so a
district under its city's domain shares the city's turn), or the platform that portals.csv names for it.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import tldextract

from archive.clock import now

JITTER = 0.25
STRIKES = 3
LONGEST_WAIT = 600.0

# No download: an empty tuple of addresses and no cache leave the bundled list.
BUNDLED_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=16384)
def registrable_domain(host: str) -> str:
    """The registrable domain of a host; the host itself when it has none (an address, a suffix)."""
    return BUNDLED_SUFFIXES(host).top_domain_under_public_suffix or host


@dataclass
class Site:
    """One site's turn. `rest_until` is on the monotonic clock, `last_asked` ISO time for the next run."""

    delay: float
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    crawl_delay: float = 0.0
    rest_until: float = 0.0
    strikes: int = 0
    last_asked: str | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the site to be free and rested, then hold it until the answer is here."""
        async with self._lock:
            while (wait := self.rest_until - self.clock()) > 0:
                await self.sleep(wait)
            try:
                yield
            finally:
                self.last_asked = now()
                self.rest(self._pause())

    def rest(self, seconds: float) -> None:
        """Ask nothing for this long, or longer if that was asked before."""
        self.rest_until = max(self.rest_until, self.clock() + seconds)

    def slow_down(self, asked: float | None) -> bool:
        """After a 429 or 503: rest as long as asked, double the delay. False when the crawl must stop."""
        self.strikes += 1
        self.delay *= 2
        wait = self.delay if asked is None else asked
        if self.strikes >= STRIKES or wait > LONGEST_WAIT:
            return False
        self.rest(wait)
        return True

    def _pause(self) -> float:
        """The delay ± jitter; not under one second where the delay is not, nor under robots.txt's own."""
        varied = self.delay * (1 + random.uniform(-JITTER, JITTER))  # noqa: S311 (not a secret)
        return max(varied, min(self.delay, 1.0), self.crawl_delay)


class Sites:
    """All sites of a crawl. `platforms` maps registrable domains to the platform that serves them.

    `asked_before` has the time (ISO) at which an earlier run last asked a site: its delay is kept.
    """

    def __init__(
        self,
        delay: float,
        platforms: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        asked_before: Mapping[str, str] | None = None,
    ) -> None:
        self.delay = delay
        self._asked_before = dict(asked_before or {})
        self.platforms = dict(platforms or {})
        self._clock = clock
        self._sleep = sleep
        self._sites: dict[str, Site] = {}

    def key(self, host: str) -> str:
        """The name of the site a host belongs to."""
        domain = registrable_domain(host)
        return self.platforms.get(domain, domain)

    def of(self, host: str) -> Site:
        """The site a host belongs to."""
        key = self.key(host)
        if key not in self._sites:
            self._sites[key] = Site(self.delay, self._clock, self._sleep)
            if before := self._asked_before.get(key):
                passed = (datetime.fromisoformat(now()) - datetime.fromisoformat(before)).total_seconds()
                self._sites[key].rest(self.delay - max(passed, 0.0))
        return self._sites[key]

    def last_asked(self) -> dict[str, str]:
        """When each site was last asked in this run, in ISO time."""
        return {key: site.last_asked for key, site in self._sites.items() if site.last_asked is not None}
