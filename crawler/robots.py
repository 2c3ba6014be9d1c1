"""Our own robots policy over protego, as a downloader middleware (design.md, decision 3).

Scrapy's middleware is not used: it lets requests pass while robots.txt is still being fetched, reads an error
page as rules, allows everything when robots.txt cannot be had. Here a lock per scheme and host holds each
request until the answer is in, and only an answer that says so allows.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from archive.clock import now
from archive.ledger import Fetch, Outcome
from crawler import obstacles
from crawler.politeness import registrable_domain
from crawler.scope import OffSiteError, RequestsSpentError
from crawler.urls import host_of, resolve
from parsers.formats.encoding import decode

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.reports import ReportsSpider
    from crawler.web import Answer

TOKEN = "nianbao"  # noqa: S105 (the name robots.txt may call us by, not a secret)
LONGEST_CRAWL_DELAY = 60.0
VALID_SECONDS = 24 * 3600.0
TRIES = 3
HOPS = 5
LONGEST_ROBOTS = 500 * 1024

# What kept the question itself from being sent.
NOT_SENT: dict[str, type[IgnoreRequest]] = {"off_site": OffSiteError, "spent": RequestsSpentError}

# `no_answer` holds for failing servers too.
Why = Literal["disallowed", "refused", "challenge", "no_answer", "too_slow"]


class RobotsRefusalError(IgnoreRequest):
    """A request that robots.txt, or its absence, forbids; it was not sent."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True)
class Rules:
    """What one host's robots.txt says: `refusal` forbids the whole host, `parser` None allows it."""

    reason: str
    parser: Protego | None = None
    refusal: Why | None = None
    crawl_delay: float = 0.0

    def refuses(self, url: str) -> RobotsRefusalError | None:
        """Why this URL may not be asked for; None when it may."""
        if self.refusal is not None:
            return RobotsRefusalError(self.refusal, self.reason)
        if self.parser is not None and not self.parser.can_fetch(url, TOKEN):
            return RobotsRefusalError("disallowed", "robots.txt disallows this address")
        return None


def rules_of(answer: Answer) -> Rules:
    """What an answer to robots.txt means. Pure; redirects were followed before."""
    if answer.status is None:
        return Rules(f"robots.txt gave no answer ({answer.reason}): not crawled", refusal="no_answer")
    text, _ = decode(answer.body[:LONGEST_ROBOTS])
    if evidence := obstacles.challenge(answer.status, answer.headers, text):
        return Rules(f"robots.txt is behind a challenge ({evidence}): not crawled", refusal="challenge")
    if answer.status in (404, 410):
        return Rules(f"no robots.txt ({answer.status}): allowed")
    if answer.status >= 500:
        # As RFC 9309 has it: a server that fails is unreachable, not without rules.
        return Rules(f"robots.txt answered {answer.status}: not crawled", refusal="no_answer")
    if not 200 <= answer.status < 300:
        return Rules(f"robots.txt answered {answer.status}: not crawled", refusal="refused")
    if _is_html(text):
        return Rules("robots.txt is a page, not rules: allowed")
    return _obey(Protego.parse(text))


def _obey(parser: Protego) -> Rules:
    delay = float(parser.crawl_delay(TOKEN) or 0.0)
    if rate := parser.request_rate(TOKEN):
        delay = max(delay, rate.seconds / max(rate.requests, 1))
    if delay > LONGEST_CRAWL_DELAY:
        beat = f"{delay:.0f} s between requests, more than {LONGEST_CRAWL_DELAY:.0f} s"
        return Rules(f"robots.txt asks for {beat}: not crawled", refusal="too_slow")
    return Rules("robots.txt obeyed", parser, crawl_delay=delay)


def _is_html(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:300].lower()
    return start.startswith("<") or "<html" in start or "<!doctype" in start


