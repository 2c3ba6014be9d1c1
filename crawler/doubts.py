"""Pages that are not what they seem: shells that lead on, and soft 404s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawler import obstacles
from crawler.fetcher import Body, Fetcher, NoBody
from crawler.files import is_page
from crawler.frontier import Frontier, Task
from crawler.urls import canonical, host_of

SHELL_HOPS = 2


@dataclass
class Doubts:
    """What one portal's crawl knows of such pages; `failed` is told of a task that came to nothing.

    `home` is where the home page was found in the end.
    """

    crawl_id: int
    fetcher: Fetcher
    frontier: Frontier
    failed: Callable[[Task], None]
    home: str = ""
    _probes: dict[str, frozenset[str] | None] = field(default_factory=dict)

    async def through_shells(self, body: Body) -> Body | None:
        """The page behind at most two refreshes, scripts or frames of its site; None when nothing came."""
        site_of = self.fetcher.sites.key
        for _ in range(SHELL_HOPS):
            target = obstacles.shell_target(body.url, body.text) if is_page(body.kind) else None
            if target is None or site_of(host_of(target)) != site_of(host_of(body.url)):
                break
            self.fetcher.record(body.task, body.answer, f"a shell that leads to {target}", "redirect", target)
            self.frontier.mark(target)
            self.frontier.spend(body.task.purpose)
            got = await self.fetcher.fetch(replace(body.task, url=target, parent=body.url))
            if isinstance(got, NoBody):
                self.failed(body.task)
                return None
            body = got
        return body

    async def is_soft_404(self, body: Body) -> bool:
        """Whether a page says what its host says of an address that cannot exist (asked once per host)."""
        host = urlsplit(body.url).netloc
        if host not in self._probes:
            self._probes[host] = await self._probe(obstacles.probe_url(body.url, self.crawl_id))
        probe = self._probes[host]
        if probe is None or not obstacles.is_soft_404(obstacles.fingerprint(body.text), probe):
            return False
        self._reject(body, "says what an address that cannot exist says")
        return True

    def is_sent_home(self, body: Body) -> bool:
        """Whether the address was redirected to the home page: another way to say that it is not there."""
        at_home = host_of(body.url) == self.fetcher.home_host and urlsplit(canonical(body.url)).path == "/"
        at_home = at_home and not urlsplit(body.url).query
        if not body.redirected or not (at_home or canonical(body.url) == canonical(self.home)):
            return False
        self._reject(body, "redirected to the home page")
        return True

    def _reject(self, body: Body, reason: str) -> None:
        self.fetcher.record(body.task, body.answer, reason, "soft_404")
        self.failed(body.task)

    async def _probe(self, url: str) -> frozenset[str] | None:
        """What the host says of a missing page; None when it says so by its status."""
        task = Task(url, "probe", 0, "what a missing page looks like here")
        self.frontier.spend("probe")
        got = await self.fetcher.fetch(task)
        if isinstance(got, NoBody):
            return None
        self.fetcher.record(task, got.answer, task.reason, "soft_404")
        return obstacles.fingerprint(got.text)
