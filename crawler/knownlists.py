"""Lists that led to reports before: looked at first by a crawl that comes back (crawler/returning.py)."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.book import Book
from crawler.column import Column
from crawler.fetcher import Fetcher, NoBody
from crawler.files import is_page
from crawler.frontier import Purpose, Task
from crawler.leads import ATTACHMENT_SCORE, PAGE_SCORE, Leads
from crawler.pages import Reader
from crawler.returning import Returning
from crawler.skeleton import skeleton


@dataclass
class KnownLists:
    """Looks for news on a portal's known lists. `asked` counts those asked for."""

    fetcher: Fetcher
    reader: Reader
    leads: Leads
    book: Book
    returning: Returning
    asked: int = 0

    async def look(self) -> bool:
        """Queue what is new on them, and the documents that are due; False when the portal is to be read through."""
        lists = self.returning.lists()
        for url in lists:
            if not await self._look_at(url):
                return False
        if lists:
            self.leads.columns += len(lists)
            self._queue_due()
        return bool(lists)

    async def _look_at(self, url: str) -> bool:
        """Queue what a list links that nobody has seen; False when it links no report that is known."""
        task = Task(url, "column", PAGE_SCORE, "a list that led to reports before", column=Column(url))
        self.asked += 1
        self.fetcher.spend("column")
        body = await self.fetcher.fetch(task)
        if isinstance(body, NoBody):
            return False
        if not is_page(body.kind):
            self.fetcher.record(task, body.answer, f"{task.reason}; now {body.kind}: the portal is read through")
            return False
        page = (await self.reader.read(body)).page
        every, fresh = self.leads.news(page, body, Column(url))
        told = f"{task.reason}; {every} links to reports, {fresh} of them new"
        if fresh == every:
            self.fetcher.record(task, body.answer, f"{told}: the portal is read through")
            return False
        self.fetcher.record(task, body.answer, told)
        self.book.list_read(body.url, skeleton(body.text))
        return True

    def _queue_due(self) -> None:
        for known in self.returning.due():
            is_file, reason = known.purpose == "attachment", f"known, last asked for on {known.checked[:10]}"
            purpose: Purpose = "attachment" if is_file else "report"
            score = ATTACHMENT_SCORE if is_file else PAGE_SCORE
            self.leads.frontier.push(Task(known.url, purpose, score, reason, 1, known.parent, known.anchor))
