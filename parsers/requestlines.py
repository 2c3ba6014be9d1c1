"""Table three in lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from parsers.forms import FORMS
from parsers.found import Found, RequestFound
from parsers.headers import APPLICANTS
from parsers.headings import find_heading
from parsers.labels import key, nearly, without_ordinal
from parsers.lines import Group, Line, groups_of, pieces
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES, Known, find_row, group_keys, known_rows

# However the note goes on or is wrapped, so it begins.
_CORNER = key(FORMS["2021"].corner)[:4]
_LONGEST_HEADER = 80
_BAND = key(FORMS["2021"].request_bands[0])
# All letters of the header, which the next page may repeat.
_HEADER = key(
    "".join((FORMS["2021"].corner, *FORMS["2021"].request_bands, *(who.zh for who in FORMS["2021"].applicants)))
)
_LONGEST_FIRST_ROW = 60
# Letters in the longest label of a column.
_LONGEST_COLUMN = max(len(key(name.zh)) for name in FORMS["2021"].applicants)
_REMARK = re.compile(r"[（(][^（()）]{4,}[)）]")
_REST = re.compile(r"^[^（()）]*[)）]")
# Characters that may be left over or lacking when labels and figures were extracted in a mixed order.
_SLACK = 2
_PARTS = 3


def read_requests(lines: Sequence[Line], found: Found) -> int:
    """Rows of table three; returns the number of the line after it (0 when there is none)."""
    start = next((at for at, line in enumerate(lines) if _opens(line)), None)
    if start is None:
        return 0
    stop = next((at for at in range(start + 1, len(lines)) if _closes(lines[at])), len(lines))
    groups = groups_of(_with_one_header(lines[start:stop]), len(APPLICANTS))
    anchors = _anchors(groups)
    if not anchors:
        return 0
    last = anchors[-1][0]
    for (at, known), (next_at, following) in zip(anchors, [*anchors[1:], (len(groups), None)], strict=True):
        found.requests.append(_row(known, groups[at]))
        if following is not None:
            _read_gap(known, groups[at].words, following, groups[at + 1 : next_at], found)
    end = groups[last].lines[-1]
    found.paragraphs |= {line.at for line in lines[start:stop] if line.at <= end}
    return next(at for at, line in enumerate(lines) if line.at == end) + 1


def _opens(line: Line) -> bool:
    if line.is_prose:
        return False
    words = key(line.text)
    if words.startswith(_CORNER) or (_BAND in words and len(words) < _LONGEST_HEADER):
        return True
    if len(words) > _LONGEST_FIRST_ROW or not any(map(set(words).issuperset, _parts_of_first_row())):
        return False
    label = "".join(text for text, _ in pieces(line))
    if not any(part in key(label) for part in _parts_of_first_row()):
        return False
    row = find_row(label, -1)
    return row is not None and row.code == known_rows()[0].code


@cache
def _parts_of_first_row() -> frozenset[str]:
    """Thirds of the first row's labels: two misprints leave one of the three whole. Most lines have none of them."""
    labels = [label for label in known_rows()[0].keys if len(label) > _PARTS]
    thirds = [(label, [round(at * len(label) / _PARTS) for at in range(_PARTS + 1)]) for label in labels]
    return frozenset(label[start:end] for label, cuts in thirds for start, end in pairwise(cuts))


def _closes(line: Line) -> bool:
    # The merged label 三、… may begin a row whose cells are all strokes.
    heading = not line.marks and find_heading(line.text) is not None
    return line.is_prose or heading or key(line.text).startswith("行政复议")


def _with_one_header(lines: Sequence[Line]) -> list[Line]:
    """The lines without the header as it is printed again, line by line, on another page."""
    texts = [line.text for line in lines]
    height = next((at for at, line in enumerate(lines) if any(figures for _, figures in pieces(line))), 0)
    header = texts[:height]
    if _BAND not in key("".join(header)):
        return list(lines)
    kept, at = list(lines[:height]), height
    while at < len(lines):
        if texts[at : at + height] == header:
            at += height
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _anchors(groups: Sequence[Group]) -> list[tuple[int, Known]]:
    """Groups whose words are a row's label and nothing else, in the form's order, up to the table's last row."""
    anchors: list[tuple[int, Known]] = []
    last = -1
    for at, group in enumerate(groups):
        known = find_row(group.words, last) if group.words else None
        # Figures without words just before may be of the first of two labels: then only the gap's count tells.
        alone = at == 0 or bool(groups[at - 1].words)
        known = known or _after_others(group.words, last, alone)
        if known is not None and known.position > last:
            anchors.append((at, known))
            last = known.position
            if known.code == "carried_out":
                break
    return anchors


