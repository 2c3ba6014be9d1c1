"""Which format, look, wording and figures meet: every pair with a format in the plan, all of them in the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.matrix.makers.formats import FORMATS
from tests.matrix.makers.model import Format, Look
from tests.matrix.subjects import SUBJECTS
from tests.matrix.wordings import WORDINGS, Wording
from tests.replica.figures import Figures
from tests.replica.story import Story

UNIT = "青石县"


@dataclass(frozen=True, order=True)
class Case:
    """One file, by the names of what it is made of."""

    format: str
    look: str
    wording: str
    subject: str

    def __str__(self) -> str:
        return f"{self.format}/{self.look}/{self.wording}/{self.subject}"

    @property
    def made_as(self) -> Format:
        return FORMATS[self.format]

    @property
    def made_by(self) -> Look:
        return self.made_as.looks[self.look]

    @property
    def worded(self) -> Wording:
        return WORDINGS[self.wording]

    @cached_property
    def figures(self) -> Figures:
        """The figures that the file prints."""
        kept = SUBJECTS[self.subject]
        for gone in self.worded.gone:
            kept = kept.without_row(gone)
        return kept

    @property
    def story(self) -> Story:
        """What the file tells. The wording takes rows away itself, from a form that prints all of them."""
        figures = SUBJECTS[self.subject]
        year = 2019 if figures.form == "2019" else 2024
        return Story(UNIT, "county", year, figures, signed=f"{year + 1}-01-20", voice=1, rewrite=self.worded.rewrite)


def plan(format_name: str) -> list[Case]:
    """Cases of a format in which each of its looks, each wording and all figures occur at least once.

    Of a slow one only a few figures; the rest is left to the whole matrix.
    """
    only = FORMATS[format_name].only
    looks, wordings, subjects = list(FORMATS[format_name].looks), list(WORDINGS), list(only or SUBJECTS)
    # Formats begin at different places, so that wordings meet other figures in each.
    start = list(FORMATS).index(format_name)
    count = len(only) or max(len(looks), len(wordings), len(subjects))
    return [
        Case(
            format_name,
            looks[at % len(looks)],
            wordings[(at + 3 * start) % len(wordings)],
            subjects[(at + 5 * start) % len(subjects)],
        )
        for at in range(count)
    ]


def planned() -> list[Case]:
    """The plan of every format."""
    return [case for name in FORMATS for case in plan(name)]


def everything(format_name: str) -> Iterator[Case]:
    """All that can meet in a format."""
    for look in FORMATS[format_name].looks:
        for wording in WORDINGS:
            for subject in SUBJECTS:
                yield Case(format_name, look, wording, subject)
