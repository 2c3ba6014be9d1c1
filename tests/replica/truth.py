"""What the replica knows to be true of each report it publishes, worked out from the figures alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tests.replica.figures import Figures
from tests.replica.statutory import APPLICANTS, RESULTS, ROUTES, leaves, outcomes

Value = int | str | None
_KINDS = {"": "blank", "/": "slash", "-": "dash", "—": "dash", "－": "dash", "无": "none"}


@dataclass(frozen=True)
class TrueDocument:
    """One way a report is published: where, as what, and whether the three tables stand in it.

    `urls` are the addresses of the same bytes. `role` is page (HTML), attachment (linked from the report's
    own page) or file (a PDF that a list links to).
    """

    urls: tuple[str, ...]
    media: str
    role: str
    has_tables: bool


@dataclass(frozen=True)
class TrueReport:
    """A report that the replica publishes.

    `figures` is path to printed text, `values` path to the value it stands for (money as text, None where
    the cell says nothing), `kinds` the same cells' kinds. `failing` are the identities (rule, scope) broken
    by cells that are all numbers; `undecided` those with a cell that is none.
    """

    portal: str
    unit: str
    unit_level: str
    year: int
    form: str
    title: str
    one_row_other: bool
    documents: tuple[TrueDocument, ...]
    figures: Mapping[str, str]
    period: tuple[str, str] | None = None
    signed: str | None = None
    published: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    failing: frozenset[tuple[str, str]] = frozenset()
    undecided: frozenset[tuple[str, str]] = frozenset()

    @property
    def best(self) -> TrueDocument:
        """The document that the figures are read from: one with tables, an attachment before a page."""
        return max(self.documents, key=lambda d: (d.has_tables, d.role != "page"))

    @property
    def url(self) -> str:
        return self.best.urls[0]

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address at which something of this report stands."""
        return tuple(url for document in self.documents for url in document.urls)

    @property
    def media(self) -> str:
        return self.best.media

    @property
    def role(self) -> str:
        return self.best.role


def kind_of(raw: str) -> str:
    """The kind of a printed cell; the replica prints no other text than these and numbers."""
    return _KINDS.get(raw.strip(), "number")


def value_of(path: str, raw: str) -> Value:
    """What a printed cell of the replica says: counts as int, money as text in the contract's unit."""
    if kind_of(raw) != "number":
        return None
    # A sign may be printed as a dash: ＋24, —3.
    text = unicodedata.normalize("NFKC", raw).replace(",", "").replace("—", "-").strip()
    if path == "proactive.procurement_amount":
        places = 4 if "万" in text else 0
        return format(Decimal(text.rstrip("元").rstrip("万")).scaleb(places), "f")
    if path == "proactive.admin_fees_wan_yuan":
        return text
    return int(text.removesuffix("件"))


def values_of(figures: Figures) -> dict[str, Value]:
    return {path: value_of(path, raw) for path, raw in figures.cells.items()}


def broken_identities(figures: Figures) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """(failing, undecided) among the form's own sums, by simple addition."""
    values = values_of(figures)
    failing, undecided = set(), set()
    for identity, left, right in _identities(figures):
        cells = [values.get(path) for path in (*left, *right)]
        if not all(isinstance(cell, int) for cell in cells):
            undecided.add(identity)
        elif sum(int(cell or 0) for cell in cells[: len(left)]) != sum(int(cell or 0) for cell in cells[len(left) :]):
            failing.add(identity)
    return frozenset(failing), frozenset(undecided)


def _identities(figures: Figures) -> list[tuple[tuple[str, str], list[str], list[str]]]:
    applicants = [code for code, _ in APPLICANTS]
    results = [code for code, _ in RESULTS]
    found = []
    for who in applicants:
        came = [f"requests.{row}.{who}" for row in ("new_received", "carried_in")]
        went = [f"requests.{row}.{who}" for row in ("total_processed", "carried_out")]
        parts = [f"requests.{row}.{who}" for row in leaves(figures.one_row_other)]
        found += [(("flow", who), came, went), (("items", who), parts, went[:1])]
    for row in outcomes(figures.one_row_other):
        cells = [f"requests.{row}.{who}" for who in applicants]
        found.append((("row", row), cells[:-1], cells[-1:]))
    for route in ROUTES:
        cells = [f"disputes.{route}.{result}" for result in results]
        found.append((("dispute_total", route), cells[:-1], cells[-1:]))
    return found
