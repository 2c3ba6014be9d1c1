"""A portal of the replica: what it answers for each address, and what is true of the reports it publishes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urljoin, urlsplit

from tests.replica import pages
from tests.replica.pages import Row
from tests.replica.render_html import report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story
from tests.replica.truth import TrueDocument, TrueReport, broken_identities, kind_of, values_of

HTML = "text/html; charset=utf-8"
PDF = "application/pdf"


@dataclass(frozen=True)
class Answer:
    """What the server says to one request. `media` None sends no Content-Type."""

    body: bytes
    status: int = 200
    media: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()


Maker = Callable[[], Answer]
State = tuple[dict[str, Maker], dict[str, Answer], Maker, list[TrueReport]]


@dataclass(frozen=True)
class Asked:
    """A request as a portal sees it: how, with what, and how often this address was asked before."""

    method: str = "GET"
    body: bytes = b""
    cookies: str = ""
    times: int = 0
    referer: str = ""


Live = Callable[[Asked], Answer]


def _not_found() -> Answer:
    return Answer("<h1>404 未找到</h1>".encode(), 404)


@dataclass
class Portal:
    """A whole host, described by a module in portals/ or families/.

    `registered` is the home page that the portals file names, where it is not `home`.
    `slug`, `name`, `home`, `adcode` and `expect_min` stand in the portals file. `other_scheme` says what
    the host does on http where the home is https, and the other way round: same (twins), redirect, none
    (not served). `encoding` is what HTML is written in, `media` what its header claims. `outside` are hosts
    not ending in .gov.cn that pages link to; those in `copies` show this portal's pages. `traps` are
    addresses that a lawful and careful crawl never asks, with the reason. `hosts` are further hosts of the portal's
    own, which share its reports and traps. With `modified` answers carry that date (Last-Modified) instead of an ETag,
    until they are changed.
    """

    slug: str
    name: str
    home: str
    adcode: str = ""
    expect_min: int | None = None
    notes: str = ""
    platform: str = ""
    registered: str = ""
    other_scheme: Literal["same", "redirect", "none"] = "same"
    encoding: str = "utf-8"
    media: str | None = HTML
    condition: Literal["ok", "blocked", "robots"] = "ok"
    modified: str | None = None
    copies: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    forbidden: list[str] = field(default_factory=list)
    traps: dict[str, str] = field(default_factory=dict)
    published: list[TrueReport] = field(default_factory=list)
    withheld: list[TrueReport] = field(default_factory=list)
    unknown: Maker = _not_found
    hosts: list[Portal] = field(default_factory=list)
    _makers: dict[str, Maker] = field(default_factory=dict)
    _live: dict[str, Live] = field(default_factory=dict)
    _made: dict[str, Answer] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    @property
    def host(self) -> str:
        return urlsplit(self.home).hostname or ""

    @property
    def scheme(self) -> str:
        return urlsplit(self.home).scheme

    @property
    def schemes(self) -> tuple[str, ...]:
        return (self.scheme,) if self.other_scheme == "none" else ("http", "https")

    def url(self, path: str) -> str:
        return urljoin(self.home, path)

    def answer(self, scheme: str, target: str, asked: Asked = Asked()) -> Answer:
        """The answer for a path with its query, made once and then kept, unless it depends on who asks."""
        if scheme != self.scheme and self.other_scheme == "redirect":
            return Answer(b"", 301, headers=(("Location", self.url(target)),))
        if target in self._live:
            return self._live[target](asked)
        if asked.method == "POST":
            return Answer(b"", 405)
        if target not in self._made:
            self._made[target] = self._makers.get(target, self.unknown)()
        return self._marked(target, self._made[target])

    def _marked(self, target: str, answer: Answer) -> Answer:
        """An answer with what a later request can name: an ETag of its bytes, or the portal's one date."""
        mark = ("ETag", f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"')
        if self.modified and target not in self._changed:
            mark = ("Last-Modified", self.modified)
        # One that stood elsewhere, or was changed, carries the mark of what it was.
        others = [header for header in answer.headers if header[0] not in ("ETag", "Last-Modified")]
        return replace(answer, headers=(*others, mark)) if answer.status == 200 else answer

    def put(self, path: str, maker: Maker) -> None:
        """Serve what `maker` gives under `path`. Raises ValueError when something stands there already."""
        if path in self._makers:
            raise ValueError(f"{self.slug}: two pages at {path}; give one of them another path")
        self._makers[path] = maker

    def live(self, path: str, maker: Live) -> None:
        """Serve what depends on the request: a form, a cookie, how often it was asked."""
        if path in self._live:
            raise ValueError(f"{self.slug}: two pages at {path}; give one of them another path")
        self._live[path] = maker

    def json(self, path: str, data: object, wrap: str = "") -> None:
        """Serve an interface's answer; `wrap` names the function of a JSONP answer."""
        text = json.dumps(data, ensure_ascii=False)
        text = f"{wrap}({text});" if wrap else text
        self.put(path, lambda: Answer(text.encode(), media="application/json; charset=utf-8"))

    def host_beside(self, home: str) -> Portal:
        """A further host of the same portal: a unit's own."""
        other = Portal(self.slug, self.name, home, traps=self.traps, forbidden=self.forbidden, published=self.published)
        self.hosts.append(other)
        return other

    def trap(self, path: str, why: str) -> str:
        """An address that no careful crawl asks; gives it back for a link."""
        self.traps[self.url(path)] = why
        return path

    @contextmanager
    def playing(self, pages: dict[str, Maker]) -> Iterator[None]:
        """Serve these pages and nothing else for a while: what became of the portal since it was crawled."""
        before = self._makers, self._made
        self._makers, self._made = pages, {}
        try:
            yield
        finally:
            self._makers, self._made = before

    def become(self, other: Portal) -> None:
        """From now on serve and publish what another portal does: what became of this one in the meantime."""
        self._makers, self._made, self.published = other._makers, {}, other.published
        self.traps = other.traps

    def remember(self) -> State:
        """What is served and published now, for `restore`."""
        return dict(self._makers), dict(self._made), self.unknown, list(self.published)

    def restore(self, state: State) -> None:
        """Be again as when this was remembered."""
        makers, made, self.unknown, self.published = state
        self._makers, self._made = dict(makers), dict(made)

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        """From now on serve a page as `change` makes it. Raises ValueError when nothing would change."""
        before = self.answer(self.scheme, path)
        text = before.body.decode(self.encoding)
        if change(text) == text:
            raise ValueError(f"{self.slug}: the change of {path} changes nothing")
        self._changed.add(path)
        self._made[path] = replace(before, body=change(text).encode(self.encoding))

    def forget(self, path: str) -> None:
        """Make the answer for `path` anew when it is asked for: what it repeats has changed."""
        self._changed.add(path)
        self._made.pop(path, None)

    def take_down(self, path: str) -> Answer:
        """From now on answer for `path` as for any unknown address; gives what stood there."""
        was = self.answer(self.scheme, path)
        del self._makers[path]
        self._changed.add(path)
        self._made.pop(path, None)
        return was

    def clear(self) -> dict[str, Answer]:
        """Take everything down but robots.txt; gives what stood there, by path."""
        return {path: self.take_down(path) for path in list(self._makers) if path != "/robots.txt"}

    def html(self, path: str, title: str, body: str | Callable[[], str], head: str = "") -> None:
        """Serve a page in the portal's dress and encoding."""

        media = self.media

        def make() -> Answer:
            text = pages.page(f"{self.name}人民政府", title, body if isinstance(body, str) else body(), head)
            return Answer(text.encode(self.encoding), media=media)

        self.put(path, make)

    def robots(self, text: str, media: str | None = "text/plain") -> None:
        self.put("/robots.txt", lambda: Answer(text.encode(), media=media))

    def redirect(self, path: str, to: str) -> None:
        self.put(path, lambda: Answer(b"", 302, headers=(("Location", to),)))

    def soft_404(self) -> None:
        """Answer unknown addresses with status 200 and a page that says there is nothing."""

        def make() -> Answer:
            body = '<h2>页面不存在</h2><p>您要找的内容已移走，<a href="/">返回首页</a>。</p>'
            text = pages.page(f"{self.name}人民政府", "页面不存在", body)
            return Answer(text.encode(self.encoding), media=self.media)

        self.unknown = make

    def report(
        self,
        path: str,
        story: Story,
        style: str = "plain",
        *,
        attachment: str | None = None,
        tables: bool = True,
        also: tuple[str, ...] = (),
        date: str = "2025-01-20",
        lawful: bool = True,
        beside: str = "",
    ) -> Row:
        """Publish a report as a page; gives its line for a list.

        `attachment` is a path under which the same report stands as PDF, linked from the page; without
        `tables` the page has the running text alone. `also` are further addresses of the page (its http
        twin); `beside` is a menu above the report.
        """
        name = (attachment or "").rsplit("/", 1)[-1]
        tail = f'<p>附件：<a href="./{name}" appendix="true">{story.heading}.pdf</a></p>' if attachment else ""
        body = pages.crumbs("政府信息公开", "政府信息公开年报") + beside
        self.html(path, story.heading, lambda: body + report_html(story, style, tables=tables, tail=tail))
        documents = [TrueDocument((self.url(path), *also), "text/html", "page", tables)]
        if attachment:
            self.put(attachment, lambda: Answer(report_pdf(story), media=PDF))
            documents.append(TrueDocument((self.url(attachment),), PDF, "attachment", True))
        metadata = style == "nested" or story.published is not None
        self.publish(story, tuple(documents), metadata=metadata, lawful=lawful)
        return Row(story.heading, self.url(path), date)

    def file(self, path: str, story: Story, *, date: str = "2025-01-20", repeat_labels: bool = False) -> Row:
        """Publish a report as a PDF that a list links to."""
        self.put(path, lambda: Answer(report_pdf(story, repeat_labels=repeat_labels), media=PDF))
        self.publish(story, (TrueDocument((self.url(path),), PDF, "file", True),), metadata=False)
        return Row(story.heading, self.url(path), date)

    def look_alike(self, path: str, kind: str, unit: str, year: int, date: str = "2025-01-20") -> Row:
        """Serve an article that resembles a report (pages.LOOK_ALIKES); gives its line for a list."""
        title, paragraphs = pages.LOOK_ALIKES[kind]
        return self._article(path, title.format(unit=unit, year=year), [p.format(year=year) for p in paragraphs], date)

    def noise(self, folder: str, count: int, first: int = 0, suffix: str = ".html") -> list[Row]:
        """Serve ordinary articles at FOLDER + number; gives their lines."""
        rows = []
        for number in range(first, first + count):
            title = pages.NOISE[number % len(pages.NOISE)].format(unit=self.name)
            paragraphs = ["具体安排见各社区张贴的告示。", f"编号{number + 101}。"]
            rows.append(self._article(f"{folder}{3000 + 37 * number}{suffix}", title, paragraphs, "2024-11-06"))
        return rows

    def _article(self, path: str, title: str, paragraphs: list[str], date: str) -> Row:
        self.html(path, title, pages.article(title, paragraphs))
        return Row(title, self.url(path), date)

    def publish(
        self, story: Story, documents: tuple[TrueDocument, ...], *, metadata: bool, lawful: bool = True
    ) -> None:
        """Take a report into the portal's truth; `metadata` says that its page prints the date of publication."""
        failing, undecided = broken_identities(story.figures)
        report = TrueReport(
            portal=self.slug,
            unit=story.unit,
            unit_level=story.level,
            year=story.year,
            form=story.figures.form,
            title=story.heading,
            one_row_other=story.figures.one_row_other,
            documents=documents,
            figures=story.figures.cells,
            period=(f"{story.year}-01-01", f"{story.year}-12-31") if story.preamble else None,
            signed=story.signed,
            published=story.published if metadata else None,
            values=values_of(story.figures),
            kinds={path: kind_of(raw) for path, raw in story.figures.cells.items()},
            failing=failing,
            undecided=undecided,
        )
        (self.published if lawful else self.withheld).append(report)
