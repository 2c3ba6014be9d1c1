"""Headers of the three tables in a grid: which column prints what. Header cells may be merged, empty or split."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.alignment import Span, is_printed
from parsers.document import Grid, GridCell
from parsers.forms import FORMS, Banner
from parsers.labels import LONGEST_LABEL, begins_with, key, nearly, squeeze

_FORM = FORMS["2021"]
APPLICANTS = tuple(name.code for name in _FORM.applicants)
ROUTES = tuple(name.code for name in _FORM.routes)
RESULTS = tuple(name.code for name in _FORM.results)
_APPLICANT_KEYS = {key(name.zh): name.code for name in _FORM.applicants} | {"合计": "total"}
_RESULT_KEYS = {key(name.zh): name.code for name in _FORM.results} | {"合计": "total"}
_ORGANISATIONS = key(_FORM.request_bands[1])
_BAND_KEYS = tuple(key(band) for band in _FORM.dispute_bands)
_DISPUTE_NAMES = {*_RESULT_KEYS, *_BAND_KEYS}
# However the note goes on, so it begins.
_CORNER = key(_FORM.corner)[:10]
_REQUEST_LETTERS = set(key(_FORM.corner + "".join(_FORM.request_bands) + "".join(_APPLICANT_KEYS)))
# More headers than a part of table two ever has.
_MOST_COLUMNS = 16
# 其他 and 总计 stand in many tables; these only in the head of table three.
_TELLING = {label for label in _APPLICANT_KEYS if len(label) > 2} | {key(band) for band in _FORM.request_bands}


@dataclass(frozen=True)
class RequestHeader:
    """Columns of table three: spans left to right, the applicant each prints, whether every column has a header."""

    spans: tuple[Span, ...]
    applicants: tuple[str, ...]
    whole: bool = True


@dataclass(frozen=True)
class DisputeHeader:
    """Columns of table four; `spans` is empty when only their order is known."""

    spans: tuple[Span, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProactiveHeader:
    """A header of table two: the banners it fits (form, number), its columns in print order, their spans and texts."""

    options: tuple[tuple[str, int], ...]
    columns: tuple[int, ...]
    spans: tuple[Span, ...]
    texts: tuple[str, ...]

    @property
    def is_of_one_form(self) -> bool:
        """Does it tell the form? One that a later form took over as it was does not."""
        return len({form for form, _ in self.options}) == 1


def is_request_header(keys: Sequence[str]) -> bool:
    """Do these keys of a row's cells belong to the head of table three?"""
    for text in keys:
        if text.startswith(_CORNER):
            return True
    return not _TELLING.isdisjoint(keys) and len(_TELLING.intersection(keys)) >= 2


def is_torn_header(text: str) -> bool:
    """A line of nothing but letters of table three's head: what a page break leaves of it outside the table."""
    return bool(key(text)) and set(key(text)) <= _REQUEST_LETTERS


def is_dispute_header(keys: Sequence[str], beside_figures: bool) -> bool:
    """Do these keys of a row's cells, which may stand beside figures, open the head of table four?"""
    if _DISPUTE_NAMES.isdisjoint(keys):
        return False
    names = set(keys)
    results = sum(text in _RESULT_KEYS and text != "总计" for text in keys)
    alone = len(keys) == 1 and not beside_figures and keys[0] in _BAND_KEYS
    return alone or {"行政复议", "行政诉讼"} <= names or len(set(_BAND_KEYS[1:]) & names) >= 2 or results >= 3


def request_header(grid: Grid, rows: Sequence[int]) -> RequestHeader | None:
    """The seven columns; None where the header does not show seven in an order that can be trusted."""
    found: list[tuple[GridCell, str | None]] = []
    stacks = _stacks(grid, rows)
    for stack in stacks:
        code, cell = _applicant(stack)
        if cell is not None and all(cell is not other for other, _ in found):
            found.append((cell, code))
    named = [(cell, code) for cell, code in found if code is not None]
    codes = tuple(code for _, code in named)
    spans = tuple((cell.column, cell.end) for cell, _ in named)
    if sorted(codes) != sorted(APPLICANTS):
        return None
    if codes != APPLICANTS and not _is_band_whole(grid, rows, named):
        read = _order_read(grid, rows)
        return RequestHeader(spans, read, all(stacks)) if sorted(read) == sorted(APPLICANTS) else None
    return RequestHeader(spans, codes, all(stacks))


