"""Every word that a document says on whose report it is and of which year: those that are not believed too."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.document import Document
from parsers.report import Candidate, Evidence
from parsers.story import Story
from parsers.year import told_years


def find_candidates(story: Story, document: Document) -> list[Candidate]:
    """All there are, units first, in the order in which they are believed."""
    units = [Candidate("unit", evidence, value) for evidence, value in _units(story, document) if value]
    years = [Candidate("year", evidence, str(value)) for evidence, value in _years(story) if value]
    return list(dict.fromkeys(units + years))


def _units(story: Story, document: Document) -> Iterator[tuple[Evidence, str | None]]:
    yield "title", story.title.unit if story.title else None
    yield "made_by", story.made_by
    yield "signature", story.signer
    yield from document.standing


def _years(story: Story) -> Iterator[tuple[Evidence, int | None]]:
    yield "title", story.title.year if story.title else None
    yield "period", story.period[0].year if story.period else None
    yield "signed", story.signed.year - 1 if story.signed else None
    yield "published", story.published.year - 1 if story.published else None
    for year in sorted(told_years(story.sections)):
        yield "text", year
