"""Which row of table three a printed label means. Rows of all forms together: the table is the same but for （六）."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from parsers.forms import FORMS
from parsers.forms.codes import request_rows
from parsers.labels import begins_with, key, nearly, squeeze, without_ordinal

OTHER_LEAVES = ("other_correction_overdue", "other_fee_overdue", "other_misc")
ONE_ROW_OTHER = "other_total"
# How many rows ahead of the last one a misprinted label may stand for.
_AHEAD = 3
# No label is near this long, its group and a remark in brackets included.
_LONGEST = 200
# Short leaves that mean nothing without their group.
_NEEDS_GROUP = {"other_misc"}


@dataclass(frozen=True)
class Known:
    """A row's code, place in the form, group and the keys that name it exactly."""

    code: str
    position: int
    group: str
    labels: tuple[str, ...]
    keys: frozenset[str]


@cache
def known_rows() -> tuple[Known, ...]:
    """The rows of table three in statutory order."""
    return tuple(
        Known(row.code, at, key(row.group or ""), row.labels, frozenset(_keys(row.code, row.labels)))
        for at, row in enumerate(request_rows())
    )


def _keys(code: str, labels: tuple[str, ...]) -> set[str]:
    keys = {key(label) for label in labels}
    return keys if code in _NEEDS_GROUP else keys | {key(without_ordinal(label)) for label in labels}


@cache
def group_keys() -> tuple[str, ...]:
    """Keys of the merged labels: 三、本年度办理结果, （三）不予公开 …, with and without numbers, longest first."""
    labels = [FORMS["2021"].outer, *dict.fromkeys(row.group for row in request_rows() if row.group)]
    return tuple(sorted({key(label) for label in labels} | {key(without_ordinal(label)) for label in labels}, key=len))[
        ::-1
    ]


def without_groups(text: str) -> str:
    """The label without merged labels printed before it in one breath."""
    rest = squeeze(text)
    for _ in range(2):
        for group in group_keys():
            shorter = _after(rest, group)
            if shorter:
                rest = shorter
                break
    return rest


def _after(text: str, label_key: str) -> str:
    """What follows a label in a text, or nothing when the text does not begin with it."""
    at = 0
    for char in label_key:
        while at < len(text) and not text[at].isalnum():
            at += 1
        if at >= len(text) or text[at].lower() != char:
            return ""
        at += 1
    return text[at:]


@lru_cache(2048)  # reports print the same labels in the same order
def find_row(label: str, last: int, groups: tuple[str, ...] = ()) -> Known | None:
    """The row that `label` names, `last` being the position of the row read before it (-1: none).

    `groups` are the merged labels printed beside it. Exactly (spacing, punctuation and numbering apart) anywhere;
    with up to two misprints only among the rows that come next.
    """
    if len(label) > _LONGEST:
        return None
    for text in dict.fromkeys((label, without_groups(label))):
        printed = {key(text), key(without_ordinal(text))}
        for row in known_rows():
            if printed & row.keys:
                return row
        if key(without_ordinal(text)) == "其他" and _in_last_group(last, (*groups, label)):
            return next(row for row in known_rows() if row.code == "other_misc")
        unnumbered = without_ordinal(text)
        for row in known_rows():
            if any(begins_with(text, known) or begins_with(unnumbered, without_ordinal(known)) for known in _long(row)):
                return row
        near = [row for row in known_rows()[last + 1 : last + 1 + _AHEAD] if _near(printed, row)]
        if len(near) == 1:
            return near[0]
    return None


def _long(row: Known) -> tuple[str, ...]:
    """Labels that may be followed by a remark; `3.其他` without its number may not."""
    return () if row.code in _NEEDS_GROUP else row.labels


def _near(printed: set[str], row: Known) -> bool:
    return any(nearly(text, wanted) for text in printed for wanted in row.keys)


def _in_last_group(last: int, beside: tuple[str, ...]) -> bool:
    leaves = [row for row in known_rows() if row.code in OTHER_LEAVES]
    beside_keys = {key(text) for text in beside} | {key(without_ordinal(text)) for text in beside}
    named = bool(beside_keys & {leaves[0].group, key(without_ordinal("（六）其他处理"))})
    return named or last in (leaves[0].position, leaves[1].position)
