"""Pages that led to reports before: looked at first by a crawl that comes back (crawler/returning.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from archive.memory import KnownPage
from crawler.book import Book
from crawler.column import Column
from crawler.family import Request
from crawler.fetcher import Body, Fetcher, NoBody
from crawler.files import is_page
from crawler.frontier import Purpose, Task
from crawler.harvest import Page, harvest
from crawler.leads import ATTACHMENT_SCORE, PAGE_SCORE, Leads
from crawler.levels import neighbours
from crawler.outlook import Looks
from crawler.pages import Reader
from crawler.returning import Returning
from crawler.skeleton import skeleton

# What a page that brought news pays for: where one unit has filed its report, others have.
PAID = 3


@dataclass
class KnownLists:
    """Looks for news on the known pages of a portal's columns. `asked` counts those asked for."""

    fetcher: Fetcher
    reader: Reader
    leads: Leads
    book: Book
    returning: Returning
    home: str
    asked: int = 0
    _asked_home: bool = False

    async def look(self) -> bool:
        """Queue what is new on them, and the documents that are due; False when the portal is to be read through."""
        looks = self.returning.looks()
        if not looks.known:
            return False
        hosts, left = set[str](), looks.allowed
        for page, is_likely in _in_order(looks):
            cost = 1 + (_place(page.url) not in hosts)
            # What news has paid for is not spent where hardly any is to be expected.
            if cost > (left if is_likely else min(left, looks.allowed - self._spent)):
                break
            hosts.add(_place(page.url))
            before = self._spent
            news = await self._look_at(page)
            if news is None:
                return False
            left += PAID * (news > 0) - (self._spent - before)
        self.leads.columns += looks.known
        # As in a crawl that read the portal through: what it left alone then is left alone now.
        self.leads.frontier.column_found = True
        self._queue_due()
        return True

    @property
    def _spent(self) -> int:
        return self.leads.frontier.others

    async def _look_at(self, page: KnownPage) -> int | None:
        """Queue what a page links that nobody has seen, and count it; None when it links nothing that is known."""
        reason = "a list that led to reports before" if page.led else "a level of a column that was empty before"
        column = Column(page.url)
        task = Task(page.url, "column", PAGE_SCORE, reason, parent=page.parent, anchor=page.label, column=column)
        body = await self._ask(task)
        if body is None:
            # That a level is gone which had nothing yet says nothing of the others.
            return None if page.led else 0
        seen = await self.reader.read(body)
        links, levels = seen.page, list(seen.listing.levels)
        if self.returning.report_at(body.url):
            # Of a report's own page, what its family vouches for counts alone: as when it was first read.
            links, levels = replace(links, anchors=()), neighbours(levels, links, page.label or "")
        if not self._asked_home and self.leads.needs_menu(links, body, column):
            await self._learn_menu()
        news = self.leads.news(links, body, column, levels, not page.led)
        lists = body
        if news.links == 0 and seen.listing.pages and not seen.listing.is_data:
            self.fetcher.record(task, body.answer, f"{reason}; its first page is asked for")
            found = await self._first_page(seen.listing.pages[0], task, body)
            if found is None:
                return None
            lists = found
            news = self.leads.news((await self.reader.read(lists)).page, lists, column, was_empty=not page.led)
        told = f"{reason}; {news.links} links to reports, years and units, {news.fresh} of them new"
        if not news.is_sound:
            self.fetcher.record(lists.task, lists.answer, f"{told}: the portal is read through")
            return None
        self.fetcher.record(lists.task, lists.answer, told)
        if page.led or news.fresh:
            self.book.list_read(body.url, skeleton(lists.text))
        return news.fresh

    async def _learn_menu(self) -> None:
        """What stands on the home page stands on all pages, and is no level of a column."""
        self._asked_home = True
        task = Task(self.home, "home", 0, "the portal's menu, to tell it from the levels of a column")
        self.fetcher.spend("home")
        body = await self.fetcher.fetch(task)
        if isinstance(body, NoBody):
            return
        self.fetcher.record(task, body.answer, task.reason)
        self.leads.learn_menu(harvest(body.text, body.url) if is_page(body.kind) else Page((), ""))

    async def _first_page(self, request: Request, task: Task, body: Body) -> Body | None:
        """The first page of a list that a script of this page would ask for."""
        reason = f"{task.reason}: its first page"
        return await self._ask(
            Task(
                request.url,
                "list",
                PAGE_SCORE,
                reason,
                parent=body.url,
                anchor=task.anchor,
                column=task.column,
                form=request.form,
                referer=body.url if request.names_page else None,
            )
        )

    async def _ask(self, task: Task) -> Body | None:
        """A page that can be read; None when nothing came that is one."""
        self.asked += 1
        self.fetcher.spend(task.purpose)
        body = await self.fetcher.fetch(task)
        if isinstance(body, NoBody):
            return None
        if not is_page(body.kind):
            self.fetcher.record(task, body.answer, f"{task.reason}; now {body.kind}: the portal is read through")
            return None
        return body

    def _queue_due(self) -> None:
        for known in self.returning.due():
            is_file, reason = known.purpose == "attachment", f"known, last asked for on {known.checked[:10]}"
            purpose: Purpose = "attachment" if is_file else "report"
            score = ATTACHMENT_SCORE if is_file else PAGE_SCORE
            self.leads.frontier.push(Task(known.url, purpose, score, reason, 1, known.parent, known.anchor))


def _in_order(looks: Looks) -> Iterator[tuple[KnownPage, bool]]:
    yield from ((page, True) for page in looks.likely)
    yield from ((page, False) for page in looks.others)


def _place(url: str) -> str:
    """Whose robots.txt is asked for first."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