def _is_band_whole(grid: Grid, rows: Sequence[int], named: Sequence[tuple[GridCell, str]]) -> bool:
    """Does 法人或其他组织, where it is printed, stand over the five columns of organisations and no other?

    Empty cells to its right, which some print instead of a span, are part of it.
    """
    under: set[str] = set()
    bands = 0
    for row in rows:
        for at, band in enumerate(grid.rows[row]):
            if key(band.text) == _ORGANISATIONS:
                bands += 1
                end = next((cell.column for cell in grid.rows[row][at + 1 :] if is_printed(cell)), grid.width)
                under |= {code for cell, code in named if cell.column < end and cell.end > band.column}
    if not bands:
        return len({cell.row for cell, _ in named}) == 1
    return under == set(APPLICANTS[1:-1])


def _order_read(grid: Grid, rows: Sequence[int]) -> tuple[str, ...]:
    """The applicants as one reads the header. A band that lost its width stands for the five in the rows below it:
    its columns let what is printed beside it slip between them."""
    read: list[str] = []
    below: list[str] = []
    at = -1
    for row in rows:
        for cell in grid.rows[row]:
            text = key(cell.text)
            if cell.row != row:
                continue
            if text == _ORGANISATIONS and at < 0:
                at = len(read)
            elif code := _code_of(text):
                (below if code in APPLICANTS[1:-1] else read).append(code)
    return tuple(dict.fromkeys([*read[:at], *below, *read[at:]])) if at >= 0 else ()


def is_contradicted(grid: Grid, rows: Sequence[int]) -> bool:
    """Does a header that could not be read whole name its columns in another order than the form?"""
    codes = [code for code, cell in map(_applicant, _stacks(grid, rows)) if code is not None and cell is not None]
    order = [APPLICANTS.index(code) for code in dict.fromkeys(codes)]
    return order != sorted(order)


def _stacks(grid: Grid, rows: Sequence[int]) -> list[list[GridCell]]:
    """For each column the printed header cells over it, top to bottom, each once."""
    stacks: list[list[GridCell]] = [[] for _ in range(grid.width)]
    for row in rows:
        for cell in grid.printed[row]:
            for column in range(cell.column, cell.end):
                if all(cell is not other for other in stacks[column]):
                    stacks[column].append(cell)
    return stacks


def _applicant(stack: Sequence[GridCell]) -> tuple[str | None, GridCell | None]:
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
    if text in _APPLICANT_KEYS:
        return _APPLICANT_KEYS[text]
    near = [code for known, code in _APPLICANT_KEYS.items() if nearly(text, known)]
    return near[0] if len(near) == 1 else None


