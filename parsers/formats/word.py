"""A Word file (DOCX, as Word and WPS make it) to a Document, from its XML: what the page shows, in its order.

Headers, footers, notes, comments, hidden text and what tracked changes took out are left out; so is all metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import Block, Document, Paragraph
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package, child, local, name_of
from parsers.formats.word_numbers import Numbering, read_numbering
from parsers.formats.word_tables import TableTooLargeError, WordTable, is_layout, word_grid
from parsers.formats.word_text import Runs, line_text, marks_deleted, runs

_MAIN = re.compile(r"word/document\d*\.xml")
# Elements that only hold others.
_HOLDERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"})


def read_word(data: bytes, file: str) -> Document:
    """The document's paragraphs and tables.

    Raises DocumentUnreadableError for a damaged or locked file, one without a document in it, one without text.
    """
    package = Package(data, file)
    main = main_part(package)
    body = child(package.xml(main), "body") if main else None
    if body is None:
        raise DocumentUnreadableError("part_missing", f"{file} has no Word document in it; expected word/document.xml")
    numbering = read_numbering(package.optional_xml("word/numbering.xml"), package.optional_xml("word/styles.xml"))
    walk = _Walk(numbering)
    blocks = tuple(walk.blocks(body, ()))
    if any(local(element) == "altChunk" for element in body):
        walk.remarks.append(
            ("part_unread", "the file holds another document that was only put into it; it is not read")
        )
    if not blocks:
        raise DocumentUnreadableError("no_text", f"{file} holds no text (pictures only?); only text is read")
    return Document(blocks, remarks=tuple(walk.remarks))


def main_part(package: Package) -> str | None:
    """The name of the part that holds the document."""
    return next((name for name in package.names if _MAIN.fullmatch(name)), None)


@dataclass
class _Walk:
    """One pass over the body. Paragraphs are numbered as they come, those in cells and text boxes too."""

    numbering: Numbering
    made: int = 0
    joined: bool = False
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, holder: etree._Element, inside: tuple[int, ...]) -> Iterator[Block]:
        for element in holder:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, inside)
            elif name == "tbl":
                yield from self._table(element, inside)
            elif name in _HOLDERS:
                yield from self.blocks(element, inside)

    def _paragraph(self, element: etree._Element, inside: tuple[int, ...]) -> Iterator[Block]:
        properties = child(element, "pPr")
        found = runs(element)
        level = self.numbering.outline(properties)
        for line in self._shown(properties, found):
            yield Paragraph(line, fresh=not self.joined, inside=inside, level=level, linked=found.linked)
            self.joined = False
        self.joined = marks_deleted(properties)
        for box in found.boxes:
            yield from self.blocks(box, self._within(inside))

    def _labelled(self, properties: etree._Element | None, text: str) -> str:
        """The text after its number. An empty paragraph of a list is counted, but shows nothing."""
        if properties is None or not len(properties):
            return text
        label = self.numbering.label(properties)
        return label + text if text.strip() else text

    def _table(self, element: etree._Element, inside: tuple[int, ...]) -> Iterator[Block]:
        table = WordTable(element)
        if is_layout(table):
            for row in table.rows:
                for cell in row.cells:
                    yield from self.blocks(cell, self._within(inside))
            return
        try:
            grid = word_grid(table, self._cell_text, inside)
        except TableTooLargeError as error:
            self.remarks.append(("table_too_large", str(error)))
            return
        yield from [grid] if grid is not None else []

    def _cell_text(self, cell: etree._Element) -> str:
        """A line for each paragraph; a table or text box within is part of the cell."""
        return "\n".join(self._lines(cell))

    def _lines(self, holder: etree._Element) -> list[str]:
        """The lines of a cell, tables in it taken apart."""
        lines: list[str] = []
        for element in holder:
            name = name_of(element.tag)
            if name == "p":
                lines += self._lines_of_paragraph(element)
            elif name == "tbl":
                for row in WordTable(element).rows:
                    for cell in row.cells:
                        lines += self._lines(cell)
            elif name in _HOLDERS:
                lines += self._lines(element)
        return lines

    def _lines_of_paragraph(self, element: etree._Element) -> list[str]:
        properties = child(element, "pPr")
        found = runs(element)
        lines = self._shown(properties, found)
        self.joined = marks_deleted(properties)
        for box in found.boxes:
            lines += [block.text for block in self.blocks(box, self._within(())) if isinstance(block, Paragraph)]
        return lines

    def _shown(self, properties: etree._Element | None, found: Runs) -> list[str]:
        """The lines that a paragraph prints, its number before the first."""
        text = self._labelled(properties, found.text)
        return [text] if text.isalnum() else [shown for line in text.split("\n") if (shown := line_text(line))]

    def _within(self, inside: tuple[int, ...]) -> tuple[int, ...]:
        self.made += 1
        return (*inside, self.made)
