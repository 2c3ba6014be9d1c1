"""What a crawl sees in a body: the links of the page itself, and what its CMS family tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from crawler.family import Listing
from crawler.fetcher import Body, Fetcher, NoBody
from crawler.files import is_page
from crawler.frontier import Task
from crawler.harvest import Page, harvest
from crawler.listings import listing


@dataclass(frozen=True)
class Seen:
    """A page with the links that only data names, and its listing."""

    page: Page
    listing: Listing


@dataclass
class Reader:
    """Reads the pages of one portal. A script that a family needs is fetched once."""

    fetcher: Fetcher
    _scripts: dict[str, str] = field(default_factory=dict)

    async def read(self, body: Body) -> Seen:
        """The page and its listing."""
        found = listing(body.url, body.text)
        if found.script is not None and (script := await self._script(found.script, body)):
            found = listing(body.url, f"{body.text}\n{script}")
        if found.is_data:
            return Seen(Page(found.rows, ""), found)
        page = harvest(body.text, body.url)
        anchors = tuple(anchor for anchor in page.anchors if anchor.url not in found.idle)
        return Seen(replace(page, anchors=anchors + found.rows), found)

    async def _script(self, url: str, body: Body) -> str:
        if url not in self._scripts:
            task = Task(url, "script", 0, "a script that tells how the list is asked for", parent=body.url)
            self.fetcher.spend("script")
            got = await self.fetcher.fetch(task)
            if not isinstance(got, NoBody):
                self.fetcher.record(task, got.answer, task.reason)
            readable = not isinstance(got, NoBody) and is_page(got.kind)
            self._scripts[url] = got.text if readable and not isinstance(got, NoBody) else ""
        return self._scripts[url]


def is_data(text: str) -> bool:
    """Whether a body is an interface's answer by its first character: no page, and no report."""
    return text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
