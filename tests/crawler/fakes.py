"""A web in a dictionary and a book in memory: what a portal's crawl needs, without Scrapy, disk or clock."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ledger import Fetch, Link, Outcome, Role
from archive.listed import ListedUnit
from crawler.discovery import Discovery, Signs, Wanted
from crawler.family import Form
from crawler.politeness import Sites
from crawler.portals import Portal
from crawler.scope import Scope
from crawler.web import Answer

HOME = "http://www.lihu.gov.cn/"
TITLE = "里湖区{}年政府信息公开工作年度报告"
COLUMN = f"{HOME}gk/nb/"
WIDE = "<p>" + "湖" * 400 + "</p>"
SIGNED = "<p>中华人民共和国政府信息公开条例</p><p>统计期限</p>"


def page(body: str, title: str = "", status: int = 200) -> Answer:
    """A page of a portal that nobody has met."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Answer("", status, {"content-type": "text/html"}, html.encode())


def links(*pairs: tuple[str, str]) -> str:
    """Anchors: (label, address)."""
    return "".join(f'<a href="{href}">{label}</a>' for label, href in pairs)


def report(title: str, tail: str = "") -> Answer:
    """A page that passes the body's test."""
    return page(f"<h1>{title}</h1>{SIGNED}{tail}", title)


def pdf() -> Answer:
    """A file that begins as a PDF does."""
    return Answer("", 200, {"content-type": "application/pdf"}, b"%PDF-1.7 made for a test")


def redirect(location: str, cookie: bool = False) -> Answer:
    """A redirect, as a server writes it."""
    headers = {"location": location} | ({"set-cookie": "CT6T=1"} if cookie else {})
    return Answer("", 302, headers)


SILENT = Answer("", failure="no_answer", reason="ConnectionRefused")


Pages = dict[str, Answer | list[Answer]]
EVERYTHING = Wanted()


@dataclass
class DictWeb:
    """Answers from `pages`: one answer, or several in their order. What is not there is a 404."""

    pages: dict[str, Answer | list[Answer]]
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str, form: Form | None = None, referer: str | None = None) -> Answer:
        """What a server would say to this URL, or to a form sent there: its text stands behind the URL then."""
        url = url if form is None else f"{url} {form.text}"
        self.asked.append(url)
        known = self.pages.get(url, page("<h1>404</h1>", status=404))
        if isinstance(known, list):
            known = known.pop(0) if len(known) > 1 else known[0]
        return Answer(
            url.split(" ")[0],
            known.status,
            known.headers,
            known.body,
            known.tls,
            known.failure,
            known.reason,
            known.refusal,
        )


@dataclass
class MemoryBook:
    """Keeps rows and problems in lists."""

    rows: list[Fetch] = field(default_factory=list)
    kept: dict[str, Role] = field(default_factory=dict)
    problems: list[tuple[str, str | None]] = field(default_factory=list)
    units: list[ListedUnit] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)
    judged: list[Link] = field(default_factory=list)

    def write(self, fetch: Fetch) -> Outcome:
        """A row."""
        self.rows.append(fetch)
        return fetch.outcome or "new"

    def keep(self, fetch: Fetch, role: Role, data: bytes) -> Outcome:
        """An original."""
        self.kept[fetch.url or ""] = role
        return self.write(fetch)

    def problem(self, code: str, message: str, url: str | None = None) -> None:
        """A problem, by code and address."""
        self.problems.append((code, url))

    def listed(self, units: Sequence[ListedUnit]) -> None:
        """Bodies seen."""
        self.units += units

    def list_read(self, url: str, skeleton: str) -> None:
        """A list's shape, by address."""
        self.lists[url] = skeleton

    def links(self, links: Sequence[Link]) -> None:
        """A batch of links."""
        self.judged += links

    def outcomes(self) -> dict[str, list[str]]:
        """The outcomes of each address, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for fetch in self.rows:
            found[fetch.url or ""].append(fetch.outcome or "body")
        return dict(found)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.now += seconds


def signs_of(text: str) -> Signs:
    """The body's test, reduced to the two signs that fakes.report has."""
    found = [sign for sign in ("信息公开条例", "统计期限") if sign in text]
    return Signs(len(found) >= 2, ", ".join(found) or "no signs")


def discovery(
    pages: dict[str, Answer | list[Answer]],
    home: str = HOME,
    wanted: Wanted | None = None,
) -> tuple[Discovery, DictWeb, MemoryBook]:
    """A crawl of a portal whose web is this dictionary."""
    web, book, clock = DictWeb(pages), MemoryBook(), Clock()
    sites = Sites(0.0, clock=clock, sleep=clock.sleep)
    portal = Portal("lihu", None, "里湖区", home)
    return Discovery(portal, 7, web, book, sites, Scope(), signs_of, wanted or Wanted()), web, book


def crawled(pages: Pages, wanted: Wanted = EVERYTHING, home: str = HOME) -> tuple[Discovery, DictWeb, MemoryBook]:
    """A portal of these pages, crawled to its end."""
    crawl, web, book = discovery(pages, home, wanted)
    asyncio.run(crawl.run())
    return crawl, web, book


def portal(**more: Answer | list[Answer]) -> Pages:
    """A home page, a column of two reports, and pages by path."""
    pages: Pages = {
        HOME: page(links(("要闻", "/xw/"), ("政府信息公开年报", "/gk/nb/"), ("政务公开", "/gk/"))),
        COLUMN: page(links((TITLE.format(2024), "2024.html"), (TITLE.format(2023), "2023.html"))),
        f"{COLUMN}2024.html": report(TITLE.format(2024)),
        f"{COLUMN}2023.html": report(TITLE.format(2023)),
    }
    return pages | {f"{HOME}{path.removeprefix('/')}": answer for path, answer in more.items()}
