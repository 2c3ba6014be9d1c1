"""The crawl of one portal: from its home page to the annual-report column, and to each report in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from crawler.book import Book, row
from crawler.column import Column
from crawler.doubts import Doubts
from crawler.fetcher import Body, Fetcher, NoBody, PortalStoppedError, Trouble, Web
from crawler.files import file_links, is_kept_file, is_page
from crawler.frontier import ALL, DOCUMENTS, GOVERNMENT, Frontier, Purpose, Task
from crawler.harvest import Anchor, Page, harvest
from crawler.linklog import LinkLog
from crawler.links import Judged, Place, is_unit_directory, judge
from crawler.listings import listing
from crawler.politeness import Sites
from crawler.portals import Portal
from crawler.scope import Scope
from crawler.skeleton import skeleton
from crawler.titles import report_title, veto
from crawler.urls import canonical, host_of, other_scheme
from crawler.weights import Kind

PAGE_SCORE = 90
ATTACHMENT_SCORE = 200
LAST_SCORE = 1

PURPOSES: dict[Kind, Purpose] = {"report": "report", "column": "column", "list": "list", "hub": "hub"}


@dataclass(frozen=True)
class Signs:
    """What the body of a page says about being a report: the verdict and its evidence."""

    is_report: bool
    evidence: str


@dataclass(frozen=True)
class Wanted:
    """What a crawl is after: the government's own column or all units, and from which year on.

    `most_requests` makes it a look around: no more is sent, and of a list's reports only the first is opened.
    """

    scope: Literal["government", "all"] = "all"
    since: int | None = None
    most_requests: int | None = None


@dataclass
class Discovery:
    """One portal under way.

    `reports` holds a key per report found, `new` counts files never seen at their address, `columns` counts
    lists that led to reports, `cms` is the family that pages them, `stopped` what ended the crawl early, and
    `hindered` what kept it from a page.
    """

    portal: Portal
    crawl_id: int
    web: Web
    book: Book
    sites: Sites
    scope: Scope
    signs_of: Callable[[str], Signs]
    wanted: Wanted = Wanted()
    reports: set[str] = field(default_factory=set)
    new: int = 0
    columns: int = 0
    cms: str | None = None
    stopped: PortalStoppedError | None = None
    hindered: Trouble | None = None
    _opened: set[str | None] = field(default_factory=set)

    def __post_init__(self) -> None:
        portal, home_host = self.portal.portal, host_of(self.portal.home)
        self.links = LinkLog(self.book.links)
        budget = GOVERNMENT if self.wanted.scope == "government" else ALL
        self.frontier = Frontier(budget, lambda url, why: self.links.became(url, "budget", f"budget: {why}"))
        self.fetcher = Fetcher(portal, home_host, self.web, self.book, self.sites, self.frontier.spend)
        self.doubts = Doubts(self.crawl_id, self.fetcher, self.frontier, _count_error)

    async def run(self) -> None:
        """Crawl the portal to its end; how it ended is in the attributes."""
        try:
            await self._visit_home()
            while (task := self.frontier.pop()) is not None:
                if self._is_seen_enough(task):
                    continue
                try:
                    await self._visit(task)
                finally:
                    self.links.became(task.url, "followed")
        except PortalStoppedError as stop:
            self.stopped = stop
        finally:
            self.links.close()

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
            if any(self.frontier.knows(url) for url in addresses):
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
        self.fetcher.home_host = host_of(body.url)
        promising = self._queue(harvest(body.text, body.url), body, None)
        self.fetcher.record(body.task, body.answer, f"home page; {len(promising)} promising links")

    async def _visit(self, task: Task) -> None:
        got = await self.fetcher.fetch(task)
        if isinstance(got, NoBody):
            _count_error(task)
            if got.trouble in ("blocked", "robots"):
                self.hindered = got.trouble
            if got.trouble == "robots":
                self.links.became(task.url, "robots", got.reason)
        elif is_page(got.kind):
            await self._page(got)
        elif task.purpose in DOCUMENTS and is_kept_file(got.kind):
            self._keep(got, "attachment", task.reason)
        else:
            self.fetcher.record(task, got.answer, f"{got.kind}: neither a page nor a document, not kept", "error")

    async def _page(self, first: Body) -> None:
        if first.task.purpose == "attachment":
            self.fetcher.record(first.task, first.answer, "a page came where a file was expected", "error")
            return
        if self.doubts.is_sent_home(first):
            return
        body = await self.doubts.through_shells(first)
        if body is None:
            return
        page, task = harvest(body.text, body.url), body.task
        if veto(page.title) is None and (report_title(task.anchor or "") or report_title(page.title)):
            signs = self.signs_of(body.text)
            if signs.is_report:
                self._keep(body, "page", f"{task.reason}; {signs.evidence}")
                self._queue_files(body, page)
                return
            if task.purpose == "report" and (count := self._queue_files(body, page)):
                reason = f"a report's title, {signs.evidence}: {count} files followed"
                self.fetcher.record(task, body.answer, reason)
                return
        await self._list(body, page)

    async def _list(self, body: Body, page: Page) -> None:
        """A page that leads on: a hub, a column, a page of a list, what stands behind a report's title."""
        task, column = body.task, body.task.column
        if task.purpose == "column" and column is not None:
            column.url = body.url
        if task.purpose == "report":
            column = Column(body.url)
        if column is not None and (end := column.read(body.answer.body, [anchor.url for anchor in page.anchors])):
            self.fetcher.record(task, body.answer, f"{task.reason}; the list ends: {end}")
            return
        promising = self._queue(page, body, column)
        # Menus are on every page, an error page too: only what a list alone has speaks against its being one.
        leads = {"report", "list"} & {found.kind for found in promising}
        if not leads and task.purpose != "hub" and await self.doubts.is_soft_404(body):
            return
        self.fetcher.record(task, body.answer, f"{task.reason}; {len(promising)} promising links")
        if task.purpose == "report" and not leads:
            label = task.anchor or page.title
            self.book.problem("title_without_report", f"a report's title, but no report: {label}", body.url)
        if column is not None:
            self._queue_pages(column, body)

    def _queue(self, page: Page, body: Body, column: Column | None) -> list[Judged]:
        """Queue the links that promise something; gives them, asked for already or not."""
        place = Place(
            depth=body.task.depth,
            home_site=self.sites.key(self.fetcher.home_host),
            heading=page.heading,
            column=None if column is None else column.prefix,
            government_only=self.wanted.scope == "government",
        )
        kept, promising = list[Judged](), list[Judged]()
        for anchor in page.anchors:
            found = judge(anchor, place, self.sites.key(host_of(anchor.url)))
            if found.kind == "skip":
                self.links.passed_over(found, place, body.url)
                continue
            kept.append(found)
            if self._is_too_old(found):
                self.links.left(found, place, body.url, "skipped", f"before {self.wanted.since}")
                continue
            promising.append(found)
            if self._may_ask(found.anchor):
                self.links.queued(found, place, body.url, fresh=self._push(found, body))
            else:
                self.links.left(found, place, body.url, "off_site", "")
        if column is not None and column.pages <= 1 and any(found.kind == "report" for found in kept):
            self.frontier.column_found = True
            self.columns += 1
            self.book.list_read(body.url, skeleton(body.text))
        return promising

    def _may_ask(self, anchor: Anchor) -> bool:
        """Whether a link stays in scope; one that promised something and does not is told to a person."""
        if self.scope.allows(anchor.url):
            return True
        self.book.problem("off_site", f"not asked, its host is not under .gov.cn: {anchor.label}", anchor.url)
        return False

    def _push(self, judged: Judged, body: Body) -> bool:
        column = Column(judged.anchor.url) if judged.kind in ("column", "list") else None
        return self.frontier.push(
            Task(
                url=judged.anchor.url,
                purpose=PURPOSES[judged.kind],
                score=judged.score,
                reason=judged.reason,
                depth=body.task.depth + 1,
                parent=body.url,
                anchor=judged.anchor.label,
                column=column,
                units=is_unit_directory(judged),
                foreign=judged.foreign,
            )
        )

    def _queue_pages(self, column: Column, body: Body) -> None:
        """Queue the further pages of a list, and learn the family of the first one that led to reports."""
        found = listing(body.url, body.text)
        if self.cms is None and self.frontier.column_found:
            self.cms = found.family
        task, reason = body.task, f"page of a list ({found.family})"
        for url in filter(self.scope.allows, found.pages):
            page = Task(url, "list", PAGE_SCORE, reason, task.depth, body.url, task.anchor, column)
            self.frontier.push(page)

    def _queue_files(self, body: Body, page: Page) -> int:
        """Queue the attachments of a report's page; how many there are."""
        links = [link for link in file_links(page, page.title or body.task.anchor or "") if self._may_ask(link)]
        for link in links:
            reason, depth = f"attachment: {link.label}", body.task.depth + 1
            self.frontier.push(Task(link.url, "attachment", ATTACHMENT_SCORE, reason, depth, body.url, link.label))
        return len(links)

    def _keep(self, body: Body, role: Literal["page", "attachment"], reason: str) -> None:
        """Keep a body as an original; a page and its attachments are one report."""
        fetch = row(self.portal.portal, body.task, body.answer, reason)
        outcome = self.book.keep(replace(fetch, media_type=body.kind), role, body.answer.body)
        self.new += outcome == "new"
        attached_to = body.task.parent if body.task.purpose == "attachment" else None
        self.reports.add(canonical(attached_to or body.url))

    def _is_too_old(self, judged: Judged) -> bool:
        since = self.wanted.since
        return judged.kind == "report" and None not in (since, judged.year) and (judged.year or 0) < (since or 0)


def _count_error(task: Task) -> None:
    if task.column is not None:
        task.column.fail()
