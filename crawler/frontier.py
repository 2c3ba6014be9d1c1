"""What a portal's crawl asks next: best first, in an order fixed by (score, depth, URL), within budgets."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from crawler.budgets import TOLD, Budget, Cut
from crawler.column import Column
from crawler.family import Form, Request
from crawler.minisite import MiniSite
from crawler.urls import canonical, is_twin, natural_key

Purpose = Literal["home", "hub", "column", "list", "report", "attachment", "robots", "probe", "script"]
Place = tuple[int, list[tuple[int, int, str]]]
DOCUMENTS: frozenset[Purpose] = frozenset({"report", "attachment"})

# After the pages of a list: what they link comes first.
TWIN_SCORE = 80


@dataclass(frozen=True)
class Task:
    """One thing to ask for, and why; `position` is a page's place in its list.

    `units`: leads to departments or townships; `foreign`: to another site; `unit`: on this unit's own pages. `form` is
    what a POST sends, `otherwise` what to ask when this is not there, `frames` how many frames lead here,
    `referer` the page that is named to the server.
    """

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
    unit: MiniSite | None = field(default=None, compare=False)
    form: Form | None = None
    otherwise: Request | None = None
    frames: int = 0
    position: int = 0
    referer: str | None = None

    @property
    def key(self) -> str:
        """Under what it is asked for once."""
        sent = "" if self.form is None else hashlib.sha256(self.form.body).hexdigest()
        return f"{canonical(self.url)} {sent}".strip()

    @property
    def place(self) -> Place:
        """What puts it in order among others of its score and depth: its place in a list, page 2 before page 10."""
        return self.position, natural_key(self.url if self.form is None else f"{self.url} {self.form.text}")


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
        self._cuts: Counter[tuple[str, str]] = Counter()
        self._heap: list[tuple[int, int, Place, int, Task]] = []
        self._known: set[str] = set()
        self._twins: set[str] = set()
        self._order = 0
        # Those that lead to units leave the government's own column its share.
        self._hubs: Counter[bool] = Counter()

    def knows(self, url: str) -> bool:
        """Whether this page was queued or asked already."""
        return canonical(url) in self._known

    def mark(self, url: str) -> None:
        """Remember a page reached by another way (a redirect)."""
        self._known.add(canonical(url))

    def push(self, task: Task) -> bool:
        """Queue a task; False when the page is known or lies too deep."""
        if task.key in self._known and not self._replaces_twin(task):
            return False
        if task.depth > self.budget.depth and task.purpose in ("hub", "column"):
            self._cut(task, "depth")
            return False
        if len(self._heap) >= self.budget.queued:
            self._cut(task, "queue")
            return False
        self._known.add(task.key)
        if is_twin(task.url):
            # The page itself may still be linked from a page of the list not read yet.
            task = replace(task, score=min(task.score, TWIN_SCORE))
            self._twins.add(task.key)
        self._order += 1
        heapq.heappush(self._heap, (-task.score, task.depth, task.place, self._order, task))
        return True

    def pop(self) -> Task | None:
        """The next task that its budget allows; None when nothing is left. Cuts are counted in `cut`."""
        while self._heap:
            task = heapq.heappop(self._heap)[-1]
            if is_twin(task.url) and task.key not in self._twins:
                continue
            self._twins.discard(task.key)
            if reason := self._refuses(task):
                self._cut(task, reason)
                continue
            self.asked[task.purpose] += 1
            if task.purpose == "hub" and task.unit is None:
                self._hubs[task.units] += 1
            if task.column is not None and task.purpose in ("column", "list"):
                task.column.pages += 1
                if task.column.trial is not None and task.column.pages == 1:
                    task.column.trial.tried += 1
            if task.unit is not None and task.purpose not in DOCUMENTS:
                task.unit.pages += 1
            return task
        return None

    def spend(self, purpose: Purpose) -> None:
        """Count a request that did not come from the queue (a redirect's hop, robots.txt, a probe)."""
        self.asked[purpose] += 1

    @property
    def others(self) -> int:
        """Requests so far that were neither for a report nor for an attachment."""
        return sum(count for purpose, count in self.asked.items() if purpose not in DOCUMENTS)

    def _replaces_twin(self, task: Task) -> bool:
        """Whether only a page's twin for another device is queued, and this is the page."""
        if task.key not in self._twins or is_twin(task.url):
            return False
        self._twins.remove(task.key)
        return True

    def told_cuts(self) -> list[Cut]:
        """What the budgets cut off and a person should hear of, by budget and place."""
        return [Cut(budget, links, url) for (budget, url), links in sorted(self._cuts.items()) if budget in TOLD]

    def _cut(self, task: Task, budget: str) -> None:
        self.cut[budget] += 1
        column = task.column.url if budget == "list pages" and task.column is not None else ""
        unit = task.unit.url if budget == "unit pages" and task.unit is not None else ""
        self._cuts[budget, column or unit] += 1
        self._left_out(task.url, budget)

    def _refuses(self, task: Task) -> str | None:
        budget, column = self.budget, task.column
        documents = self.asked["report"] + self.asked["attachment"]
        if task.purpose in DOCUMENTS:
            return "documents" if documents >= budget.documents else None
        if self.others >= budget.others:
            return "requests"
        if task.unit is not None and task.purpose != "list":
            if task.unit.column_found:
                return "column found"
            return "unit pages" if task.unit.pages >= budget.unit else None
        if task.purpose == "column" and self.column_found and (task.foreign or task.score < budget.weak):
            return "column found"
        if task.purpose in ("column", "list") and column is not None:
            if column.stopped:
                return f"column {column.stopped}"
            if column.trial is not None and column.trial.is_lost:
                return "levels beside the column that lead to nothing"
            return "list pages" if column.pages >= budget.list_pages else None
        if task.purpose == "hub":
            if self.column_found and not task.units:
                return "column found"
            if self._hubs[task.units] >= budget.hubs:
                return "hubs"
            if not self.column_found and self.others >= budget.before_column:
                return "before column"
        return None
