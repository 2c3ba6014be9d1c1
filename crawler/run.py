"""Run a crawl of some portals to its end, in this process: once, because Scrapy's reactor runs but once."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.clock import now
from archive.lastasked import read_last_asked, write_last_asked
from archive.ledger import PortalRow
from archive.limits import GARBAGE
from archive.store import Archive
from crawler.contact import ContactMissingError, DelayTooShortError, user_agent
from crawler.discovery import Wanted
from crawler.health import PortalResult
from crawler.hosts import listed_hosts
from crawler.options import CrawlOptions, check_options, contact_of
from crawler.portals import Portal
from crawler.spiders.reports import Job, ReportsSpider

__all__ = ["ContactMissingError", "CrawlOptions", "DelayTooShortError", "PortalResult", "crawl"]


def crawl(
    archive: Archive,
    portals: list[Portal],
    options: CrawlOptions,
    told: Callable[[PortalResult], None] = lambda _: None,
    folder: Path | None = None,
) -> list[PortalResult]:
    """Crawl these portals; one result each, in the order they ended. `told` hears of each as it ends.

    `folder` is where it stands when a site was last asked (default: the archive's). The run stays open: whoever is done
    with what it brought ends it with `archive.ledger.finish_run()`. One that was killed before that is continued by the
    same call.

    Raises ContactMissingError and DelayTooShortError before anything is asked, HostsFileError for a bad
    hosts.csv, and whatever kept the archive from being written.
    """
    check_options(options)
    listed = listed_hosts()
    archive.ledger.register([PortalRow(**vars(portal)) for portal in portals])
    archive.ledger.begin_run(_asked(portals, options))
    ended = _ended(archive)
    waiting = [*ended, *_waiting(archive, [portal for portal in portals if portal.portal not in _names(ended)])]
    for result in waiting:
        told(result)
    asked = [portal for portal in portals if portal.portal not in _names(waiting)]
    wanted = Wanted(options.scope, options.since, options.most_requests)
    folder = folder or archive.folder
    job = Job(archive, asked, wanted, options.delay, options.recheck, listed, told, read_last_asked(folder))
    if asked:
        with archive.together():
            _run(job, options)
        write_last_asked(folder, job.last_asked)
    if job.errors:
        raise job.errors[0]
    left = [
        PortalResult(portal.portal, "interrupted", None, 0, 0, 0, "not begun")
        for portal in asked
        if portal.portal not in _names(job.results)
    ]
    for result in left:
        told(result)
    return [*waiting, *job.results, *left]


def _run(job: Job, options: CrawlOptions) -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.set("USER_AGENT", user_agent(contact_of(options)))
    settings.set("DOWNLOAD_TIMEOUT", options.timeout)
    process = AsyncCrawlerProcess(settings)
    process.crawl(ReportsSpider, job=job)
    # Pages leave next to no garbage in circles: what is imported by now need not be looked through for it, nor often.
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    process.start()


def _asked(portals: list[Portal], options: CrawlOptions) -> str:
    """What is asked for, by which a run that was killed is known again."""
    wanted = {"scope": options.scope, "since": options.since, "recheck": options.recheck}
    return json.dumps({"portals": sorted(portal.portal for portal in portals), **wanted})


def _names(results: list[PortalResult]) -> set[str]:
    return {result.portal for result in results}


def _ended(archive: Archive) -> list[PortalResult]:
    """What was told of the portals that this run had ended before it was interrupted."""
    reason = "ended before the run was interrupted"
    return [
        PortalResult(portal, row["outcome"], row["status"], row["requests"], row["reports_found"], row["new"], reason)
        for portal, row in archive.ledger.ended_in_run().items()
    ]


def _waiting(archive: Archive, portals: list[Portal]) -> list[PortalResult]:
    """Portals that answered with a challenge less than seven days ago are left alone."""
    results = []
    for portal in portals:
        row = archive.db.execute(
            "SELECT blocked_until FROM portals WHERE portal = ? AND blocked_until > ?", (portal.portal, now())
        ).fetchone()
        if row is not None:
            reason = f"blocked, not asked again before {row[0][:10]}"
            results.append(PortalResult(portal.portal, "blocked", "blocked", 0, 0, 0, reason))
    return results
