"""The year a report is about (design.md, decision 6): never the URL, and a guess only where it is marked as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from parsers.report import Problem, Section


@dataclass(frozen=True)
class Evidence:
    """What speaks for a year: the title, the stated period, the signature's and the publication's date, the text."""

    title: int | None
    period: int | None
    signed: date | None
    published: date | None
    sections: tuple[Section, ...] = ()


def decide_year(evidence: Evidence) -> tuple[int | None, list[Problem]]:
    """The year, or None where title and period differ and nothing else decides; with the problem that says so."""
    title, period = evidence.title, evidence.period
    if title is not None and period is not None and title != period:
        backed = [year for year in (title, period) if _backs(evidence, year)]
        year = backed[0] if len(backed) == 1 else None
        taken = f"{year} was taken" if year else "nothing else in the document decides"
        message = f"the title says {title}, the stated period {period}; {taken}"
        return year, [Problem("year_conflict", message)]
    if title is not None or period is not None:
        return title or period, []
    stated = evidence.published or evidence.signed
    if stated is None:
        return None, [Problem("year_unknown", "neither title, period nor any date tells the report's year")]
    message = f"no title and no period name a year; the year before the date {stated.isoformat()} was taken"
    return stated.year - 1, [Problem("year_inferred", message)]


def _backs(evidence: Evidence, year: int) -> bool:
    """Does the rest of the document speak for this year: a date in the year after, or sentences about it?"""
    dates = [stated.year - 1 for stated in (evidence.signed, evidence.published) if stated is not None]
    return year in dates if dates else year in told_years(evidence.sections)


def told_years(sections: tuple[Section, ...]) -> set[int]:
    """The year that section 一 tells about in most of its sentences beginning with one."""
    text = "".join(section.text for section in sections if section.number == 1)
    starts = re.findall(r"(?:^|[。；\n])(?:本年度?[，,（(])?(20\d{2})年", text)
    most = max(map(starts.count, starts), default=0)
    return {int(year) for year in starts if starts.count(year) == most}
