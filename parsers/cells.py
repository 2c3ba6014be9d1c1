"""From a printed text to a Cell: counts, signed counts, and the two amounts of money."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from parsers.document import NOWHERE, POINT_OR_COMMA
from parsers.found import Figure
from parsers.labels import LONGEST_LABEL, squeeze
from parsers.numbers import empty_kind, power_of, read_count, read_decimal, shifted
from parsers.report import Cell, Place

Quantity = Literal["count", "signed", "wan_yuan", "yuan"]
# Where an amount with no unit of its own gets one from: the power of ten to yuan of the unit that is kept.
_KEPT = {"wan_yuan": 4, "yuan": 0}
_POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
# Behind a letter that is none of these, 元 is a unit that nobody knows.
_UNITS_OF_YUAN = re.compile(r"(?:单位|人民币|金额|(?<![^\W\d_]))(百万|千万|百|千|万|亿|)元")


def cell_of(figure: Figure, quantity: Quantity, header: str = "") -> Cell:
    """The cell that a figure found in the document is; what is not sure is unreadable."""
    raw = figure.raw
    if figure.doubt == POINT_OR_COMMA and quantity in ("count", "signed"):
        # A count has no fraction.
        raw = raw.replace(".", ",")
    elif not figure.sure:
        return unreadable(figure)
    said = (_said if len(raw) + len(header) <= LONGEST_LABEL else _said.__wrapped__)(raw, quantity, header)
    if figure.place is NOWHERE and figure.confidence is None:
        return said
    return Cell(said.value, said.kind, said.raw, figure.place, said.note, figure.confidence)


def unreadable(figure: Figure) -> Cell:
    """The cell of a figure that is not sure."""
    note = "low_confidence" if figure.doubt == POINT_OR_COMMA else figure.doubt
    return Cell(None, "unreadable", figure.raw.strip(), figure.place, note, figure.confidence)


@lru_cache(2048)  # tables print the same few figures and marks again and again
def _said(raw: str, quantity: Quantity, header: str) -> Cell:
    return make_cell(raw, quantity, NOWHERE, header)


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
    units = _UNITS_OF_YUAN.findall(squeeze(header))
    return _POWERS[units[-1]] if units else None
