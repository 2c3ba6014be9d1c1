"""One portal's way of asking: retries, redirects, challenges; each request is a row of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, Protocol

from archive.clock import now
from archive.ledger import Outcome
from archive.media import media_type
from crawler import obstacles
from crawler.book import Book, row
from crawler.family import Form
from crawler.files import is_page
from crawler.frontier import Purpose, Task
from crawler.politeness import Sites
from crawler.urls import canonical, host_of, resolve
from crawler.web import Answer
from parsers.formats.encoding import decode

TRIES = 3
HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHALLENGES = 2
SILENCES = 5
CHALLENGE_BYTES = 200_000
# All portals share one process: a page of endless links must not hold it up for minutes.
PAGE_LENGTH = 2_000_000

Trouble = Literal["blocked", "robots", "no_answer", "gone", "error", "off_site", "spent"]


class Web(Protocol):
    """Whatever answers a URL: Scrapy, or a dictionary in a test."""

    async def get(self, url: str, form: Form | None = None, referer: str | None = None) -> Answer:
        """Ask once, following nothing; by POST where there is a form to send, naming the page that has the list."""


class PortalStoppedError(Exception):
    """This portal is not asked any further in this crawl."""

    def __init__(self, trouble: Trouble, reason: str) -> None:
        super().__init__(reason)
        self.trouble = trouble


@dataclass(frozen=True)
class Body:
    """A body that came for a task, not yet in the ledger: it is written once it was judged."""

    task: Task
    answer: Answer
    kind: str
    redirected: bool = False

    @property
    def url(self) -> str:
        """Where it was found in the end."""
        return self.answer.url

    @cached_property
    def text(self) -> str:
        """The page, decoded by us: declared charsets lie both ways."""
        return self.answer.text[:PAGE_LENGTH]


@dataclass(frozen=True)
class NoBody:
    """Nothing came for a task; it is in the ledger already."""

    trouble: Trouble
    reason: str


@dataclass
class Fetcher:
    """Asks for a portal's tasks one after the other. `spend` counts requests that the queue did not plan."""

    portal: str
    home_host: str
    web: Web
    book: Book
    sites: Sites
    spend: Callable[[Purpose], None]
    _challenges: Counter[str] = field(default_factory=Counter)
    _silences: int = 0

    async def fetch(self, task: Task) -> Body | NoBody:
        """The body of a task, redirects followed. Raises PortalStoppedError when the portal is to be left."""
        url, form, been = task.url, task.form, list[str]()
        while True:
            answer = await self._ask(url, form, task)
            if isinstance(answer, NoBody):
                return answer
            if answer.status in REDIRECTS and "location" in answer.headers:
                target = resolve(url, answer.headers["location"])
                if target is None or (objection := _objection(url, target, been, answer)):
                    reason = "redirects to no address that can be asked" if target is None else str(objection)
                    return self._nothing(task, answer, "error", reason)
                self.record(task, answer, f"redirects to {target}", "redirect", target)
                self.spend(task.purpose)
                been.append(canonical(url))
                # As browsers do: only 307 and 308 have the form sent again.
                url, form = target, form if answer.status in (307, 308) else None
                continue
            if answer.status in (401, 403) and task.purpose == "home":
                self.record(task, answer, f"answered {answer.status}", "blocked")
                raise PortalStoppedError("blocked", f"the home page answered {answer.status}")
            if answer.status in (404, 410):
                return self._nothing(task, answer, "gone", f"answered {answer.status}")
            if not answer.unchanged and (answer.status is None or not 200 <= answer.status < 300):
                return self._nothing(task, answer, "error", f"answered {answer.status}")
            return Body(task, answer, answer.kind, bool(been))

    def record(
        self,
        task: Task,
        answer: Answer,
        reason: str,
        outcome: Outcome | None = None,
        final_url: str | None = None,
    ) -> None:
        """Write a request whose body is not kept."""
        self.book.write(row(self.portal, task, answer, reason, outcome, final_url))

    async def _ask(self, url: str, form: Form | None, task: Task) -> Answer | NoBody:
        """One answer with a status below 500, asked for again when none came."""
        host, tries = host_of(url), 0
        if self._challenges[host] >= CHALLENGES:
            return NoBody("blocked", f"{host} is left alone after {CHALLENGES} challenges")
        while True:
            answer = await self.web.get(url, form, task.referer)
            tries += 1
            if answer.failure not in (None, "no_answer"):
                return self._not_sent(task, answer)
            if answer.status is not None and (evidence := self._challenge(answer)):
                return self._blocked(task, answer, evidence)
            if answer.status in (429, 503):
                self._slow_down(task, answer)
                continue
            if answer.status is not None and answer.status < 500:
                self._silences = 0
                return answer
            reason = answer.reason or f"answered {answer.status}"
            if tries >= TRIES:
                return self._silent(task, answer, reason)
            self.record(task, answer, f"{reason}; to be asked again", "error")
            self.spend(task.purpose)
            self.sites.of(host).rest(self.sites.delay * 2**tries)

    def _nothing(self, task: Task, answer: Answer, outcome: Literal["gone", "error"], reason: str) -> NoBody:
        self.record(task, answer, reason, outcome)
        return NoBody(outcome, reason)

    def _not_sent(self, task: Task, answer: Answer) -> NoBody:
        """What scope or robots.txt kept back, or grew too large on the way."""
        if answer.failure == "off_site":
            self.book.problem("off_site", answer.reason, answer.url)
            return NoBody("off_site", answer.reason)
        if answer.failure == "spent":
            raise PortalStoppedError("spent", answer.reason)
        if answer.refusal is None:
            return self._nothing(task, answer, "error", answer.reason)
        if answer.refusal == "challenge":
            self.record(task, answer, answer.reason, "blocked")
            self.book.problem("challenge", answer.reason, answer.url)
            return NoBody("blocked", answer.reason)
        silent = answer.refusal == "no_answer"
        self.record(task, answer, answer.reason, "error" if silent else "robots")
        return NoBody("no_answer" if silent else "robots", answer.reason)

    def _challenge(self, answer: Answer) -> str | None:
        text = ""
        if len(answer.body) <= CHALLENGE_BYTES:
            text = answer.text if is_page(answer.kind) else ""
        elif is_page(media_type(head := answer.body[:CHALLENGE_BYTES])):
            text = decode(head)[0]
        return obstacles.challenge(answer.status or 0, answer.headers, text)

    def _blocked(self, task: Task, answer: Answer, evidence: str) -> NoBody:
        """A challenge. The home page's ends the portal, a second one leaves its host alone."""
        host = host_of(answer.url)
        self.record(task, answer, f"challenge: {evidence}", "blocked")
        self.book.problem("challenge", f"{host} answers with a challenge ({evidence}), which is not solved", answer.url)
        self._challenges[host] += 1
        if task.purpose == "home" or (host == self.home_host and self._challenges[host] >= CHALLENGES):
            raise PortalStoppedError("blocked", evidence)
        return NoBody("blocked", evidence)

    def _slow_down(self, task: Task, answer: Answer) -> None:
        wait = obstacles.retry_after(answer.headers.get("retry-after"), datetime.fromisoformat(now()))
        self.record(task, answer, f"answered {answer.status}: asked to slow down", "error")
        self.spend(task.purpose)
        if not self.sites.of(host_of(answer.url)).slow_down(wait):
            asked = "" if wait is None else f", for {wait:.0f} s"
            reason = f"answered {answer.status}: the site asks to be left alone{asked}"
            self.book.problem("slow_down", reason, answer.url)
            raise PortalStoppedError("blocked" if answer.status == 429 else "no_answer", reason)

    def _silent(self, task: Task, answer: Answer, reason: str) -> NoBody:
        self.record(task, answer, f"{reason}; asked {TRIES} times", "error")
        self._silences += 1
        if self._silences >= SILENCES:
            raise PortalStoppedError("no_answer", f"{SILENCES} addresses in a row gave no answer: {reason}")
        return NoBody("no_answer", reason)


def _objection(url: str, target: str, been: list[str], answer: Answer) -> str | None:
    """Why a redirect is not followed. One back to where it came from is, when it sets a cookie."""
    if len(been) >= HOPS:
        return f"redirects more than {HOPS} times"
    returns = [*been, canonical(url)].count(canonical(target))
    if returns == 0 or (returns == 1 and target != url and canonical(target) == canonical(url)):
        return None
    if returns <= 2 and "set-cookie" in answer.headers:
        return None
    return "redirects in a circle"
