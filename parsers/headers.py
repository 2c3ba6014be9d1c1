"""What the headers of the three tables print, and how they are known; table two's header is read here too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.alignment import Span
from parsers.document import GridCell
from parsers.forms import FORMS, Banner
from parsers.labels import LONGEST_LABEL, begins_with, key, may_begin, nearly, squeeze, tells_other_time

_FORM = FORMS["2021"]
APPLICANTS = tuple(name.code for name in _FORM.applicants)
ROUTES = tuple(name.code for name in _FORM.routes)
RESULTS = tuple(name.code for name in _FORM.results)
_TOTALS = {"合计": "total", "共计": "total"}
APPLICANT_KEYS = {key(name.zh): name.code for name in _FORM.applicants} | _TOTALS
RESULT_KEYS = {key(name.zh): name.code for name in _FORM.results} | _TOTALS
BAND_KEYS = tuple(key(band) for band in _FORM.dispute_bands)
_DISPUTE_NAMES = {*RESULT_KEYS, *BAND_KEYS}
# However the note goes on, so it begins.
_CORNER = key(_FORM.corner)[:10]
_REQUEST_LETTERS = set(key(_FORM.corner + "".join(_FORM.request_bands) + "".join(APPLICANT_KEYS)))
# More headers than a part of table two ever has.
_MOST_COLUMNS = 16
# 其他 and 总计 stand in many tables; these only in the head of table three.
_TELLING = {label for label in APPLICANT_KEYS if len(label) > 2} | {key(band) for band in _FORM.request_bands}


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

    @property
    def tells_other_time(self) -> bool:
        """Do its columns print figures of another year, or of several?"""
        return any(tells_other_time(text, "") for text in self.texts)


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
    results = sum(text in RESULT_KEYS and text != "总计" for text in keys)
    alone = len(keys) == 1 and not beside_figures and keys[0] in BAND_KEYS
    return alone or {"行政复议", "行政诉讼"} <= names or len(set(BAND_KEYS[1:]) & names) >= 2 or results >= 3


def banner_number(text: str) -> dict[str, int] | None:
    """For each form the number of the banner printed here: `第二十条第（一）项`."""
    return banner_keys().get(key(text)) if may_begin(text, _BANNERS_BEGIN) else None


_BANNERS_BEGIN = {key(banner.label)[0] for form in FORMS.values() for banner in form.banners}


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
