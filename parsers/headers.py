"""Headers of the three tables in a grid: which column prints what. Header cells may be merged, empty or split."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.alignment import Span, is_printed
from parsers.document import Grid, GridCell
from parsers.forms import FORMS, Banner
from parsers.labels import begins_with, key, nearly, squeeze

_FORM = FORMS["2021"]
APPLICANTS = tuple(name.code for name in _FORM.applicants)
ROUTES = tuple(name.code for name in _FORM.routes)
RESULTS = tuple(name.code for name in _FORM.results)
_APPLICANT_KEYS = {key(name.zh): name.code for name in _FORM.applicants} | {"合计": "total"}
_RESULT_KEYS = {key(name.zh): name.code for name in _FORM.results} | {"合计": "total"}
_BAND_KEYS = tuple(key(band) for band in _FORM.dispute_bands)
_BANNER_NUMBERS = {
    key(banner.label): {
        name: at
        for name, form in FORMS.items()
        for at, other in enumerate(form.banners)
        if key(other.label) == key(banner.label)
    }
    for known in FORMS.values()
    for banner in known.banners
}
_CORNER = key(_FORM.corner)
# 其他 and 总计 stand in many tables; these only in the head of table three.
_TELLING = {label for label in _APPLICANT_KEYS if len(label) > 2} | {key(band) for band in _FORM.request_bands}


@dataclass(frozen=True)
class RequestHeader:
    """Columns of table three: spans left to right and the applicant each prints."""

    spans: tuple[Span, ...]
    applicants: tuple[str, ...]


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


def is_request_header(keys: Sequence[str]) -> bool:
    """Do these keys of a row's cells belong to the head of table three?"""
    return any(text.startswith(_CORNER) for text in keys) or len(_TELLING & set(keys)) >= 2


def is_dispute_header(keys: Sequence[str]) -> bool:
    """Do these keys open the head of table four?"""
    names = set(keys)
    results = sum(text in _RESULT_KEYS and text != "总计" for text in keys)
    alone = len(keys) == 1 and keys[0] in _BAND_KEYS
    return alone or {"行政复议", "行政诉讼"} <= names or len(set(_BAND_KEYS[1:]) & names) >= 2 or results >= 3


def request_header(grid: Grid, rows: Sequence[int]) -> RequestHeader | None:
    """The seven columns; None where the header does not show seven in an order that can be trusted."""
    found: list[tuple[GridCell, str | None]] = []
    for stack in _stacks(grid, rows):
        code, cell = _applicant(stack)
        if cell is not None and all(cell is not other for other, _ in found):
            found.append((cell, code))
    named = [(cell, code) for cell, code in found if code is not None]
    codes = tuple(code for _, code in named)
    spans = tuple((cell.column, cell.end) for cell, _ in named)
    return RequestHeader(spans, codes) if sorted(codes) == sorted(APPLICANTS) else None


def is_contradicted(grid: Grid, rows: Sequence[int]) -> bool:
    """Does a header that could not be read whole name its columns in another order than the form?"""
    codes = [code for code, cell in map(_applicant, _stacks(grid, rows)) if code is not None and cell is not None]
    order = [APPLICANTS.index(code) for code in dict.fromkeys(codes)]
    return order != sorted(order)


def _stacks(grid: Grid, rows: Sequence[int]) -> list[list[GridCell]]:
    """For each column the printed header cells over it, top to bottom, each once."""
    stacks: list[list[GridCell]] = [[] for _ in range(grid.width)]
    for row in rows:
        for cell in grid.rows[row]:
            for column in range(cell.column, cell.end):
                if is_printed(cell) and all(cell is not other for other in stacks[column]):
                    stacks[column].append(cell)
    return stacks


def _applicant(stack: Sequence[GridCell]) -> tuple[str | None, GridCell | None]:
    """The applicant that the lowest telling cell over a column names."""
    joined = ""
    for cell in reversed(stack):
        for text in (key(cell.text), key(cell.text) + joined):
            if text in _APPLICANT_KEYS:
                return _APPLICANT_KEYS[text], cell
            near = [code for known, code in _APPLICANT_KEYS.items() if nearly(text, known)]
            if len(near) == 1:
                return near[0], cell
        joined = key(cell.text) + joined
    return None, None


def dispute_header(grid: Grid, rows: Sequence[int]) -> DisputeHeader | None:
    """The columns of table four: fifteen, or those of one block where each block is a table of its own."""
    found: list[tuple[GridCell, str]] = []
    for stack in _stacks(grid, rows):
        joined = "".join(key(cell.text) for cell in stack)
        code = next((code for label, code in _RESULT_KEYS.items() if joined.endswith(label)), None)
        if code is not None and all(stack[-1] is not cell for cell, _ in found):
            found.append((stack[-1], code))
    printed = [key(cell.text) for row in rows for cell in grid.rows[row] if cell.row == row and is_printed(cell)]
    routes = _routes(len(found), set(printed))
    blocks = [[code for _, code in found[at : at + 5]] for at in range(0, len(found), 5)]
    if routes and all(sorted(block) == sorted(RESULTS) for block in blocks):
        spans = tuple((cell.column, cell.end) for cell, _ in found)
        return DisputeHeader(spans, tuple((routes[at // 5], code) for at, (_, code) in enumerate(found)))
    # The header's cells do not stand over their columns, but it names three totals: the form's order holds.
    if "".join(printed).count("总计") == 3 and {"行政复议", "行政诉讼"} <= set(printed):
        return DisputeHeader((), tuple((route, result) for route in ROUTES for result in RESULTS))
    return None


def _routes(columns: int, printed: set[str]) -> tuple[str, ...]:
    if columns == 15:
        return ROUTES
    if columns == 10 and "行政复议" not in printed:
        return ROUTES[1:]
    if columns == 5:
        named = [
            route
            for route, band in zip(ROUTES, ("行政复议", "未经复议直接起诉", "复议后起诉"), strict=True)
            if band in printed
        ]
        return tuple(named) if len(named) == 1 else ()
    return ()


def banner_number(text: str) -> dict[str, int] | None:
    """For each form the number of the banner printed here: `第二十条第（一）项`."""
    return _BANNER_NUMBERS.get(key(text))


def proactive_header(cells: Sequence[GridCell], banner: dict[str, int] | None) -> ProactiveHeader | None:
    """The header row `信息内容｜…` of a part of table two, or None when these cells are none."""
    printed = [cell for cell in cells if is_printed(cell)]
    if not printed or key(printed[0].text) != "信息内容":
        return None
    options: list[tuple[str, int]] = []
    columns: tuple[int, ...] = ()
    for name, form in FORMS.items():
        for at, known in enumerate(form.banners):
            order = _column_order([cell.text for cell in printed[1:]], known)
            if order is not None and (banner is None or banner.get(name) == at):
                options.append((name, at))
                columns = order
    if len({name for name, _ in options}) > 1:
        return ProactiveHeader((), (), (), ())
    spans = tuple((cell.column, cell.end) for cell in printed[1:])
    return ProactiveHeader(tuple(options), columns, spans, tuple(cell.text for cell in printed[1:]))


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
