"""Where news of a portal's reports is to be expected, and in which order a crawl that comes back looks there.

A column by years grows a year, one by units grows within each unit, and each may stand above the other. So pages on
which years and units stand are looked at as lists of reports are; the one that most reports stand below always, the
others in turn. What can hardly bring news comes last: pages of years gone by, and a unit's list that has the latest
year already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from archive.memory import KnownPage, Memory
from crawler.titles import year_in


@dataclass(frozen=True)
class Looks:
    """Pages to look at: `likely` to bring news, and `others`, in their order; `allowed` requests where none brings any.

    `known` is how many pages led to reports, or to years and units.
    """

    likely: tuple[KnownPage, ...] = ()
    others: tuple[KnownPage, ...] = ()
    allowed: int = 0
    known: int = 0


def looks(memory: Memory, latest_year: int, allowed: int) -> Looks:
    """The pages of a portal to look at, within so many requests. The last report there can be is of `latest_year`."""
    tree = _Tree(memory)
    # What stands below another page as well, or is a report itself, is no place to look.
    known = [page for page in memory.pages if page.can_be_asked and page.led and tree.years(page)]
    if not known:
        return Looks()
    pages = known + [page for page in memory.pages if tree.is_empty_level(page)]
    newest = Counter(year for page in pages if (year := tree.own_year(page)) is not None)
    likely = [page for page in pages if tree.may_grow(page, latest_year, newest)]
    # Robots.txt and the first page are asked for each time.
    step = max(1, allowed - 2)
    first, *rest = tree.by_weight(likely or known)
    others = [page for page in tree.by_weight(known) if page not in likely and page is not first]
    spared = max(0, step - len(rest))
    return Looks(
        (first, *_in_turn(rest, memory.passes * step)),
        _in_turn(others, memory.passes * spared),
        allowed,
        len(known),
    )


def _in_turn(pages: list[KnownPage], start: int) -> tuple[KnownPage, ...]:
    cut = start % max(1, len(pages))
    return (*pages[cut:], *pages[:cut])


class _Tree:
    """What stands below each page: further pages, and reports by the year that their titles name."""

    def __init__(self, memory: Memory) -> None:
        self._pages = {page.url: page for page in memory.pages}
        self._below: dict[str, list[str]] = defaultdict(list)
        self._reports: dict[str, list[int | None]] = defaultdict(list)
        self._found: dict[str, list[int | None]] = {}
        for page in memory.pages:
            if page.parent is not None:
                self._below[page.parent].append(page.url)
        for known in memory.documents:
            if known.kept and known.parent is not None:
                self._reports[known.parent].append(year_in(known.anchor or ""))

    def by_weight(self, pages: list[KnownPage]) -> list[KnownPage]:
        """Those with most reports below first, in a fixed order."""
        return sorted(pages, key=lambda page: (-len(self.years(page)), page.url))

    def years(self, page: KnownPage) -> list[int | None]:
        """The years of the reports below a page; None for one whose title names none."""
        if page.url in self._found:
            return self._found[page.url]
        found = self._found[page.url] = []
        seen, waiting = {page.url}, [page.url]
        while waiting:
            url = waiting.pop()
            found += self._reports.get(url, ())
            fresh = [below for below in self._below.get(url, ()) if below not in seen]
            seen.update(fresh)
            waiting += fresh
        return found

    def own_year(self, page: KnownPage) -> int | None:
        """The year that a page's label names."""
        return year_in(page.label or "")

    def may_grow(self, page: KnownPage, latest_year: int, labels: Counter[int]) -> bool:
        """Whether news is to be expected here; `labels` counts the pages that are named for each year."""
        found, own = self.years(page), self.own_year(page)
        if self._filed_under(page) is None:
            # Of a unit that has one report a year, the latest is the last to come.
            counts = Counter(year for year in found if year is not None)
            return not counts or max(counts.values()) > 1 or max(counts) < latest_year
        # A unit's own year is full with its one report; a year of many units is not, while it is the last.
        return own is not None and own == max(labels) and (len(found) != 1 or labels[own] == 1)

    def is_empty_level(self, page: KnownPage) -> bool:
        """Whether a page is a year or a unit to which nothing was filed yet, and no further page of a list."""
        above = self._pages.get(page.parent or "")
        is_level = above is not None and above.led and above.label != page.label
        return is_level and page.can_be_asked and not page.led and not self.years(page)

    def _filed_under(self, page: KnownPage) -> int | None:
        """The year that a page or one above it is named for."""
        seen, at = set[str](), page
        while at.url not in seen:
            if (year := self.own_year(at)) is not None:
                return year
            seen.add(at.url)
            at = self._pages.get(at.parent or "", at)
        return None
