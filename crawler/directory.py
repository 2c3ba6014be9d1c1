"""The bodies that a portal names, and the own pages of those whose reports no column has shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.listed import Evidence, ListedUnit
from crawler.bodies import body_name, same_body
from crawler.book import Book
from crawler.fetcher import Body, Fetcher
from crawler.frontier import Frontier, Task
from crawler.harvest import Anchor, Page
from crawler.links import Judged
from crawler.minisite import MiniSite
from crawler.urls import canonical, host_of, trap
from parsers.units import unit_level

UNIT_SCORE = 30


@dataclass
class Directory:
    """The bodies of one portal. `menu` holds the addresses on its home page, which stand on all pages."""

    fetcher: Fetcher
    frontier: Frontier
    book: Book
    menu: frozenset[str] = frozenset()
    _in_columns: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    def read(self, page: Page, body: Body) -> int:
        """Take down the bodies that a directory names, and queue their own pages; how many they are."""
        named = [(name, anchor) for anchor in page.anchors if (name := self._name(anchor)) is not None]
        self._saw([_listed(name, anchor, body, "directory") for name, anchor in named])
        for name, anchor in named:
            if not any(same_body(name, other) for other in self._in_columns):
                unit = MiniSite(name, anchor.url, self.fetcher.home_host)
                depth, reason = body.task.depth + 1, f"unit directory names {name}"
                self.frontier.push(
                    Task(anchor.url, "hub", UNIT_SCORE, reason, depth, body.url, anchor.label, unit=unit)
                )
        return len(named)

    def see_levels(self, promising: list[Judged], body: Body) -> None:
        """Take down the bodies that a column's levels are named for."""
        named = [(body_name(found.anchor.label), found.anchor) for found in promising if found.kind == "list"]
        self._in_columns |= {name for name, _ in named if name}
        self._saw([_listed(name, anchor, body, "column") for name, anchor in named if name])

    def _name(self, anchor: Anchor) -> str | None:
        """The body that an anchor of a directory names: on the portal's own site, and not in its menu."""
        site_of = self.fetcher.sites.key
        if canonical(anchor.url) in self.menu or trap(anchor.url):
            return None
        if site_of(host_of(anchor.url)) != site_of(self.fetcher.home_host):
            return None
        return body_name(anchor.label)

    def _saw(self, units: list[ListedUnit]) -> None:
        fresh = [unit for unit in units if unit.name not in self._told]
        self._told |= {unit.name for unit in fresh}
        if fresh:
            self.book.listed(fresh)


def _listed(name: str, anchor: Anchor, body: Body, evidence: Evidence) -> ListedUnit:
    """A body as this page names it, under the label that led here."""
    return ListedUnit(name, unit_level(name), anchor.url, body.url, evidence, body.task.anchor)
