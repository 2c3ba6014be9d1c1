"""Crawls played without a web: what each address answered, written as a crawl writes it, with made-up readings."""

from __future__ import annotations

from typing import Any

from archive.keys import Keys
from archive.ledger import CrawlEnd, CrawlOutcome, Fetch, Outcome, PortalStatus, Role
from archive.load import Loader
from archive.reading import keep_reading, settle_all
from archive.regions import Regions
from archive.store import Archive

STATUSES: dict[CrawlOutcome, PortalStatus] = {"done": "ok", "blocked": "blocked", "failed": "broken"}


class Web:
    """A portal whose addresses carry files, and what a made-up program reads in each."""

    def __init__(self, archive: Archive, portal: str = "hongqi") -> None:
        self.archive, self.portal = archive, portal
        self.readings: dict[str, dict[str, Any]] = {}
        self.program = "program 1"

    def crawl(
        self,
        carried: dict[str, tuple[bytes, Role, dict[str, Any]]],
        answers: dict[str, Outcome] | None = None,
        outcome: CrawlOutcome = "done",
    ) -> int:
        """One crawl: documents that addresses carried, in this order, and addresses that answered something else."""
        ledger = self.archive.ledger
        crawl = ledger.begin_crawl(self.portal)
        for url, (data, role, parsed) in carried.items():
            stored = self.archive.originals.put(data)
            fetch = Fetch(self.portal, url, "report", "test", status=200, sha256=stored.sha256, role=role)
            ledger.record(crawl, fetch, data)
            self.readings[stored.sha256] = parsed
        for url, answer in (answers or {}).items():
            ledger.record(crawl, Fetch(self.portal, url, "report", "test", answer, status=404))
        ledger.finish_crawl(crawl, CrawlEnd(outcome, STATUSES[outcome]))
        self.read()
        return crawl

    def read(self) -> None:
        """Read what is new to this program, as `read_originals` does."""
        db = self.archive.db
        loader = Loader(db, Keys(self.archive.folder / "keys.csv"), Regions.of(db), self.program)
        known = {
            row[0] for row in db.execute("SELECT original FROM readings WHERE parser_version = ?", (self.program,))
        }
        for sha256, parsed in self.readings.items():
            if sha256 not in known:
                with db:
                    keep_reading(db, sha256, parsed, self.program)
                    loader.load(sha256, parsed)
        settle_all(loader)

    def told(self, cause: str = "source") -> list[tuple[Any, ...]]:
        """(what, old, new) of all revisions with this cause, in their order."""
        sql = "SELECT what, old, new FROM revisions WHERE cause = ? ORDER BY rowid"
        return [tuple(row) for row in self.archive.db.execute(sql, (cause,))]
