"""Table three in lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from parsers.forms import FORMS
from parsers.found import Found, RequestFound
from parsers.headers import APPLICANTS
from parsers.headings import find_heading
from parsers.labels import key
from parsers.lines import Group, Line, groups_of, pieces
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES, Known, find_row, group_keys, known_rows

# However the note goes on or is wrapped, so it begins.
_CORNER = key(FORMS["2021"].corner)[:4]
_LONGEST_HEADER = 80
_BAND = key(FORMS["2021"].request_bands[0])
_LONGEST_FIRST_ROW = 60
# Characters that may be left over or lacking when labels and figures were extracted in a mixed order.
_SLACK = 2
_PARTS = 3


def read_requests(lines: Sequence[Line], found: Found) -> int:
    """Rows of table three; returns the number of the line after it (0 when there is none)."""
    start = next((at for at, line in enumerate(lines) if _opens(line)), None)
    if start is None:
        return 0
    stop = next((at for at in range(start + 1, len(lines)) if _closes(lines[at])), len(lines))
    groups = groups_of(lines[start:stop], len(APPLICANTS))
    anchors = _anchors(groups)
    if not anchors:
        return 0
    last = anchors[-1][0]
    for (at, known), (next_at, following) in zip(anchors, [*anchors[1:], (len(groups), None)], strict=True):
        found.requests.append(_row(known, groups[at]))
        if following is not None:
            _read_gap(known, following, groups[at + 1 : next_at], found)
    end = groups[last].lines[-1]
    found.paragraphs |= {line.at for line in lines[start:stop] if line.at <= end}
    return next(at for at, line in enumerate(lines) if line.at == end) + 1


def _opens(line: Line) -> bool:
    words = key(line.text)
    if line.is_prose:
        return False
    if words.startswith(_CORNER) or (_BAND in words and len(words) < _LONGEST_HEADER):
        return True
    if len(words) > _LONGEST_FIRST_ROW:
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
    heading = find_heading(line.text)
    return line.is_prose or heading is not None or key(line.text).startswith("行政复议")


def _anchors(groups: Sequence[Group]) -> list[tuple[int, Known]]:
    """Groups whose words are a row's label and nothing else, in the form's order, up to the table's last row."""
    anchors: list[tuple[int, Known]] = []
    last = -1
    for at, group in enumerate(groups):
        known = find_row(group.words, last) if group.words else None
        if known is None and not anchors:
            known = _first_row(group.words)
        if known is not None and known.position > last:
            anchors.append((at, known))
            last = known.position
            if known.code == "carried_out":
                break
    return anchors


def _first_row(words: str) -> Known | None:
    """The first row's label comes after the header, however that was extracted."""
    first = known_rows()[0]
    return first if any(key(words).endswith(text) for text in first.keys) else None


def _row(known: Known, group: Group) -> RequestFound:
    if len(group.figures) != len(APPLICANTS):
        return RequestFound(known.code, group.words, None)
    return RequestFound(known.code, group.words, dict(zip(APPLICANTS, group.figures, strict=True)))


def _read_gap(before: Known, after: Known, groups: Sequence[Group], found: Found) -> None:
    """Rows between two certain ones whose labels were torn: theirs by order when labels and counts agree exactly."""
    if not groups:
        return
    words = key("".join(group.words for group in groups))
    between = [row for row in known_rows() if before.position < row.position < after.position]
    fits = [rows for rows in _variants(between) if len(rows) == len(groups) and _explains(words, before, rows)]
    if len(fits) == 1 and all(len(group.figures) == len(APPLICANTS) for group in groups):
        found.requests += [_row(row, group) for row, group in zip(fits[0], groups, strict=True)]
        return
    torn = [row for row in between if any(text in words for text in row.keys)]
    found.requests += [RequestFound(row.code, row.labels[0], None) for row in torn]
    if not torn:
        for group in groups:
            found.unknown_row("table three", " ".join([group.words, *(figure.raw for figure in group.figures)]))


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
    optional = Counter("".join(group_keys()) + key(before.labels[0]))
    lacking = sum((wanted - printed).values())
    left_over = sum((printed - wanted - optional).values())
    return lacking <= _SLACK and left_over <= _SLACK


def _closest(row: Known, printed: Counter[str]) -> str:
    """The spelling of a row's label that has most of its characters among the printed ones."""
    labels = [key(label) for label in row.labels]
    return min(labels, key=lambda label: sum((Counter[str](label) - printed).values()))
