"""Extracted text to a Document: plain lines as a PDF extractor wraps them, and Markdown with tables of tabs or bars."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from parsers.document import Block, Document, Grid, GridCell, Paragraph
from parsers.pagenumber import PAGE_NUMBER

_HEADING = re.compile(r"^(#{1,6})\s*(.+)$")
_LINK = re.compile(r"<(https?://[^<>\s]+)>")
_RULE = re.compile(r"^\|?[\s:|-]*-{3,}[\s:|-]*$")
# The extractor's trace of a link, on a line of its own.
_ARTEFACT = re.compile(r"^mailto:\S+$")
_ITEM = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.．、])")
_ENDS = "。！？!?；;"
# A line this full, as a share of the text's usual line, goes on in the next; in Markdown, where a paragraph
# is one line, only a page break cuts it, and what is shorter than this many Han characters is a heading.
_FULL_SHARE = 0.75
_LONG = 60


def read_text(text: str, remarks: tuple[tuple[str, str], ...] = ()) -> Document:
    """The lines of a text as paragraphs; lines with tabs (or Markdown's bars) as the rows of grids."""
    lines = [line for line in (_clean(line) for line in text.splitlines()) if line.strip()]
    blocks: list[Block] = []
    table: list[list[str]] = []
    for line in lines:
        cells = _cells(line)
        if cells is not None:
            table.append(cells)
        elif not _RULE.match(line):
            blocks += _grid(table)
            table = []
            bare = line.strip().strip("|").strip()
            blocks += [_paragraph(bare)] if bare else []
    blocks += _grid(table)
    return Document(tuple(join_marks(blocks)), remarks=remarks)


def _clean(line: str) -> str:
    line = line.replace("\f", "")
    if PAGE_NUMBER.match(line.strip()) or _ARTEFACT.match(line.strip()):
        return ""
    return _LINK.sub(r"\1", line.replace("**", ""))


def _cells(line: str) -> list[str] | None:
    """The cells of a table's row, or None for a line of text."""
    if "\t" in line.lstrip() or line.endswith("\t"):
        return [cell.strip() for cell in line.split("\t")]
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2 and not _RULE.match(bare):
        return [cell.strip() for cell in bare[1:-1].split("|")]
    return None


def _grid(rows: list[list[str]]) -> Iterator[Grid]:
    """One grid of rows that follow each other; blank lines between them mean nothing."""
    if rows:
        cells = [GridCell(text, at, column) for at, row in enumerate(rows) for column, text in enumerate(row)]
        yield Grid(tuple(cells), fixed=False)


def _paragraph(line: str) -> Paragraph:
    heading = _HEADING.match(line)
    if heading:
        return Paragraph(heading[2].strip(), level=len(heading[1]))
    return Paragraph(line)


def join_marks(blocks: list[Block]) -> Iterator[Block]:
    """Mark the lines that go on with the line before them."""
    full = _full_width([block.text for block in blocks if isinstance(block, Paragraph)])
    before: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            goes_on = (
                before is not None
                and before.level is None
                and block.level is None
                and before.text[-1] not in _ENDS
                and not _ITEM.match(block.text)
                and (columns(before.text) >= full or before.text[-1] in "，、,（(“《〈")
            )
            before = Paragraph(block.text, block.place, not goes_on, level=block.level)
            yield before
        else:
            before = None
            yield block


def _full_width(lines: list[str]) -> float:
    widths = sorted(columns(line) for line in lines)
    if not widths:
        return _LONG
    usual = widths[int(0.9 * (len(widths) - 1))]
    return min(_FULL_SHARE * usual, _LONG)


def columns(text: str) -> int:
    """How wide a line is in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
