"""The one spider: every portal a task of its own, many at a time, each asking one thing after the other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

import scrapy

from archive.captures import CaptureError
from archive.clock import now
from archive.ledger import Fetch
from archive.memory import Bodies, recall
from archive.sightings import known_addresses
from archive.space import is_of_the_disk, least_free
from archive.store import Archive
from crawler.book import LedgerBook
from crawler.breaker import Breaker
from crawler.discovery import Discovery, Signs, Wanted
from crawler.harvest import undressed
from crawler.health import Ending, Facts, PortalResult, ending
from crawler.politeness import Sites, registrable_domain
from crawler.portals import Portal
from crawler.replay import Tape
from crawler.returning import Recheck, Returning
from crawler.scope import RequestsSpentError, Scope
from crawler.tls import TlsVerdicts
from crawler.urls import host_of
from crawler.web import Answer, ScrapyWeb
from parsers import looks_like_report

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

PORTALS_AT_ONCE = 300
# What a crawl has written is seen by others after so many seconds at most.
SETTLED_EVERY = 0.5


@dataclass
class Job:
    """What one run of the spider is for, and what came of it: results, and errors that nothing could hold.

    `last_asked` has the time at which each site was last asked: before the run those of earlier ones, after it its own;
    `least_free` is how many bytes of the disk must stay free.
    """

    archive: Archive
    portals: list[Portal]
    wanted: Wanted
    delay: float
    recheck: Recheck
    listed_hosts: frozenset[str]
    told: Callable[[PortalResult], None]
    last_asked: dict[str, str] = field(default_factory=dict)
    least_free: int = field(default_factory=least_free)
    results: list[PortalResult] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)


class ReportsSpider(scrapy.Spider):
    """Goes from each home page to the annual-report column and through its lists to every report."""

    name = "reports"

    def __init__(self, job: Job, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.job = job
        self.scope = Scope(job.listed_hosts)
        platforms = {registrable_domain(host_of(p.home)): p.platform for p in job.portals if p.platform}
        self.sites = Sites(job.delay, platforms, asked_before=job.last_asked)
        self.sent = 0
        self.tls = TlsVerdicts()
        # Hosts whose answers aiohttp will not read (crawler/downloader.py).
        self.refused_by_aiohttp: set[str] = set()
        self.bodies = Bodies(job.archive.db, job.archive.originals, job.archive.captures)
        self.crawl_ids: dict[str, int] = {}
        self.tapes: dict[str, Tape] = {}
        self.breaker = Breaker.of(job.archive.db)
        self.under_way: dict[str, Discovery] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **options: Any) -> ReportsSpider:
        """Scrapy's way of making a spider."""
        return super().from_crawler(crawler, *arguments, **options)

    async def start(self) -> AsyncIterator[Any]:
        """Crawl all portals. Nothing is yielded: each portal asks the engine itself, in its own order."""
        gate = asyncio.Semaphore(PORTALS_AT_ONCE)
        tasks = [asyncio.ensure_future(self._in_turn(gate, portal)) for portal in self.job.portals]
        settling = asyncio.ensure_future(self._settle())
        try:
            ends = await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            settling.cancel()
        self.job.errors += [end for end in ends if isinstance(end, BaseException)]
        (settled,) = await asyncio.gather(settling, return_exceptions=True)
        self.job.errors += [settled] if isinstance(settled, Exception) else []
        for nothing in list[Any]():
            yield nothing

    async def _settle(self) -> None:
        """Let a crawl that waits for its turn leave nothing uncommitted meanwhile."""
        while True:
            await asyncio.sleep(SETTLED_EVERY)
            self.job.archive.db.settle()

    def closed(self, reason: str) -> None:
        """Scrapy's word that the spider ends. What is still under way was interrupted."""
        self.job.last_asked = self.sites.last_asked()
        for discovery in self.under_way.values():
            self._tell(discovery, "interrupted", None, "stopped before its end")

    async def _in_turn(self, gate: asyncio.Semaphore, portal: Portal) -> None:
        """Crawl a portal; a mistake of ours ends that portal alone, with the mistake as its reason."""
        async with gate:
            work = asyncio.ensure_future(self._crawl(portal))
            try:
                await asyncio.wait([work])
            finally:
                work.cancel()
            error = work.exception()
            if error is not None:
                self._broke(portal, error)

    async def _crawl(self, portal: Portal) -> None:
        crawl_id = self._begin(portal.portal)
        discovery = Discovery(
            portal=portal,
            crawl_id=crawl_id,
            web=ScrapyWeb(self, portal.portal),
            book=LedgerBook(self.job.archive, portal.portal, crawl_id),
            sites=self.sites,
            scope=self.scope,
            signs_of=signs_of,
            wanted=self.job.wanted,
            returning=self._returning(portal.portal, crawl_id),
            breaker=self.breaker,
        )
        self.under_way[portal.portal] = discovery
        await discovery.run()
        end = ending(self._facts(discovery), now())
        # Only a whole and successful crawl may miss a report.
        if end.end.outcome == "done" and discovery.wanted == Wanted() and discovery.whole:
            await discovery.look_again(known_addresses(self.job.archive.db, portal.portal))
            end = ending(self._facts(discovery), now())
        self._end(discovery, end)

    def _begin(self, portal: str) -> int:
        """The id of the portal's crawl: a new one, or that of the last one if it was interrupted, with its captures."""
        archive = self.job.archive
        crawl_id = archive.ledger.resume_crawl(portal) or archive.ledger.begin_crawl(portal)
        self.crawl_ids[portal], self.tapes[portal] = crawl_id, Tape(archive.captures, crawl_id)
        return crawl_id

    def _returning(self, portal: str, crawl_id: int) -> Returning:
        ledger = self.job.archive.ledger
        memory = recall(self.job.archive.db, portal, crawl_id, self.job.wanted.scope)
        return Returning(memory, ledger.started(crawl_id), self.job.recheck)

    def _broke(self, portal: Portal, error: BaseException) -> None:
        """End a portal that a mistake of ours broke. Raises the mistake when even that cannot be written."""
        discovery = self.under_way.get(portal.portal)
        # What the disk does not take is no portal's fault: the crawl stays open, and is taken up where it stopped.
        if discovery is None or isinstance(error, (CaptureError, sqlite3.OperationalError)) or is_of_the_disk(error):
            raise error
        last = extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        reason = f"the crawl broke at {place} ({type(error).__name__}: {error}); please report it"
        self.job.archive.ledger.problem("crawl_broke", reason, portal.portal)
        facts = replace(self._facts(discovery), stopped="error", reason=reason)
        self._end(discovery, ending(facts, now()))

    def _end(self, discovery: Discovery, end: Ending) -> None:
        portal, ledger = discovery.portal.portal, self.job.archive.ledger
        if end.end.status == "broken":
            ledger.problem("expectation_broken", end.reason, portal)
        for cut in discovery.frontier.told_cuts():
            ledger.problem("budget", cut.sentence, portal, cut.url or None)
        whole = discovery.wanted.scope if discovery.whole and discovery.wanted.since is None else None
        told = replace(end.end, reason=end.reason, reports=len(discovery.reports), whole=whole)
        ledger.finish_crawl(discovery.crawl_id, told)
        del self.under_way[portal]
        self._tell(discovery, end.end.outcome, end.end.status, end.reason)

    def _tell(self, discovery: Discovery, outcome: str, status: str | None, reason: str) -> None:
        (requests,) = self.job.archive.db.execute(
            "SELECT count(*) FROM fetches WHERE crawl_id = ? AND status IS NOT NULL", (discovery.crawl_id,)
        ).fetchone()
        found = len(discovery.reports)
        name = discovery.portal.portal
        cuts = Counter[str]()
        for cut in discovery.frontier.told_cuts():
            cuts[cut.budget] += cut.links
        result = PortalResult(name, outcome, status, requests, found, discovery.new, reason, dict(cuts))
        self.job.results.append(result)
        self.job.told(result)

    def _facts(self, discovery: Discovery) -> Facts:
        had = self.job.archive.db.execute(
            "SELECT 1 FROM crawls WHERE portal = ? AND id <> ? AND reports_found > 0",
            (discovery.portal.portal, discovery.crawl_id),
        ).fetchone()
        stopped, wanted = discovery.stopped, discovery.wanted
        return Facts(
            reports=len(discovery.reports),
            columns=discovery.columns,
            stopped=None if stopped is None else stopped.trouble,
            reason="" if stopped is None else str(stopped),
            # What a whole crawl should find says nothing of one that was told to look for less.
            had_reports=had is not None and wanted.since is None,
            expect_min=discovery.portal.expect_min if wanted == Wanted() else None,
            cms=discovery.cms,
            hindered=discovery.hindered,
            narrowed=wanted.since is not None,
            lists=discovery.frontier.asked["column"] + discovery.frontier.asked["list"] - discovery.known_lists.asked,
            known_before=len(discovery.returning.reports) if discovery.whole else 0,
            met_again=len(discovery.reports & discovery.returning.reports),
            whole=discovery.whole,
        )

    def send_one(self) -> None:
        """Count a request that is about to be sent. Raises RequestsSpentError when no more may be."""
        most = self.job.wanted.most_requests
        if most is not None and self.sent >= most:
            raise RequestsSpentError(f"{most} requests were sent, which is all that a look around may take")
        self.sent += 1

    async def ask_robots(self, url: str, portal: str) -> Answer:
        """Ask for a robots.txt, past the policy that waits for it (crawler/robots.py)."""
        return await ScrapyWeb(self, portal).get(url, robots=True)

    def witness(self, portal: str, fetch: Fetch) -> None:
        """Write a fetch of robots.txt into the crawl of the portal that needed it."""
        discovery = self.under_way[portal]
        discovery.frontier.spend("robots")
        discovery.book.write(fetch)


def signs_of(text: str) -> Signs:
    """The parsers' verdict on a page, as the crawl uses it."""
    verdict = looks_like_report(undressed(text))
    found = "signs: " + ", ".join(verdict.signs) if verdict.signs else "no signs of a report"
    return Signs(verdict.is_report, found)
