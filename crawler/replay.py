"""Resume is replay: a crawl that was killed is answered from its own captures (design.md, decision 2).

A downloader middleware, so that what is replayed waits for no turn at its site. Only conclusive answers are replayed;
a timeout, a 429 or a 5xx is asked again.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.captures import Captures
from archive.clock import days_since
from archive.exchange import Capture
from archive.media import media_type
from archive.warc import DamagedWarcError, digest
from crawler import obstacles
from crawler.downloader import PLACE, VERDICT
from crawler.files import is_page
from parsers.formats.encoding import decode

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.reports import ReportsSpider

ROBOTS_DAYS = 1.0
CHALLENGE_BYTES = 200_000
Key = tuple[str, str, str | None]


class Tape:
    """What one unfinished crawl captured before this run, each answer to be given once and in its order."""

    def __init__(self, captures: Captures, crawl_id: int) -> None:
        self._captures = captures
        self._left: defaultdict[Key, deque[sqlite3.Row]] = defaultdict(deque)
        for row in captures.of_crawl(crawl_id):
            self._left[row["method"], row["url"], row["body_digest"]].append(row)

    def answer(self, method: str, url: str, body: bytes = b"", robots: bool = False) -> Capture | None:
        """The next conclusive answer to this request, None when it is to be asked for; robots.txt holds for a day."""
        left = self._left.get((method, url, digest(body) if body else None))
        while left:
            row = left.popleft()
            if robots and days_since(row["captured_at"]) > ROBOTS_DAYS:
                continue
            try:
                capture = self._captures.read(row["warc"], row["warc_offset"])
            except (DamagedWarcError, OSError, KeyError):
                # Lost from our disk, which `nianbao verify` tells: asked for again.
                continue
            if is_conclusive(row["status"], capture):
                return capture
        return None


def is_conclusive(status: int, capture: Capture) -> bool:
    """Whether an answer needs no second asking: 2xx, 3xx, 404, 410, a challenge."""
    if 200 <= status < 400 or status in (404, 410) or status in obstacles.CHALLENGE_STATUS:
        return True
    if status == 429 or status >= 500:
        return False
    head = capture.data[:CHALLENGE_BYTES]
    text = decode(head)[0] if is_page(media_type(head)) else ""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in capture.record.headers}
    return obstacles.challenge(status, headers, text) is not None


class Replay:
    """The downloader middleware."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Replay:
        """Scrapy's way of making a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Answer from the tape of the portal's crawl, or let the request pass."""
        tape = cast("ReportsSpider", self._crawler.spider).tapes[request.meta["portal"]]
        capture = tape.answer(request.method, request.url, request.body, bool(request.meta.get("robots")))
        if capture is None:
            return None
        request.meta[PLACE], request.meta[VERDICT] = capture.place, capture.tls
        headers = Headers()
        for name, value in capture.record.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=capture.body)
        return kind(request.url, status=capture.record.status, headers=headers, body=capture.body)