def _after_others(words: str, last: int, alone: bool) -> Known | None:
    """The row whose label comes after a header, however that was extracted, or after labels of rows left blank."""
    printed = key(words)
    first, *following = known_rows()[max(last, 0) :]
    if last < 0:
        return first if any(_ends_nearly(printed, text) for text in first.keys) else None
    for at, row in enumerate(following):
        # Shorter labels end a header too: 其他, 总计.
        for text in sorted(row.keys, key=len, reverse=True) if printed else ():
            if len(text) > _LONGEST_COLUMN and printed.endswith(text):
                # The merged label may stand on this row's line, below those left blank.
                before = printed.removesuffix(text).removesuffix(row.group)
                blank = alone and _is_all_labels(before, following[:at])
                return row if _BAND in before or blank else None
    return None


def _is_all_labels(words: str, rows: Sequence[Known]) -> bool:
    """Are the words labels of these rows, in order, whose figures are all blank?"""
    left = words
    for row in rows:
        labels = sorted((*row.keys, *(row.group + text for text in row.keys)), key=len)
        left = left.removeprefix(next((text for text in reversed(labels) if left.startswith(text)), ""))
    return bool(rows) and not left


def _ends_nearly(printed: str, label: str) -> bool:
    lengths = range(len(label) - 2, len(label) + 3)
    return printed.endswith(label) or any(nearly(printed[-length:], label) for length in lengths)


def _row(known: Known, group: Group) -> RequestFound:
    if len(group.figures) != len(APPLICANTS):
        return RequestFound(known.code, group.words, None)
    return RequestFound(known.code, group.words, dict(zip(APPLICANTS, group.figures, strict=True)))


def _read_gap(before: Known, printed: str, after: Known, groups: Sequence[Group], found: Found) -> None:
    """Rows between two certain ones whose labels were torn: theirs by order when labels and counts agree exactly.

    `printed` is the label of the row before as it stands there, or the part of it before its figures.
    """
    if not groups:
        return
    words = key(_without_remarks(_without_rest(printed, "".join(group.words for group in groups))))
    between = [row for row in known_rows() if before.position < row.position < after.position]
    fits = [rows for rows in _variants(between) if len(rows) == len(groups) and _explains(words, before, rows)]
    if len(fits) == 1 and all(len(group.figures) > len(APPLICANTS) / 2 for group in groups):
        # A row that is torn has a piece of less than half, and would count as two.
        found.requests += [_row(row, group) for row, group in zip(fits[0], groups, strict=True)]
        return
    torn = [row for row in between if any(text in words for text in row.keys)]
    found.requests += [RequestFound(row.code, row.labels[0], None) for row in torn]
    if not torn:
        for group in groups:
            found.unknown_row("table three", " ".join([group.words, *(figure.raw for figure in group.figures)]))


def _without_remarks(words: str) -> str:
    """Words without what an office added to labels in brackets; numbers in brackets are kept."""
    return _REMARK.sub("", words)


def _without_rest(printed: str, words: str) -> str:
    """Words without the end of a remark that was opened in the label before them and torn by its figures."""
    is_open = len(re.findall(r"[(（]", printed)) > len(re.findall(r"[)）]", printed))
    return _REST.sub("", words) if is_open else words


def _variants(rows: Sequence[Known]) -> list[list[Known]]:
    """The rows as both shapes of （六） have them."""
    shapes = [
        [row for row in rows if row.code != ONE_ROW_OTHER],
        [row for row in rows if row.code not in OTHER_LEAVES],
    ]
    return shapes if shapes[0] != shapes[1] else shapes[:1]


def _explains(words: str, before: Known, rows: Sequence[Known]) -> bool:
    """Are the words the labels of these rows, merged labels and the rest of the row before aside?"""
    printed = Counter(words)
    wanted = Counter("".join(_closest(row, printed) for row in rows))
    optional = Counter("".join(group_keys()) + key(before.labels[0]) + (_HEADER if _BAND in words else ""))
    lacking = sum((wanted - printed).values())
    left_over = sum((printed - wanted - optional).values())
    return lacking <= _SLACK and left_over <= _SLACK


def _closest(row: Known, printed: Counter[str]) -> str:
    """The spelling of a row's label that has most of its characters among the printed ones."""
    whole = [label for text in row.labels for label in (text, _without_remarks(text))]
    # An office that leaves out the numbers lacks no letters.
    labels = [key(label) for label in (*whole, *map(without_ordinal, whole))]
    return min(labels, key=lambda label: sum((Counter[str](label) - printed).values()))
