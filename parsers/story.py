"""What a document tells in words: title, sections, period, signature, publication date, unit, contact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from parsers.contact import find_contact
from parsers.dates import find_date, lone_date, period_in, published_in
from parsers.document import Document, Grid
from parsers.evidence import LAST_LEGACY_YEAR
from parsers.flow import flow_of
from parsers.found import Found
from parsers.labels import bare, squeeze
from parsers.report import Section
from parsers.sections import headings_of, legacy_sections, sections_of
from parsers.title import Title, find_title
from parsers.units import unit_level

# A title stands before the first heading, and in a document without headings near its beginning.
_TITLE_WITHIN = 60
_ROWS_OF_A_FORM = 10
_SIGNATURE_WITHIN = 6
_LONGEST_SIGNATURE = 60
_MADE_BY = re.compile(
    r"本(?:年度)?报告由([^，,。；;（(）)“”《》]{2,30}?)(?:根据|依据|按照|依照|汇总|负责|牵头|组织|统一|编制|编写|撰写|制作)"
)


@dataclass(frozen=True)
class Story:
    """The words of a document. `whole` is all its text, tables and page furniture too; `first_lines` its beginning."""

    title: Title | None
    legacy: bool
    sections: tuple[Section, ...]
    period: tuple[date, date] | None
    signer: str | None
    signed: date | None
    published: date | None
    whole: str
    first_lines: tuple[str, ...]

    @property
    def stated_year(self) -> int | None:
        """The year that the title names, else the stated period's."""
        named = self.title.year if self.title else None
        return named or (self.period[0].year if self.period else None)

    @property
    def unit(self) -> str | None:
        """Whom the title names; else who made the report by its own words; else who signed it."""
        if self.title is not None and self.title.unit is not None:
            return self.title.unit
        return self.made_by or self.signer

    @property
    def made_by(self) -> str | None:
        """Who made the report by its own words (本报告由…编制)."""
        found = (_MADE_BY.search(bare(section.text)) for section in self.sections)
        return next((made_by[1] for made_by in found if made_by), None)

    @property
    def contact(self) -> dict[str, str]:
        """Preamble and last section first: there the office is named."""
        order = sorted(self.sections, key=lambda section: {0: 0, 6: 1}.get(section.number, 2))
        return find_contact("\n".join(section.text for section in order))


def tell(document: Document, found: Found) -> Story:
    """The document's words, its three tables (`found`) apart."""
    texts = flow_of(document, found.paragraphs)
    headings = headings_of(texts)
    beginning = texts[: headings[0].at if headings else _TITLE_WITHIN]
    title, after_title = find_title(beginning, document.titles)
    whole = "\n".join(_joined_texts(document))
    line = squeeze(whole)
    period = period_in(line)
    year = (title.year if title else None) or (period[0].year if period else None)
    legacy = year is not None and year <= LAST_LEGACY_YEAR and not _shows_a_form(found)
    sections = legacy_sections(texts, after_title) if legacy else sections_of(texts, headings, after_title)
    signer, signed = find_signature(sections)
    first_lines = tuple(text.text for text in beginning if text.text and not text.linked)
    printed = published_in(line)
    published = printed or (find_date(document.published) if document.published else None)
    return Story(title, legacy, tuple(sections), period, signer, signed, published, whole, first_lines)


def _shows_a_form(found: Found) -> bool:
    """A header of table two or most of table three: a word that both eras use (申请, 行政复议) makes no newer form."""
    return bool(found.forms) or len({row.code for row in found.requests}) >= _ROWS_OF_A_FORM


def _joined_texts(document: Document) -> list[str]:
    """Paragraphs and rows of grids, lines that go on joined: for what is stated somewhere in the document."""
    joined: list[str] = []
    for text, fresh in _texts(document):
        if fresh or not joined:
            joined.append(text)
        else:
            joined[-1] += text
    return joined


def _texts(document: Document) -> Iterator[tuple[str, bool]]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (("".join(cell.text for cell in row), True) for row in block.rows)
        else:
            yield block.text, block.fresh


def find_signature(sections: Sequence[Section]) -> tuple[str | None, date | None]:
    """The unit and the date under the text, each where it stands on a line of its own."""
    if not sections or sections[-1].number == 0:
        return None, None
    lines = sections[-1].text.split("\n")
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_WITHIN), -1):
        dated = lone_date(lines[at]) if len(lines[at]) < _LONGEST_SIGNATURE else None
        if dated is None:
            continue
        name, day = dated
        if name and unit_level(name) is None:
            continue
        above = bare(lines[at - 1]) if at > 0 else ""
        return name or (above if _is_unit_line(above) else None), day
    last = bare(lines[-1])
    return (last if _is_unit_line(last) and len(lines) > 1 else None), None


def _is_unit_line(line: str) -> bool:
    return 2 < len(line) <= 40 and not re.search(r"[。，,；;：:、]", line) and unit_level(line) is not None
