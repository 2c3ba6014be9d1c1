"""Quantities in prose held against the tables, and the rows of both that the archive keeps. A hint, never a verdict."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from archive.differences import Parsed, cells_of
from archive.privacy import mask_mobiles, public_figure
from parsers.quantities import quantities

# An amount in prose and the cell it may repeat, both in yuan.
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_CELL_UNITS = {"proactive.admin_fees_wan_yuan": "万元", "proactive.procurement_amount": "元"}
# “About” and “more than” may be off by a tenth; printed amounts by what rounding takes.
_ABOUT = Decimal("0.1")
_ROUNDED = Decimal("0.005")


def claim_rows(report: int, parsed: Parsed) -> list[dict[str, Any]]:
    """The rows of `claims` for a report; none for a reading made before claims were read."""
    cells = cells_of(parsed)
    rows = []
    for claim in parsed.get("claims", []):
        found = table_value(claim, cells)
        masked = {key: mask_mobiles(claim[key]) for key in ("sentence", "text")}
        rows.append(
            {"report_id": report}
            | {key: claim[key] for key in ("section", "quantity", "value", "unit")}
            | masked
            | {
                "approximate": int(claim["approximate"]),
                "table_value": None if found is None else _sql(found[0]),
                "agrees": None if found is None else int(found[1]),
            }
        )
    return rows


def table_value(claim: dict[str, Any], cells: dict[str, dict[str, Any]]) -> tuple[Decimal, bool] | None:
    """The tables' figure for a claim, in its unit, and whether they agree; None where no table prints the quantity.

    What prose calls received may be the new requests, these with those carried in, or natural persons' alone: any
    of the ways that the quantity allows will do, and the one that agrees is given.
    """
    quantity = quantities().get(claim["quantity"] or "")
    if quantity is None:
        return None
    stated = Decimal(str(claim["value"]))
    sums = [_sum(codes, cells, claim["unit"]) for codes in quantity.cells]
    decided = [found for found in sums if found is not None]
    if not decided:
        return None
    matching = [found for found in decided if _same(stated, found, claim)]
    return (matching[0], True) if matching else (decided[0], False)


def _sum(codes: tuple[str, ...], cells: dict[str, dict[str, Any]], unit: str) -> Decimal | None:
    """The sum of the cells, in the claim's unit; None when one of them has no figure."""
    total = Decimal(0)
    for code in codes:
        value = cells.get(code, {}).get("value")
        if value is None:
            return None
        total += Decimal(str(value)) * _YUAN[_CELL_UNITS[code]] / _YUAN[unit] if code in _CELL_UNITS else Decimal(value)
    return total


def _same(stated: Decimal, printed: Decimal, claim: dict[str, Any]) -> bool:
    if claim["approximate"]:
        return abs(stated - printed) <= _ABOUT * max(stated, printed)
    rounded = _ROUNDED * abs(stated) if claim["unit"] in _YUAN else Decimal(0)
    return abs(stated - printed) <= rounded


def _sql(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")


def legacy_rows(report: int, parsed: Parsed) -> list[dict[str, Any]]:
    """The rows of `legacy` for a report."""
    return [
        {
            "report_id": report,
            "row": figure["row"],
            "label": figure["label"],
            "unit": figure["unit"],
            "column_label": figure["column"],
            **{key: figure["cell"][key] for key in ("value", "kind", "raw")},
        }
        for figure in map(public_figure, parsed.get("legacy", []))
    ]
