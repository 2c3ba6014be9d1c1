"""How much a portal may be asked for (portals.md, section 6.5), and what a crawl's budgets cut off."""

from __future__ import annotations

from dataclasses import dataclass

# What a person should hear of. The other cuts are how a crawl is meant to end.
TOLD = ("requests", "documents", "list pages", "before column", "unit pages", "queue")


@dataclass(frozen=True)
class Budget:
    """The limits of one portal's crawl.

    `others` counts every request that is neither for a report nor for its attachment; a column scored under
    `weak` (a bare 年报) is not tried once another has given reports; `unit` is for the pages on which one unit's own
    column is looked for. `queued` bounds the memory that a page of endless links can take.
    """

    before_column: int = 15
    hubs: int = 8
    depth: int = 5
    list_pages: int = 60
    others: int = 150
    documents: int = 2000
    weak: int = 60
    unit: int = 6
    queued: int = 20_000


GOVERNMENT = Budget()
ALL = Budget(others=1500)


@dataclass(frozen=True)
class Cut:
    """Links that a budget cut off: of one column or of one unit's pages, where `url` names it, else of the portal."""

    budget: str
    links: int
    url: str = ""

    @property
    def sentence(self) -> str:
        """What a person is told."""
        return f"the budget for {self.budget} cut off {self.links} link{'s' if self.links > 1 else ''}"