def dispute_header(grid: Grid, rows: Sequence[int]) -> DisputeHeader | None:
    """The columns of table four: fifteen, or those of one block where each block is a table of its own."""
    found: list[tuple[GridCell, str]] = []
    for stack in _stacks(grid, rows):
        joined = "".join(key(cell.text) for cell in stack)
        code = next((code for label, code in _RESULT_KEYS.items() if joined.endswith(label)), None)
        if code is not None and all(stack[-1] is not cell for cell, _ in found):
            found.append((stack[-1], code))
    printed = [key(cell.text) for row in rows for cell in grid.rows[row] if cell.row == row and is_printed(cell)]
    routes = _routes(len(found), printed)
    blocks = [[code for _, code in found[at : at + 5]] for at in range(0, len(found), 5)]
    if routes and all(sorted(block) == sorted(RESULTS) for block in blocks):
        spans = tuple((cell.column, cell.end) for cell, _ in found)
        return DisputeHeader(spans, tuple((routes[at // 5], code) for at, (_, code) in enumerate(found)))
    # The header's cells do not stand over their columns, but it names three totals: they are as one reads them.
    routes = _routes(len(ROUTES) * len(RESULTS), printed)
    if "".join(printed).count("总计") == 3 and {"行政复议", "行政诉讼"} <= set(printed) and routes:
        read = [_RESULT_KEYS[text] for text in printed if text in _RESULT_KEYS]
        results = read if len(read) == len(routes) * len(RESULTS) else RESULTS * len(routes)
        columns = tuple((routes[at // len(RESULTS)], result) for at, result in enumerate(results))
        return DisputeHeader((), columns) if len(set(columns)) == len(columns) else None
    return None


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
    direct, after = _BAND_KEYS[2:]
    litigation = [band for band in dict.fromkeys(printed) if band in (direct, after)]
    top = [band for band in dict.fromkeys(printed) if band in _BAND_KEYS[:2]]
    at = top.index(_BAND_KEYS[1]) if _BAND_KEYS[1] in top else len(top)
    named = [*top[:at], *litigation, *top[at + 1 :]]
    return tuple(dict(zip((_BAND_KEYS[0], direct, after), ROUTES, strict=True))[band] for band in named)


def banner_number(text: str) -> dict[str, int] | None:
    """For each form the number of the banner printed here: `第二十条第（一）项`."""
    return banner_keys().get(key(text))


@cache
def banner_keys() -> dict[str, dict[str, int]]:
    """The banners' keys, with the number of each in the forms that have it."""
    numbers: dict[str, dict[str, int]] = {}
    for name, form in FORMS.items():
        for at, banner in enumerate(form.banners):
            numbers.setdefault(key(banner.label), {})[name] = at
    return numbers


def proactive_header(printed: Sequence[GridCell], banner: dict[str, int] | None) -> ProactiveHeader | None:
    """The header row `信息内容｜…` of a part of table two, or None when these printed cells are none."""
    if not printed or key(printed[0].text) != "信息内容":
        return None
    options: list[tuple[str, int]] = []
    orders: set[tuple[int, ...]] = set()
    for name, at, order in _orders(tuple(cell.text for cell in printed[1:])):
        if banner is None or banner.get(name) == at:
            options.append((name, at))
            orders.add(order)
    if len(orders) > 1:
        return ProactiveHeader((), (), (), ())
    columns = orders.pop() if orders else ()
    spans = tuple((cell.column, cell.end) for cell in printed[1:])
    return ProactiveHeader(tuple(options), columns, spans, tuple(cell.text for cell in printed[1:]))


def _orders(texts: tuple[str, ...]) -> list[tuple[str, int, tuple[int, ...]]]:
    """(form, number of the banner, which of its columns each header is) for the banners that these headers fit."""
    short = len(texts) < _MOST_COLUMNS and all(len(text) <= LONGEST_LABEL for text in texts)
    return (_known_orders if short else _known_orders.__wrapped__)(texts)


@lru_cache(256)  # reports print the same headers
def _known_orders(texts: tuple[str, ...]) -> list[tuple[str, int, tuple[int, ...]]]:
    headed = [(name, form) for name, form in FORMS.items() if form.headed]
    banners = [(name, at, banner) for name, form in headed for at, banner in enumerate(form.banners)]
    return [(name, at, order) for name, at, banner in banners if (order := _column_order(texts, banner)) is not None]


def _column_order(texts: Sequence[str], banner: Banner) -> tuple[int, ...] | None:
    """Which of the banner's columns each printed header is; None unless all are there once."""
    if len(texts) != len(banner.columns):
        return None
    order = tuple(_column_of(text, banner) for text in texts)
    return order if sorted(order) == list(range(len(texts))) else None


def _column_of(text: str, banner: Banner) -> int:
    for at, column in enumerate(banner.columns):
        if any(key(text) == key(label) or begins_with(text, label) for label in column.labels):
            return at
    printed = key(re.sub(r"\(.*\)$", "", squeeze(text)))
    near = [
        at for at, column in enumerate(banner.columns) if any(nearly(printed, key(label)) for label in column.labels)
    ]
    return near[0] if len(near) == 1 else -1
