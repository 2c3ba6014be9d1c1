"""What a portal's crawl asks next: best first, in an order fixed by (score, depth, URL), within budgets."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from crawler.column import Column
from crawler.urls import canonical, natural_key

Purpose = Literal["home", "hub", "column", "list", "report", "attachment", "robots", "probe"]
DOCUMENTS: frozenset[Purpose] = frozenset({"report", "attachment"})


@dataclass(frozen=True)
class Task:
    """One thing to ask for, and why. `units`: to departments or townships; `foreign`: to another site."""

    url: str
    purpose: Purpose
    score: int
    reason: str
    depth: int = 0
    parent: str | None = None
    anchor: str | None = None
    column: Column | None = field(default=None, compare=False)
    units: bool = False
    foreign: bool = False


@dataclass(frozen=True)
class Budget:
    """How much a portal may be asked for (portals.md, section 6.5).

    `others` counts every request that is neither for a report nor for its attachment; a column scored under
    `weak` (a bare 年报) is not tried once another has given reports. `queued` bounds the memory that a page of
    endless links can take.
    """

    before_column: int = 15
    hubs: int = 8
    depth: int = 5
    list_pages: int = 60
    others: int = 150
    documents: int = 2000
    weak: int = 60
    queued: int = 20_000


GOVERNMENT = Budget()
ALL = Budget(others=1500)


class Frontier:
    """The queue of one portal. A page is taken once, whatever its scheme, session or index file.

    `left_out` is told of each address that a budget cut off, and of the budget.
    """

    def __init__(self, budget: Budget, left_out: Callable[[str, str], None] = lambda url, why: None) -> None:
        self.budget = budget
        self._left_out = left_out
        self.asked: Counter[str] = Counter()
        self.column_found = False
        self.cut: Counter[str] = Counter()
        self._heap: list[tuple[int, int, list[tuple[int, int, str]], int, Task]] = []
        self._known: set[str] = set()
        self._order = 0

    def knows(self, url: str) -> bool:
        """Whether this page was queued or asked already."""
        return canonical(url) in self._known

    def mark(self, url: str) -> None:
        """Remember a page reached by another way (a redirect)."""
        self._known.add(canonical(url))

    def push(self, task: Task) -> bool:
        """Queue a task; False when the page is known or lies too deep."""
        if self.knows(task.url):
            return False
        if task.depth > self.budget.depth and task.purpose in ("hub", "column"):
            self._cut(task, "depth")
            return False
        if len(self._heap) >= self.budget.queued:
            self._cut(task, "queue")
            return False
        self.mark(task.url)
        self._order += 1
        heapq.heappush(self._heap, (-task.score, task.depth, natural_key(task.url), self._order, task))
        return True

    def pop(self) -> Task | None:
        """The next task that its budget allows; None when nothing is left. Cuts are counted in `cut`."""
        while self._heap:
            task = heapq.heappop(self._heap)[-1]
            if reason := self._refuses(task):
                self._cut(task, reason)
                continue
            self.asked[task.purpose] += 1
            if task.column is not None and task.purpose in ("column", "list"):
                task.column.pages += 1
            return task
        return None

    def spend(self, purpose: Purpose) -> None:
        """Count a request that did not come from the queue (a redirect's hop, robots.txt, a probe)."""
        self.asked[purpose] += 1

    @property
    def others(self) -> int:
        """Requests so far that were neither for a report nor for an attachment."""
        return sum(count for purpose, count in self.asked.items() if purpose not in DOCUMENTS)

    def _cut(self, task: Task, budget: str) -> None:
        self.cut[budget] += 1
        self._left_out(task.url, budget)

    def _refuses(self, task: Task) -> str | None:
        budget, column = self.budget, task.column
        documents = self.asked["report"] + self.asked["attachment"]
        if task.purpose in DOCUMENTS:
            return "documents" if documents >= budget.documents else None
        if self.others >= budget.others:
            return "requests"
        if task.purpose == "column" and self.column_found and (task.foreign or task.score < budget.weak):
            return "column found"
        if task.purpose in ("column", "list") and column is not None:
            if column.stopped:
                return f"column {column.stopped}"
            return "list pages" if column.pages >= budget.list_pages else None
        if task.purpose == "hub":
            if self.column_found and not task.units:
                return "column found"
            if self.asked["hub"] >= budget.hubs:
                return "hubs"
            if not self.column_found and self.others >= budget.before_column:
                return "before column"
        return None
