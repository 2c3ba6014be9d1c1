"""From a printed text to a Cell: counts, signed counts, and the two amounts of money."""

from __future__ import annotations

from typing import Literal

from parsers.numbers import empty_kind, power_of, read_count, read_decimal, shifted
from parsers.report import Cell, Place

Quantity = Literal["count", "signed", "wan_yuan", "yuan"]
# Where an amount with no unit of its own gets one from: the power of ten to yuan of the unit that is kept.
_KEPT = {"wan_yuan": 4, "yuan": 0}


def make_cell(raw: str, quantity: Quantity, place: Place, header: str = "") -> Cell:
    """The cell that prints `raw` under the column header `header` (which may state the unit of money)."""
    raw = raw.strip()
    if quantity in ("count", "signed"):
        value, kind = read_count(raw, signed=quantity == "signed")
        return Cell(value, kind, raw, place)
    kind_without = empty_kind(raw)
    if kind_without is not None:
        return Cell(None, kind_without, raw, place)
    return _money(raw, quantity, place, header)


def _money(raw: str, quantity: Quantity, place: Place, header: str) -> Cell:
    amount, unit = read_decimal(raw)
    if amount is None:
        return Cell(None, "text", raw, place)
    note = "unit_inferred" if unit in ("万", "亿") else None
    power = power_of(unit)
    if power is None:
        power = _header_power(header)
    if power is None and quantity == "wan_yuan":
        # The form's own header says 万元; here it is not printed.
        power, note = _KEPT[quantity], "unit_inferred"
    if power is None:
        return Cell(None, "text", raw, place, "unit_missing")
    return Cell(shifted(amount, power - _KEPT[quantity]), "number", raw, place, note)


def _header_power(header: str) -> int | None:
    """The unit that a column's header states: `采购总金额（万元）` → 4."""
    for unit in ("亿元", "万元", "元"):
        if unit in header:
            return power_of(unit)
    return None
