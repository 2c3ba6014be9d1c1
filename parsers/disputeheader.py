"""The header of table four in a grid: which column prints what. Its cells may be merged, empty or split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.alignment import Span
from parsers.forms import FORMS
from parsers.headcells import Head, HeadCell, read_once, stacks_of
from parsers.headers import BAND_KEYS, RESULT_KEYS, RESULTS, ROUTES
from parsers.labels import key

# All letters of the header, each as often as it is printed; so many may be misprinted.
_LETTERS = Counter("".join(BAND_KEYS) + "".join(key(name.zh) for name in FORMS["2021"].results) * len(ROUTES))
_SLACK = 2


@dataclass(frozen=True)
class DisputeHeader:
    """Columns of table four; `spans` is empty when only their order is known.

    A `narrow` header prints columns beside the form's: then only what stands under its labels are figures.
    """

    spans: tuple[Span, ...]
    columns: tuple[tuple[str, str], ...]
    narrow: bool = False


@read_once
def dispute_header(head: Head) -> DisputeHeader | None:
    """The columns of table four: fifteen, or those of one block where each block is a table of its own."""
    found: list[tuple[HeadCell, str]] = []
    stacks = stacks_of(head)
    for stack in stacks:
        joined = "".join(key(cell.text) for cell in stack)
        code = next((code for label, code in RESULT_KEYS.items() if joined.endswith(label)), None)
        if code is not None and all(stack[-1] != cell for cell, _ in found):
            found.append((stack[-1], code))
    printed = [
        key(cell.text)
        for number, row in zip(head.numbers, head.rows, strict=True)
        for cell in row
        if cell.row == number and cell.is_printed
    ]
    routes = _routes(len(found), printed)
    blocks = [[code for _, code in found[at : at + 5]] for at in range(0, len(found), 5)]
    if routes and all(sorted(block) == sorted(RESULTS) for block in blocks):
        spans = tuple((cell.column, cell.end) for cell, _ in found)
        named = {cell for cell, _ in found}
        narrow = any(
            stack[-1] not in named and key(stack[-1].text) not in BAND_KEYS for stack in stacks[spans[0][0] :] if stack
        )
        return DisputeHeader(spans, tuple((routes[at // 5], code) for at, (_, code) in enumerate(found)), narrow)
    # The header's cells do not stand over their columns, but it names three totals: they are as one reads them.
    routes = _routes(len(ROUTES) * len(RESULTS), printed)
    words = "".join(printed)
    if words.count("总计") == 3 and {"行政复议", "行政诉讼"} <= set(printed) and routes and not _has_others(words):
        read = [RESULT_KEYS[text] for text in printed if text in RESULT_KEYS]
        results = read if len(read) == len(routes) * len(RESULTS) else RESULTS * len(routes)
        columns = tuple((routes[at // len(RESULTS)], result) for at, result in enumerate(results))
        return DisputeHeader((), columns) if len(set(columns)) == len(columns) else None
    return None


def _has_others(words: str) -> bool:
    """Does a header print a column beside the form's: 撤回申请?"""
    return sum((Counter(words) - _LETTERS).values()) > _SLACK


def _routes(columns: int, printed: Sequence[str]) -> tuple[str, ...]:
    """Whose the blocks of five columns are, left to right, by the bands over them as one reads them."""
    order = _route_order(printed)
    if columns == 15 and len(order) < len(ROUTES):
        return ROUTES if list(order) == [route for route in ROUTES if route in order] else ()
    if columns == 15:
        return order
    if columns == 10 and "行政复议" not in printed:
        return order if len(order) == 2 else ROUTES[1:]
    return order if columns == 5 and len(order) == 1 else ()


def _route_order(printed: Sequence[str]) -> tuple[str, ...]:
    """The routes that the bands name; 行政诉讼 stands for the two below it."""
    direct, after = BAND_KEYS[2:]
    litigation = [band for band in dict.fromkeys(printed) if band in (direct, after)]
    top = [band for band in dict.fromkeys(printed) if band in BAND_KEYS[:2]]
    at = top.index(BAND_KEYS[1]) if BAND_KEYS[1] in top else len(top)
    named = [*top[:at], *litigation, *top[at + 1 :]]
    return tuple(dict(zip((BAND_KEYS[0], direct, after), ROUTES, strict=True))[band] for band in named)
