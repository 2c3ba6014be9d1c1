"""The crawl of one portal: from its home page to the annual-report column, and to each report in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from archive.clock import now
from crawler import obstacles
from crawler.book import Book, row
from crawler.breaker import Breaker
from crawler.budgets import ALL, GOVERNMENT
from crawler.column import Column
from crawler.directory import Directory
from crawler.doubts import Doubts
from crawler.fetcher import Body, Fetcher, NoBody, PortalStoppedError, Trouble, Web
from crawler.files import is_kept_file, is_page
from crawler.frontier import DOCUMENTS, Frontier, Task
from crawler.harvest import Page, harvest, named_by
from crawler.knownlists import KnownLists
from crawler.leads import Leads
from crawler.levels import neighbours
from crawler.linklog import LinkLog
from crawler.links import BARE_YEAR, Judged
from crawler.listings.generic import is_pager
from crawler.pages import Reader, is_data
from crawler.politeness import Sites
from crawler.portals import Portal
from crawler.returning import Returning
from crawler.scope import Scope
from crawler.titles import report_title, veto
from crawler.urls import canonical, host_of, other_scheme
from crawler.wanted import Wanted

__all__ = ["Discovery", "Signs", "Wanted"]

LAST_SCORE = 1


@dataclass(frozen=True)
class Signs:
    """What the body of a page says about being a report: the verdict and its evidence."""

    is_report: bool
    evidence: str


@dataclass
class Discovery:
    """One portal under way.

    `reports` holds a key per report found, `new` counts files never seen at their address, `stopped` is what ended
    the crawl early, `hindered` what kept it from a page, and `whole` says that the portal was read through from its
    home page, not only its known lists looked at.
    """

    portal: Portal
    crawl_id: int
    web: Web
    book: Book
    sites: Sites
    scope: Scope
    signs_of: Callable[[str], Signs]
    wanted: Wanted = field(default_factory=Wanted)
    breaker: Breaker = field(default_factory=Breaker)
    reports: set[str] = field(default_factory=set)
    new: int = 0
    stopped: PortalStoppedError | None = None
    hindered: Trouble | None = None
    whole: bool = True
    returning: Returning = field(default_factory=Returning)
    _opened: set[str | None] = field(default_factory=set)

    def __post_init__(self) -> None:
        portal, home_host = self.portal.portal, host_of(self.portal.home)
        self.links = LinkLog(self.book.links)
        budget = GOVERNMENT if self.wanted.government_only else ALL
        self.frontier = Frontier(budget, lambda url, why: self.links.became(url, "budget", f"budget: {why}"))
        self.fetcher = Fetcher(portal, home_host, self.web, self.book, self.sites, self.frontier.spend)
        self.doubts = Doubts(self.crawl_id, self.fetcher, self.frontier, self._missing)
        self.reader = Reader(self.fetcher)
        self.directory = Directory(self.fetcher, self.frontier, self.book)
        self.leads = Leads(self.fetcher, self.frontier, self.book, self.scope, self.wanted, self.directory, self.links)
        self.leads.returning = self.returning
        self.known_lists = KnownLists(
            self.fetcher, self.reader, self.leads, self.book, self.returning, self.portal.home
        )

    @property
    def columns(self) -> int:
        """How many lists led to reports."""
        return self.leads.columns

    @property
    def cms(self) -> str | None:
        """The family that pages them."""
        return self.leads.cms

    async def run(self) -> None:
        """Crawl the portal to its end; how it ended is in the attributes."""
        try:
            self.whole = self.breaker.forbids(self.portal) is not None or not await self.known_lists.look()
            if self.whole:
                async with self.breaker.turn(self.portal):
                    await self._begin()
            else:
                self.reports |= self.returning.reports
            while (task := self.frontier.pop()) is not None:
                if self._is_seen_enough(task):
                    continue
                try:
                    await self._visit(task)
                finally:
                    self.links.became(task.url, "followed")
        except PortalStoppedError as stop:
            self.stopped = stop
            if stop.trouble == "blocked" and self.breaker.forbids(self.portal) is None:
                self.breaker.trip(self.portal, obstacles.blocked_until(now()))
        finally:
            settled = map(self.returning.report_at, self.leads.settled)
            self.reports |= {key for key in settled if key is not None}
            self.links.close()

    async def _begin(self) -> None:
        """The home page, unless the platform's breaker is out; a challenge there counts against the platform."""
        if reason := self.breaker.forbids(self.portal):
            self.book.problem("platform_blocked", f"not asked: {reason}", self.portal.home)
            raise PortalStoppedError("blocked", reason)
        try:
            await self._visit_home()
        except PortalStoppedError as stop:
            if stop.trouble == "blocked":
                self.breaker.trip(self.portal, obstacles.blocked_until(now()))
            raise

    def _is_seen_enough(self, task: Task) -> bool:
        """In a look around, a report beside one that was opened already is taken at its title's word."""
        if self.wanted.most_requests is None or task.purpose not in DOCUMENTS:
            return False
        if task.purpose == "report" and task.parent not in self._opened:
            self._opened.add(task.parent)
            return False
        self.links.became(task.url, "skipped", "to be asked in a crawl")
        return True

    async def look_again(self, reports: Iterable[tuple[str, ...]]) -> None:
        """Ask for the addresses of reports known from before that nothing led to this time: gone, or only unlisted.

        They are written into the ledger and count for nothing else: a list that broke must not look sound for them.
        """
        found, new = set(self.reports), self.new
        for addresses in reports:
            if any(self.frontier.knows(url) or canonical(url) in self.leads.settled for url in addresses):
                continue
            for url in filter(self.scope.allows, addresses):
                self.frontier.push(Task(url, "report", LAST_SCORE, "known from before; nothing led to it this time"))
        try:
            while (task := self.frontier.pop()) is not None:
                await self._visit(task)
        except PortalStoppedError as stop:
            self.stopped = stop
        self.reports, self.new = found, new

    async def _visit_home(self) -> None:
        """The home page; by the other scheme, once, when the registered one gives no answer."""
        home = Task(self.portal.home, "home", 0, "home page")
        self.frontier.mark(home.url)
        self.frontier.spend("home")
        got = await self.fetcher.fetch(home)
        if isinstance(got, NoBody) and got.trouble == "no_answer":
            self.frontier.spend("home")
            got = await self.fetcher.fetch(replace(home, url=other_scheme(home.url)))
        if isinstance(got, NoBody):
            raise PortalStoppedError(got.trouble, got.reason)
        body = await self.doubts.through_shells(got)
        if body is None or not is_page(body.kind):
            raise PortalStoppedError("error", "the home page is no page")
        if evidence := obstacles.script_stub(body.text):
            self.fetcher.record(body.task, body.answer, f"challenge: {evidence}", "blocked")
            self.book.problem("challenge", f"the home page is {evidence}, which is not run", body.url)
            raise PortalStoppedError("blocked", evidence)
        self.fetcher.home_host, self.doubts.home = host_of(body.url), body.url
        page = (await self.reader.read(body)).page
        self.leads.learn_menu(page)
        promising = self.leads.queue(page, body, None)
        self.fetcher.record(body.task, body.answer, f"home page; {len(promising)} promising links")

    async def _visit(self, task: Task) -> None:
        got = await self.fetcher.fetch(task)
        if isinstance(got, NoBody):
            self._opened.discard(task.parent)
            (self._missing if got.trouble == "gone" else _failed)(task)
            if got.trouble == "gone":
                self.reports.discard(canonical(task.url))
            if got.trouble in ("blocked", "robots"):
                self.hindered = got.trouble
            if got.trouble == "robots":
                self.links.became(task.url, "robots", got.reason)
        elif is_page(got.kind):
            await self._page(got)
        else:
            self._file(got)

    def _file(self, body: Body) -> None:
        """A body that is no page: kept where a document was expected."""
        if body.task.purpose in DOCUMENTS and is_kept_file(body.kind):
            self._keep(body, "attachment", body.task.reason)
            return
        reason = f"{body.kind}: neither a page nor a document, not kept"
        self.fetcher.record(body.task, body.answer, reason, "error")

    async def _page(self, first: Body) -> None:
        if first.task.purpose == "attachment":
            self.fetcher.record(first.task, first.answer, "a page came where a file was expected", "error")
            return
        if self.doubts.is_sent_home(first):
            return
        body = await self.doubts.through_shells(first)
        if body is None:
            return
        if not is_page(body.kind):
            self._file(body)
            return
        if not is_data(body.text):
            task = body.task
            page = harvest(body.text, body.url, report=task.purpose == "report")
            if veto(page.title) is None and (report_title(task.anchor or "") or report_title(page.title)):
                signs = self.signs_of(body.text)
                if signs.is_report:
                    await self._report(body, page, signs)
                    return
                if task.purpose == "report" and (count := self.leads.files(page, body)):
                    reason = f"a report's title, {signs.evidence}: {count} files followed"
                    self.fetcher.record(task, body.answer, reason)
                    return
        await self._list(body)

    async def _report(self, body: Body, page: Page, signs: Signs) -> None:
        """A page that is a report. Where a column's level led to it, it may name its neighbours too."""
        task, since = body.task, self.wanted.since
        title = report_title(page.title) or report_title(task.anchor or "")
        if since is not None and title is not None and title.year is not None and title.year < since:
            self.fetcher.record(task, body.answer, f"{task.reason}; a report before {since}, not wanted")
            return
        # A year's page that is the report itself is a document, and asked for again as seldom.
        kept = replace(body, task=replace(task, purpose="report")) if BARE_YEAR.match(task.anchor or "") else body
        self._keep(kept, "page", f"{task.reason}; {signs.evidence}")
        self.leads.files(page, body)
        if task.column is not None and task.purpose in ("column", "list"):
            seen = await self.reader.read(body)
            found, levels = seen.listing, neighbours(seen.listing.levels, page, task.anchor or "")
            # Where no family vouches for levels, a column that shows its newest report names the others beside it.
            shown = () if found.levels or BARE_YEAR.match(task.anchor or "") else seen.page.anchors
            self.leads.queue(replace(page, anchors=shown), body, task.column, levels)
            self.leads.led(task.column, body)
            self.leads.pages(task.column, body, replace(found, pages=()))

    async def _list(self, body: Body) -> None:
        """A page that leads on: a hub, a column, a page of a list, what stands behind a report's title."""
        task, column = body.task, body.task.column
        seen = await self.reader.read(body)
        page, found = seen.page, seen.listing
        if task.purpose == "column" and column is not None:
            column.url = body.url
        if task.purpose == "report":
            column = Column(body.url)
            page = named_by(page, task.anchor or page.title)
        if column is not None:
            entries = [anchor.url for anchor in page.anchors if not is_pager(anchor)] + [*page.frames]
            may_be_short = found.is_data or bool(page.frames) or any(report_title(a.label) for a in page.anchors)
            if end := column.read(body.answer.body, entries, may_be_short):
                self.fetcher.record(task, body.answer, f"{task.reason}; the list ends: {end}")
                return
            if found.is_last:
                column.end()
        promising = self.leads.queue(page, body, column, found.levels)
        if column is None and task.unit is not None and _is_column(promising):
            column = Column(body.url)
            self.leads.led(column, body)
        # Menus are on every page, an error page too: only what a list alone has speaks against its being one.
        leads = any(lead.kind in ("report", "list") for lead in promising)
        leads = leads or (column is not None and self.leads.frames(page, body, column) > 0)
        leads = (task.units and self.directory.read(page, body) > 0) or leads
        is_plain = not (leads or found.is_data or found.pages or task.purpose == "hub")
        if is_plain and await self.doubts.is_soft_404(body):
            return
        # A year's page may be the report itself, with the other years beside it.
        is_year = BARE_YEAR.match(task.anchor or "") and not any(lead.kind == "report" for lead in promising)
        may_be_report = column is not None and task.purpose != "report" and not found.is_data
        if may_be_report and (is_plain or is_year) and self._keep_untitled(body, page):
            return
        self.fetcher.record(task, body.answer, f"{task.reason}; {len(promising)} promising links")
        if task.purpose == "report":
            # What stands beside it may be no report either.
            self._opened.discard(task.parent)
        if task.purpose == "report" and not leads:
            label = task.anchor or page.title
            self.book.problem("title_without_report", f"a report's title, but no report: {label}", body.url)
        if column is not None:
            self.leads.pages(column, body, found)

    def _keep_untitled(self, body: Body, page: Page) -> bool:
        """Keep a page of a column that lists nothing and whose text is a report's, whatever it is called."""
        if veto(page.title) is not None or not (signs := self.signs_of(body.text)).is_report:
            return False
        self._keep(body, "page", f"{body.task.reason}; no report's title, {signs.evidence}")
        self.leads.files(page, body)
        label = page.title or body.task.anchor
        self.book.problem("report_without_title", f"a report's text under another title: {label}", body.url)
        return True

    def _keep(self, body: Body, role: Literal["page", "attachment"], reason: str) -> None:
        """Keep a body as an original; a page and its attachments are one report."""
        fetch = row(self.portal.portal, body.task, body.answer, reason)
        outcome = self.book.keep(replace(fetch, media_type=body.kind), role, body.answer.body)
        self.new += outcome == "new"
        attached_to = body.task.parent if body.task.purpose == "attachment" else None
        self.reports.add(canonical(attached_to or body.url))

    def _missing(self, task: Task) -> None:
        """What a task asked for is not there: what to ask instead is queued, else it counts against its list."""
        if not self.leads.instead(task):
            _failed(task)


def _is_column(promising: list[Judged]) -> bool:
    """Whether a unit's page is its report column itself: reports on it, and no column that it leads to."""
    kinds = {found.kind for found in promising}
    return "report" in kinds and "column" not in kinds


def _failed(task: Task) -> None:
    if task.column is not None:
        task.column.fail()
