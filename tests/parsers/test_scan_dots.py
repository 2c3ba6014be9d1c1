"""Commas and points in scans: a coarse picture shows one or two dots of ink, and the column tells which they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from parsers.cells import Quantity, cell_of
from parsers.document import POINT_OR_COMMA, GridCell
from parsers.formats.scan_cells import Looked, _joined
from parsers.formats.scan_engine import Read
from parsers.formats.scan_ink import Ink
from parsers.formats.scan_looks import Seen
from parsers.legacytables import _cell

DOTS_PER_POINT = 2.0
WIDE, HIGH, NEXT = 9, 16, 12
SURE, POOR = 0.9, 0.4


def looked(texts: Sequence[str], dot: float = SURE, digit: float = SURE) -> Looked:
    """A line of ink of so many glyphs, and what its looks read, digits and dots each so certain."""
    glyphs = tuple((NEXT * at, 0, NEXT * at + WIDE, HIGH) for at in range(len(texts[0])))
    size = HIGH, NEXT * len(glyphs)
    ink = Ink(np.zeros(size, np.uint8), np.ones(size, np.float32), DOTS_PER_POINT, glyphs, False)
    reads = [Read(text, (0.5,) * len(text), tuple(digit if char.isalnum() else dot for char in text)) for text in texts]
    return Looked(ink, tuple(reads))


def cell(seen: Seen, quantity: Quantity = "count") -> tuple[object, str, str]:
    found = cell_of(_grid_cell(seen), quantity, "万元")
    return found.value, found.kind, found.raw


def _grid_cell(seen: Seen) -> GridCell:
    return GridCell(seen.text, 0, 0, sure=seen.doubt is None, doubt=seen.doubt, confidence=seen.confidence)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([looked(["3,378", "3.378"])], (3378, "number", "3,378")),
        ([looked(["3.378", "3.378"])], (3378, "number", "3,378")),
        ([looked(["3,378", "3，378"], dot=POOR)], (3378, "number", "3,378")),
        ([looked(["8,888,888", "8,888.888"])], (8888888, "number", "8,888,888")),
        # Wrapped behind a full-width comma's group.
        ([looked(["1,09", "1.09"]), looked(["3", "3"])], (1093, "number", "1,093")),
    ],
)
def test_a_count_has_no_fraction_whatever_its_dots_look_like(
    lines: Sequence[Looked], count: tuple[object, str, str]
) -> None:
    seen = _joined(lines, False)
    assert seen.doubt == POINT_OR_COMMA
    assert cell(seen) == count


@pytest.mark.parametrize("texts", [("3,378", "3.378"), ("3.378", "3.378"), ("3,378", "3,378")])
@pytest.mark.parametrize("quantity", ["wan_yuan", "yuan"])
def test_an_amount_with_three_digits_behind_a_dot_is_not_believed(texts: Sequence[str], quantity: Quantity) -> None:
    seen = _joined([looked(texts)], False)
    assert cell(seen, quantity)[:2] == (None, "unreadable")
    assert cell_of(_grid_cell(seen), quantity).note == "low_confidence"
    assert _cell(_grid_cell(seen), "万元").kind == "unreadable"


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        # One look sees another digit.
        ([looked(["3,378", "3.373"])], "readings_differ"),
        ([looked(["3,378", "3.378"], digit=POOR)], "low_confidence"),
        ([looked(["3,378", "3378"])], "readings_differ"),
        # No thousands: a point is as likely.
        ([looked(["12,50", "12.50"])], "readings_differ"),
        ([looked(["1234,567", "1234.567"])], "readings_differ"),
        ([looked(["3,378", "3.378"]), looked(["12", "17"])], "readings_differ"),
        # One figure or two.
        ([looked(["1.09", "1.09"]), looked(["3", "3"])], "low_confidence"),
    ],
)
def test_dots_excuse_nothing_else(lines: Sequence[Looked], doubt: str) -> None:
    seen = _joined(lines, False)
    assert seen.doubt == doubt
    assert cell(seen)[:2] == (None, "unreadable")


def test_an_amount_with_another_fraction_is_read_as_before() -> None:
    assert cell(_joined([looked(["31408.25", "31408.25"])], False), "wan_yuan")[1:] == ("number", "31408.25")
