"""A document as a row of lines of text, with the table rows that are really text (a heading typed into a table)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.document import Document, Grid
from parsers.headers import banner_number, is_torn_header

_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…·《》]"
_BY_HAN = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})")
_PROSE_LENGTH = 30


@dataclass(slots=True)
class Text:
    """A line of running text; `is_table` marks the place of a grid, with no text of its own."""

    text: str
    fresh: bool = True
    inside: tuple[int, ...] = ()
    level: int | None = None
    linked: bool = False
    is_table: bool = False


def flow_of(document: Document, table_lines: set[int]) -> list[Text]:
    """The lines of text in order, those of the three tables (`table_lines`: numbers of blocks) left out."""
    kept: list[Text] = []
    for text in _texts(document, table_lines):
        while text.is_table and kept and not kept[-1].is_table and is_torn_header(kept[-1].text):
            kept.pop()
        kept.append(text)
    return kept


def _texts(document: Document, table_lines: set[int]) -> Iterator[Text]:
    broken = False
    for at, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield Text("", inside=block.inside, is_table=True)
            yield from _rows_of_text(block)
            broken = True
        elif at in table_lines or banner_number(block.text):
            if not broken:
                yield Text("", inside=block.inside, is_table=True)
            broken = True
        else:
            yield Text(block.text, block.fresh or broken, block.inside, block.level, block.linked)
            broken = False


def _rows_of_text(grid: Grid) -> Iterator[Text]:
    """Rows of one cell over the whole width: a heading or a paragraph that was typed into the table."""
    for number, cells in enumerate(grid.rows):
        if len(cells) == 1 and cells[0].row == number and cells[0].text.strip() and not banner_number(cells[0].text):
            for line in cells[0].text.split("\n"):
                yield Text(line, inside=grid.inside)


def tidy(text: str) -> str:
    """Running text without the spaces that extraction leaves beside Chinese characters."""
    words = text.split()
    return words[0] if len(words) == 1 else _BY_HAN.sub("", " ".join(words))


def paragraphs(texts: Sequence[Text]) -> list[str]:
    """Lines joined to paragraphs."""
    joined: list[str] = []
    for text in texts:
        line = tidy(text.text)
        if not line:
            continue
        if text.fresh or not joined:
            joined.append(line)
        else:
            apart = joined[-1][-1].isascii() and joined[-1][-1].isalnum() and line[0].isascii() and line[0].isalnum()
            joined[-1] += " " * apart + line
    return joined
