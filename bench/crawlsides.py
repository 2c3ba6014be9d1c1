"""The sides of the crawl's claims, each run in a process of its own, because Scrapy's reactor runs but once.

`python -m bench.crawlsides SIDE PORTALS FOLDER`: prints {"cpu", "pages", "peak"} of its work: processor seconds,
answers, megabytes. The proxy that plays the web stands in the environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Callable
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from archive.store import Archive
from bench.crawlweb import host
from crawler.portals import Portal
from crawler.run import CrawlOptions, crawl

# With more portals than this only the last years are taken: what counts then is how many are under way at once.
FULL, FEW_SINCE = 50, 2023
# What the crawl asked for, one address a line, for the other sides to ask for too.
ASKED = "asked.txt"


def ours(portals: int, folder: Path) -> int:
    """The crawl, into an archive in `folder`."""
    wanted = [Portal(f"p{number}", None, f"里湖{number}区", f"http://{host(number)}/") for number in range(portals)]
    with Archive.open(folder / "data") as archive:
        crawl(archive, wanted, CrawlOptions(delay=0.0, since=FEW_SINCE if portals > FULL else None))
        rows = archive.db.execute("SELECT url FROM fetches WHERE status IS NOT NULL ORDER BY portal, id").fetchall()
    (folder / ASKED).write_text("\n".join(url for (url,) in rows), "utf-8")
    return len(rows)


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


SIDES: dict[str, Callable[[int, Path], int]] = {"ours": ours, "scrapy": bare_scrapy, "aiohttp": raw_aiohttp}


def main(side: str, portals: str, folder: str) -> None:
    """Run one side and tell what it took; what it takes to import is not counted."""
    started = time.process_time()
    pages = SIDES[side](int(portals), Path(folder))
    cpu = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "pages": pages, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