class RobotsPolicy:
    """The downloader middleware: no request passes before its host's robots.txt was read and allows it."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        self._crawler, self._clock = crawler, clock
        # Per portal too: a portal's crawl reads robots.txt for itself, so that it can be run again by itself.
        self._rules: dict[tuple[str, str, str], tuple[float, Rules]] = {}
        self._locks: defaultdict[tuple[str, str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsPolicy:
        """Scrapy's way of making a middleware."""
        return cls(crawler)

    @property
    def _spider(self) -> ReportsSpider:
        return cast("ReportsSpider", self._crawler.spider)

    async def process_request(self, request: Request) -> None:
        """Hold a request until the rules are known. Raises RobotsRefusalError, OffSiteError, RequestsSpentError."""
        if request.meta.get("robots"):
            return
        self._spider.scope.check(request.url)
        parts = urlsplit(request.url)
        place = (request.meta["portal"], parts.scheme, parts.netloc.lower())
        async with self._locks[place]:
            known = self._rules.get(place)
            if known is None or self._clock() - known[0] > VALID_SECONDS:
                rules = await self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", request.meta["portal"])
                self._rules[place] = known = (self._clock(), rules)
                site = self._spider.sites.of(host_of(request.url))
                site.crawl_delay = max(site.crawl_delay, rules.crawl_delay)
                site.rest(rules.crawl_delay)
        if refusal := known[1].refuses(request.url):
            raise refusal

    async def _fetch(self, url: str, portal: str) -> Rules:
        """Ask for robots.txt: through redirects on its registrable domain, again after silence or a 5xx."""
        target, hops, tries = url, 0, 0
        while True:
            answer = await self._spider.ask_robots(target, portal)
            if answer.failure in NOT_SENT:
                raise NOT_SENT[answer.failure](answer.reason)
            location = resolve(target, answer.headers.get("location", ""))
            if answer.status in (301, 302, 303, 307, 308) and location is not None:
                hops += 1
                refusal = _redirect_refusal(url, location, hops)
                reason = refusal or f"robots.txt is at {location}"
                self._record(portal, url, target, answer, reason, "robots" if refusal else "redirect")
                if refusal:
                    return Rules(refusal, refusal="refused")
                target = location
                continue
            rules = rules_of(answer)
            self._record(portal, url, target, answer, rules.reason, _outcome(answer, rules))
            tries += 1
            if rules.refusal != "no_answer" or tries >= TRIES or not self._may_retry(target, answer, tries):
                return rules

    def _may_retry(self, url: str, answer: Answer, tries: int) -> bool:
        """Rest before asking again; False when the site asks for more patience than a crawl has."""
        sites = self._spider.sites
        if answer.status == 503:
            wait = obstacles.retry_after(answer.headers.get("retry-after"), datetime.fromisoformat(now()))
            return sites.of(host_of(url)).slow_down(wait)
        sites.of(host_of(url)).rest(sites.delay * 2**tries)
        return True

    def _record(self, portal: str, url: str, target: str, answer: Answer, reason: str, outcome: Outcome | None) -> None:
        self._spider.witness(
            portal,
            Fetch(
                portal=portal,
                url=target,
                purpose="robots",
                reason=reason,
                outcome=outcome,
                status=answer.status,
                parent_url=url if target != url else None,
                media_type=answer.headers.get("content-type"),
                bytes=len(answer.body),
                tls=answer.tls,
                **answer.witness,
            ),
        )


def _redirect_refusal(url: str, location: str, hops: int) -> str | None:
    if hops > HOPS:
        return f"robots.txt redirects more than {HOPS} times: not crawled"
    if registrable_domain(host_of(location)) != registrable_domain(host_of(url)):
        return f"robots.txt redirects to another site ({location}): not crawled"
    return None


def _outcome(answer: Answer, rules: Rules) -> Outcome | None:
    """The ledger's word for an answer to robots.txt; None for a body that came."""
    if rules.refusal == "no_answer":
        return "error"
    if rules.refusal == "challenge":
        return "blocked"
    if rules.refusal is not None:
        return "robots"
    return "gone" if answer.status in (404, 410) else None
