"""The sides of the crawl's claims, each run in a process of its own, because Scrapy's reactor runs but once.

`python -m bench.crawlsides SIDE PORTALS FOLDER`: prints {"cpu", "system", "pages", "peak", "at_once"} of its work:
processor seconds, those of them spent in calls of the system, answers, megabytes, portals under way at most. The proxy
that plays the web stands in the environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import aiohttp
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from archive.captures import Captures
from archive.clock import now
from archive.exchange import Exchange, Place
from archive.ledger import Ledger
from archive.originals import Originals, Stored
from archive.store import Archive
from bench.crawlweb import ASKED, host
from crawler.portals import Portal
from crawler.run import CrawlOptions, crawl
from crawler.spiders.reports import ReportsSpider

# With more portals than this only the last year is taken: what counts then is how many are under way at once.
FULL, FEW_SINCE = 50, 2024
# User's and system's.
Times = tuple[float, float]


def _times() -> Times:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime, used.ru_stime


@dataclass
class Crowd:
    """How many portals are under way, and were at most; the processor's times before the crawl began."""

    now: int = 0
    most: int = 0
    before: Times = field(default_factory=_times)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the portals of the crawls within."""
        crawl_one = ReportsSpider._crawl

        async def counted(spider: ReportsSpider, portal: Portal) -> None:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                await crawl_one(spider, portal)
            finally:
                self.now -= 1

        with patch.object(ReportsSpider, "_crawl", counted):
            yield


CROWD = Crowd()


def ours(portals: int, folder: Path) -> int:
    """The crawl, into an archive in `folder`."""
    with Archive.open(folder / "data") as archive:
        _crawl(archive, portals)
        rows = archive.db.execute("SELECT url FROM fetches WHERE status IS NOT NULL ORDER BY portal, id").fetchall()
    (folder / ASKED).write_text("\n".join(url for (url,) in rows), "utf-8")
    return len(rows)


def keeping_none(portals: int, folder: Path) -> int:
    """The crawl without what keeps its pages: no WARC file, no originals, no rows of fetches."""
    answered: list[str | None] = []

    def written(_: Captures, exchange: Exchange) -> Place:
        answered.append(exchange.url)
        return Place("", 0, now())

    with (
        Archive.open(folder / "none") as archive,
        patch.object(Captures, "write", written),
        patch.object(Captures, "tell", lambda *_: None),
        patch.object(Originals, "put", lambda *_: Stored("0" * 64, is_new=True)),
        patch.object(Ledger, "record", lambda *_: "new"),
    ):
        _crawl(archive, portals)
    return len(answered)


def _crawl(archive: Archive, portals: int) -> None:
    wanted = [Portal(f"p{number}", None, f"里湖{number}区", f"http://{host(number)}/") for number in range(portals)]
    CROWD.before = _times()
    with CROWD.counted():
        crawl(archive, wanted, CrawlOptions(delay=0.0, since=FEW_SINCE if portals > FULL else None))


def bare_scrapy(portals: int, folder: Path) -> int:
    """Scrapy with its own settings, fetching the same pages and doing nothing with them."""
    urls = (folder / ASKED).read_text("utf-8").splitlines()
    fetched: list[int] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Any]:
            for url in urls:
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response: Any) -> None:
            fetched.append(len(response.body))

    process = AsyncCrawlerProcess(
        {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "HTTPERROR_ALLOW_ALL": True, "DOWNLOAD_DELAY": 0}
    )
    process.crawl(Bare)
    process.start()
    return len(fetched)


def raw_aiohttp(portals: int, folder: Path) -> int:
    """A loop over aiohttp, one request at a time per host, keeping nothing."""
    urls = (folder / ASKED).read_text("utf-8").splitlines()
    by_host = [list(group) for _, group in groupby(sorted(urls, key=_host), key=_host)]

    async def one(session: aiohttp.ClientSession, group: list[str]) -> int:
        for url in group:
            async with session.get(url, proxy=os.environ["http_proxy"]) as response:
                await response.read()
        return len(group)

    async def fetch_all() -> int:
        async with aiohttp.ClientSession() as session:
            return sum(await asyncio.gather(*(one(session, group) for group in by_host)))

    return asyncio.run(fetch_all())


def _host(url: str) -> str:
    return urlsplit(url).netloc


SIDES: dict[str, Callable[[int, Path], int]] = {
    "ours": ours,
    "keeping none": keeping_none,
    "scrapy": bare_scrapy,
    "aiohttp": raw_aiohttp,
}


def main(side: str, portals: str, folder: str) -> None:
    """Run one side and tell what it took. What a crawl does once is not counted: to import, to open an archive."""
    CROWD.before = _times()
    pages = SIDES[side](int(portals), Path(folder))
    user, system = (now - before for now, before in zip(_times(), CROWD.before, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": user + system, "system": system, "pages": pages, "peak": peak, "at_once": CROWD.most}))


if __name__ == "__main__":
    main(*sys.argv[1:])
