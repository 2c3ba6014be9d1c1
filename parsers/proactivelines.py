"""Table two in lines of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from parsers.forms import FORMS
from parsers.found import Found, ProactiveFound
from parsers.headings import find_heading
from parsers.labels import distance, key, nearly, tells_other_time
from parsers.lines import Group, Line, differ, groups_of
from parsers.proactivegrid import find_rows

_BANNER = "第二十条第"
_LONGEST_HEADER = 80
# A comma that parts clauses, not thousands.
_CLAUSE = re.compile(r"(?<!\d)，|，(?!\d)")
# What may stand between a label and its figures: `行政许可（件）`.
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")


def read_proactive(lines: Sequence[Line], found: Found) -> None:
    """Rows of table two, from each banner to the next line that cannot belong to a table."""
    at = 0
    while at < len(lines):
        if not _opens(lines[at]):
            at += 1
            continue
        stop = next((end for end in range(at + 1, len(lines)) if _closes(lines[end])), len(lines))
        _read_region(lines[at:stop], found)
        at = stop


def _opens(line: Line) -> bool:
    return len(line.text) < _LONGEST_HEADER and not line.is_prose and key(line.text).startswith(_BANNER)


def _closes(line: Line) -> bool:
    return (
        line.is_prose
        or _CLAUSE.search(line.text) is not None
        or "申请人情况" in key(line.text)
        or find_heading(line.text) is not None
    )


def _read_region(lines: Sequence[Line], found: Found) -> None:
    option: tuple[str, int] | None = None
    columns: tuple[int, ...] = ()
    header = ""
    last = -1
    for group in groups_of(lines):
        words = key(_REMARK.sub("", group.words))
        label = _label_at_end(words)
        before = words.removesuffix(label)
        if before.rfind(_BANNER) >= 0:
            option = None
        text = _after_banner(before)
        if label and text:
            fitting = _fitting(text, label)
            option, columns = fitting if fitting else (None, ())
            header = text
            found.forms += [option] if option else []
        if not label or (text and option is None) or (option and option not in find_rows(label)):
            found.unknown_row("table two", " ".join([group.words, *(figure.raw for figure in group.figures)]))
            continue
        found.proactive.append(_row(label, option, columns, group, header))
        last = group.lines[-1]
    found.paragraphs |= {line.at for line in lines if line.at <= last}


def _label_at_end(words: str) -> str:
    """The row's label at the end of these words, as printed; with misprints where none is printed exactly."""
    labels = {
        key(label) for form in FORMS.values() for banner in form.banners for row in banner.rows for label in row.labels
    }
    exact = max((label for label in labels if words.endswith(label)), key=len, default="")
    if exact:
        return exact
    ends = ((words[-length:], label) for label in labels for length in (len(label), len(label) - 1, len(label) + 1))
    near = [(distance(end, label), end) for end, label in ends if nearly(end, label)]
    return min(near, default=(0, ""))[1]


def _after_banner(words: str) -> str:
    """The header's words: what follows the last banner."""
    at = words.rfind(_BANNER)
    if at < 0:
        return words
    banner = next(
        (key(b.label) for form in FORMS.values() for b in form.banners if words[at:].startswith(key(b.label))),
        "",
    )
    return words[at + len(banner) :] if banner else words


def _fitting(header: str, label: str) -> tuple[tuple[str, int], tuple[int, ...]] | None:
    """The one banner whose header these words are, and its columns in print order."""
    fits = []
    for name, at in find_rows(label):
        if not FORMS[name].headed:
            continue
        banner = FORMS[name].banners[at]
        orders = [_order(header, spelling) for spelling in product(*(column.labels for column in banner.columns))]
        fits += [((name, at), order) for order in orders if order is not None][:1]
    return fits[0] if len(fits) == 1 else None


def _order(header: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Do the words make this header? Words in one piece tell the order; wrapped ones are in the form's."""
    keys = [key(label) for label in labels]
    wanted = "信息内容" + "".join(keys)
    if differ(header, wanted) > 2 or tells_other_time(header, wanted):
        return None
    places = [header.find(text) for text in keys]
    if min(places) < 0:
        return tuple(range(len(keys)))
    return tuple(sorted(range(len(keys)), key=lambda at: places[at]))


def _row(
    label: str, option: tuple[str, int] | None, columns: tuple[int, ...], group: Group, header: str
) -> ProactiveFound:
    count = len(columns) if option else len(group.figures)
    figures = tuple(group.figures) if len(group.figures) == count else None
    form, banner = option or (None, None)
    return ProactiveFound(label, form, banner, columns or tuple(range(count)), figures, (header,) * count)
