"""Lines of text as tables are read from them: words, and the figures printed after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.document import Document, Mark, Paragraph
from parsers.found import Figure, LineFigure
from parsers.numbers import COUNTERS, is_figure
from parsers.report import Place

# A figure right behind a label's last character is apart from it; digits among digits are not.
_GLUED = re.compile(r"^(.*[一-鿿）)”\"])([+＋\-－−]?\d[\d,.，]*(?:万?元|万|件)?)$")
_PROSE = re.compile(r"[。；;！？]")


@dataclass(slots=True)
class Line:
    """A paragraph as a line: `at` is its number among the document's blocks, the rest as there.

    `is_prose` tells whether it holds the end of a sentence, as no line of a table does.
    """

    at: int
    text: str
    is_prose: bool
    place: Place
    label: str = ""
    marks: tuple[Mark, ...] = ()
    spots: tuple[Mark, ...] = ()


@dataclass
class Group:
    """Words, then the figures printed after them until the next words."""

    words: str
    figures: list[Figure] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def lines_of(document: Document) -> list[Line]:
    """The document's paragraphs as lines."""
    return [
        Line(at, block.text, _PROSE.search(block.text) is not None, block.place, block.label, block.marks, block.spots)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Paragraph)
    ]


def pieces(line: Line) -> Iterator[tuple[str, list[Figure]]]:
    """The line cut into words and the figures after them."""
    if line.marks:
        yield "".join(line.label.split()), [LineFigure(mark.text, mark.place) for mark in line.marks]
        return
    tokens = [token for token in re.split(r"[\s|]+", line.text) if token]
    words: list[str] = []
    figures: list[Figure] = []
    # Of the last tokens the line knows the places.
    first = len(tokens) - len(line.spots)
    places = dict(enumerate((spot.place for spot in line.spots), start=first))
    for at, token in enumerate(tokens):
        numbering = at + 1 < len(tokens) and tokens[at + 1][0] in ".、．"
        if figures and token in COUNTERS and is_figure(f"{figures[-1].raw} {token}"):
            figures[-1] = LineFigure(f"{figures[-1].raw} {token}", line.place)
            continue
        glued = _GLUED.match(token)
        if is_figure(token) and not numbering:
            figures.append(LineFigure(token, places.get(at, line.place)))
            continue
        if figures:
            yield "".join(words), figures
            words, figures = [], []
        if glued and is_figure(glued[2]):
            words.append(glued[1])
            figures.append(LineFigure(glued[2], line.place))
        else:
            words.append(token)
    yield "".join(words), figures


def groups_of(lines: Sequence[Line], width: int | None = None) -> list[Group]:
    """Groups in order. Lines that hold exactly `width` figures each are groups of their own, with no words between."""
    groups: list[Group] = []
    runs: list[list[Figure]] = []
    words = ""
    numbers: list[int] = []

    def close() -> None:
        nonlocal words, numbers, runs
        if runs and width and all(len(run) == width for run in runs):
            groups.append(Group(words, runs[0], numbers))
            groups.extend(Group("", run, numbers) for run in runs[1:])
        elif runs:
            # A lone figure beside a row in one piece may be the page's number: then there is one cell too few.
            mixed = width and max(map(len, runs)) > 1 and min(map(len, runs)) == 1
            groups.append(Group(words, [] if mixed else [figure for run in runs for figure in run], numbers))
        words, numbers, runs = "", [], []

    for line in lines:
        for text, figures in pieces(line):
            if text and runs:
                close()
            words += text
            numbers.append(line.at)
            if figures:
                runs.append(figures)
    close()
    return groups


def differ(one: str, other: str) -> int:
    """How many characters two strings do not share, their order aside."""
    return sum(abs(one.count(char) - other.count(char)) for char in set(one + other))
