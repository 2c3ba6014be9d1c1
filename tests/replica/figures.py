"""The figures that the replica's reports print: recorded ones (figures.toml) and made-up ones.

A path names a cell: `proactive.ITEM`, `requests.OUTCOME.APPLICANT`, `disputes.ROUTE.RESULT`. Its value here
is the text as printed, so that a blank, a slash or a wrong total can be planted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.replica.statutory import APPLICANTS, RESULTS, ROUTES, items, leaves, outcomes

_RECORDED = Path(__file__).with_name("figures.toml")
_COLUMNS = [code for code, _ in APPLICANTS]
_RESULTS = [code for code, _ in RESULTS]


@dataclass(frozen=True)
class Figures:
    """All cells of one report: path to printed text. A path that is not there is not printed."""

    form: str
    one_row_other: bool
    cells: Mapping[str, str]

    def changed(self, changes: Mapping[str, str]) -> Figures:
        """The same figures with some cells printed otherwise (a planted total, a slash, a blank)."""
        unknown = changes.keys() - self.cells.keys()
        if unknown:
            raise KeyError(f"no such cell in this report: {sorted(unknown)}")
        return Figures(self.form, self.one_row_other, {**self.cells, **changes})

    def without_row(self, prefix: str) -> Figures:
        """The same figures without the cells whose path starts with `prefix`: the form's row is left out."""
        kept = {path: raw for path, raw in self.cells.items() if not path.startswith(prefix)}
        return Figures(self.form, self.one_row_other, kept)


def recorded(name: str) -> Figures:
    """The figures of a published report, by its name in figures.toml."""
    entry = _recorded_file()[name]
    form, one_row = entry["form"], entry.get("one_row_other", False)
    cells = {f"proactive.{item}": entry.get("proactive", {}).get(item, "0") for item in items(form)}
    for table, rows, columns in (("requests", outcomes(one_row), _COLUMNS), ("disputes", ROUTES, _RESULTS)):
        for row in rows:
            printed = entry.get(table, {}).get(row, " ".join("0" for _ in columns)).split()
            cells |= {f"{table}.{row}.{c}": raw for c, raw in zip(columns, printed, strict=True)}
    return Figures(form, one_row, cells)


def invented(
    name: str, form: str = "2021", people: int = 30, companies: int = 0, one_row_other: bool | None = None
) -> Figures:
    """Made-up figures that add up: the same name always gives the same ones.

    `people` and `companies` are the requests processed from natural persons and from commercial enterprises.
    """
    one_row = form == "2019" if one_row_other is None else one_row_other
    dice = _dice(name)
    cells = {f"proactive.{item}": _proactive(item, next(dice)) for item in items(form)}
    table = {row: dict.fromkeys(_COLUMNS, 0) for row in outcomes(one_row)}
    for applicant, processed in (("natural_person", people), ("commercial", companies)):
        for leaf, count in _shares(processed, leaves(one_row), dice).items():
            table[leaf][applicant] = count
        waiting, earlier = next(dice) % 4 if processed else 0, min(next(dice) % 3, processed)
        table["total_processed"][applicant] = processed
        table["carried_out"][applicant] = waiting
        table["carried_in"][applicant] = earlier
        table["new_received"][applicant] = processed + waiting - earlier
    for row, counts in table.items():
        counts["total"] = sum(counts.values())
        cells |= {f"requests.{row}.{column}": str(count) for column, count in counts.items()}
    for route in ROUTES:
        counts = {result: next(dice) % 4 if people > 10 else 0 for result in _RESULTS[:-1]}
        counts["total"] = sum(counts.values())
        cells |= {f"disputes.{route}.{result}": str(count) for result, count in counts.items()}
    return Figures(form, one_row, cells)


@cache
def _recorded_file() -> dict[str, Any]:
    return tomllib.loads(_RECORDED.read_text(encoding="utf-8"))


def _dice(name: str) -> Iterator[int]:
    """An endless row of numbers that depends on nothing but the name."""
    throw = 0
    while True:
        yield int.from_bytes(sha256(f"{name}:{throw}".encode()).digest()[:4], "big")
        throw += 1


def _shares(whole: int, among: list[str], dice: Iterator[int]) -> dict[str, int]:
    """`whole` requests spread over the leaves: a half granted, the rest in up to four other ways."""
    shares = {"granted_full": (whole + 1) // 2}
    left = whole - shares["granted_full"]
    for _ in range(3):
        leaf, count = among[1 + next(dice) % (len(among) - 1)], next(dice) % (left + 1)
        shares[leaf] = shares.get(leaf, 0) + count
        left -= count
    shares["unable_not_held"] = shares.get("unable_not_held", 0) + left
    return shares


def _proactive(item: str, throw: int) -> str:
    if item.startswith("regulations"):
        return "0"
    if item == "admin_fees_wan_yuan":
        return f"{throw % 9000}.{throw % 97:02d}"
    if item == "procurement_amount":
        return f"{100000 + throw % 9000000}.{throw % 89 + 10}元"
    if item.endswith("_change"):
        return ("+" if throw % 2 else "-") + str(1 + throw % 40)
    if item.startswith("normative_docs") or item == "procurement_projects":
        return str(throw % 30)
    return str(throw % 5000)
