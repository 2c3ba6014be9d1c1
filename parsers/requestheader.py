"""The header of table three in a grid: which column prints what. Its cells may be merged, empty or split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.alignment import Span
from parsers.forms import FORMS
from parsers.headcells import Head, HeadCell, read_once, stacks_of
from parsers.headers import APPLICANT_KEYS, APPLICANTS
from parsers.labels import distance, key, nearly

_ORGANISATIONS = key(FORMS["2021"].request_bands[1])
# All letters that its header is printed with.
_LETTERS = frozenset(key(FORMS["2021"].corner + "".join(FORMS["2021"].request_bands) + "".join(APPLICANT_KEYS)))
# What is shorter is a piece of a label, or a column's number.
_SHORTEST_WORD = 2
# Of so many letters one may be misprinted.
_PER_MISPRINT = 3


@dataclass(frozen=True)
class RequestHeader:
    """Columns of table three: spans left to right, the applicant each prints, whether every column has a header."""

    spans: tuple[Span, ...]
    applicants: tuple[str, ...]
    whole: bool = True


@read_once
def request_header(head: Head) -> RequestHeader | None:
    """The seven columns; None where the header does not show seven in an order that can be trusted."""
    found: list[tuple[HeadCell, str | None]] = []
    stacks = stacks_of(head)
    for stack in stacks:
        code, cell = _applicant(stack)
        if cell is not None and all(cell != other for other, _ in found):
            found.append((cell, code))
    named = [(cell, code) for cell, code in found if code is not None]
    codes = tuple(code for _, code in named)
    spans = tuple((cell.column, cell.end) for cell, _ in named)
    if sorted(codes) != sorted(APPLICANTS):
        return None
    if codes != APPLICANTS and not _is_band_whole(head, named):
        read = _order_read(head)
        return RequestHeader(spans, read, all(stacks)) if sorted(read) == sorted(APPLICANTS) else None
    return RequestHeader(spans, codes, all(stacks))


def _is_band_whole(head: Head, named: Sequence[tuple[HeadCell, str]]) -> bool:
    """Does 法人或其他组织, where it is printed, stand over the five columns of organisations and no other?

    Empty cells to its right, which some print instead of a span, are part of it.
    """
    under: set[str] = set()
    bands = 0
    for row in head.rows:
        for at, band in enumerate(row):
            if key(band.text) == _ORGANISATIONS:
                bands += 1
                end = next((cell.column for cell in row[at + 1 :] if cell.is_printed), head.width)
                under |= {code for cell, code in named if cell.column < end and cell.end > band.column}
    if not bands:
        return len({cell.row for cell, _ in named}) == 1
    return under == set(APPLICANTS[1:-1])


def _order_read(head: Head) -> tuple[str, ...]:
    """The applicants as one reads the header. A band that lost its width stands for the five in the rows below it:
    its columns let what is printed beside it slip between them."""
    read: list[str] = []
    below: list[str] = []
    at = -1
    for number, row in zip(head.numbers, head.rows, strict=True):
        for cell in row:
            text = key(cell.text)
            if cell.row != number:
                continue
            if text == _ORGANISATIONS and at < 0:
                at = len(read)
            elif code := _code_of(text):
                (below if code in APPLICANTS[1:-1] else read).append(code)
    return tuple(dict.fromkeys([*read[:at], *below, *read[at:]])) if at >= 0 else ()


@read_once
def is_contradicted(head: Head) -> bool:
    """Does a header that could not be read whole name its columns in another order than the form, or two alike?

    Or does it leave one of them out, and no place for it?
    """
    named = dict.fromkeys(
        (cell, APPLICANTS.index(code))
        for code, cell in map(_applicant, stacks_of(head))
        if code is not None and cell is not None
    )
    for (left, before), (right, after) in pairwise(named):
        if after <= before or (after > before + 1 and right.column <= left.end):
            return True
    return False


@read_once
def strange_end(head: Head) -> int:
    """The last column (from 1; 0: none) over which something else is printed than a header of table three has."""
    return max((cell.end for row in head.rows for cell in row if _is_strange(key(cell.text))), default=0)


def _is_strange(text: str) -> bool:
    """小计, 备注, 公安局, 2019年: neither a piece of a header's label nor a misprint of one, nor the table's unit."""
    if len(text) < _SHORTEST_WORD or _LETTERS.issuperset(text) or text.startswith(("单位", "计量单位")):
        return False
    labels = (*APPLICANT_KEYS, *map(key, FORMS["2021"].request_bands))
    return not any(
        label in text or distance(text, label) <= len(label) // _PER_MISPRINT
        for label in labels
        if len(label) >= _PER_MISPRINT
    )


def _applicant(stack: Sequence[HeadCell]) -> tuple[str | None, HeadCell | None]:
    """The applicant that the lowest telling cell over a column names."""
    joined = ""
    for cell in reversed(stack):
        for text in (key(cell.text), key(cell.text) + joined):
            if code := _code_of(text):
                return code, cell
        joined = key(cell.text) + joined
    return None, None


def _code_of(text: str) -> str | None:
    """The applicant that a key names, exactly or nearly."""
    if text in APPLICANT_KEYS:
        return APPLICANT_KEYS[text]
    near = [code for known, code in APPLICANT_KEYS.items() if nearly(text, known)]
    return near[0] if len(near) == 1 else None
