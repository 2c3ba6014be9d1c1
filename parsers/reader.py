"""`read`: bytes in, a Report out. The same bytes give the same report; a bad file is an answer, never an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parsers.contact import find_contact
from parsers.dates import find_date, lone_date, published_date, stated_period
from parsers.document import Document, Grid
from parsers.evidence import enough, find_signs, vetoed
from parsers.flow import Text, flow_of
from parsers.formats import DocumentUnreadableError, open_document
from parsers.found import Found
from parsers.labels import bare
from parsers.report import Problem, Report, Section, Status
from parsers.rules import check_tables
from parsers.sections import headings_of, legacy_sections, sections_of
from parsers.tables import Tables, find_tables, make_tables
from parsers.title import Title, find_title
from parsers.units import unit_level
from parsers.year import Evidence, decide_year

LAST_LEGACY_YEAR = 2018
# Rows of table three that make a document a report whatever its text says.
_CERTAIN_ROWS = 10
# A title stands before the first heading, and in a document without headings near its beginning.
_TITLE_WITHIN = 60
_SIGNATURE_WITHIN = 6
_MADE_BY = re.compile(
    r"本(?:年度)?报告由([^，,。；;（(）)“”《》]{2,30}?)(?:根据|依据|按照|依照|汇总|负责|牵头|组织|统一)*(?:编制|编写|撰写|制作)"
)


@dataclass(frozen=True)
class Hint:
    """What is known of a file beside its bytes: its name, echoed in the report."""

    file: str


def read(data: bytes, hint: Hint) -> Report:
    """Read one document. Never raises for bad input: what cannot be read is `unreadable` with its reason."""
    try:
        document = open_document(data, hint.file)
    except DocumentUnreadableError as error:
        return Report(hint.file, "unreadable", problems=[Problem(error.code, error.message)])
    return read_document(document, hint.file)


def read_document(document: Document, file: str) -> Report:
    """Match a document against the forms."""
    found = find_tables(document)
    texts = flow_of(document, found.paragraphs)
    headings = headings_of(texts)
    before = headings[0].at if headings else _TITLE_WITHIN
    title, after_title = find_title(texts[:before], document.titles)
    whole = "\n".join(_all_texts(document))
    period = stated_period(whole)
    stated_year = (title and title.year) or (period and period[0].year) or None
    refusal = _refusal(document, texts, found, whole, title, stated_year)
    if refusal is not None:
        return Report(file, "not_a_report", title=title.text if title else None, problems=[refusal])
    legacy = stated_year is not None and stated_year <= LAST_LEGACY_YEAR and not (found.requests or found.proactive)
    sections = legacy_sections(texts, after_title) if legacy else sections_of(texts, headings, after_title)
    signer, signed = _signature(sections)
    published = _published(document, whole)
    evidence = Evidence(
        title.year if title else None, period[0].year if period else None, signed, published, tuple(sections)
    )
    year, problems = decide_year(evidence)
    tables = Tables(form="legacy") if legacy else make_tables(found, year)
    unit = _unit(title, sections, signer)
    contact_text = "\n".join(section.text for section in sorted(sections, key=_contact_order))
    report = Report(
        file=file,
        status=_status(legacy, tables, year),
        title=title.text if title else None,
        unit=unit,
        unit_level=unit_level(unit) if unit else None,
        year=year,
        form=tables.form,
        period=(period[0].isoformat(), period[1].isoformat()) if period else None,
        published=published.isoformat() if published else None,
        signed=signed.isoformat() if signed else None,
        contact=find_contact(contact_text),
        proactive=tables.proactive,
        requests=tables.requests,
        disputes=tables.disputes,
        sections=sections,
        checks=check_tables(tables.requests, tables.disputes),
        problems=[*(Problem(*remark) for remark in document.remarks), *problems, *tables.problems],
    )
    return _with_text_problems(report, legacy)


def _all_texts(document: Document) -> list[str]:
    """Paragraphs and rows of grids as lines, for what is stated somewhere in the document."""
    lines = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += ["".join(cell.text for cell in row) for row in block.rows]
        else:
            lines.append(block.text)
    joined: list[str] = []
    for line, block_fresh in zip(lines, _freshness(document), strict=True):
        if block_fresh or not joined:
            joined.append(line)
        else:
            joined[-1] += line
    return joined


def _freshness(document: Document) -> list[bool]:
    marks: list[bool] = []
    for block in document.blocks:
        marks += [True] * len(block.rows) if isinstance(block, Grid) else [block.fresh]
    return marks


def _refusal(
    document: Document, texts: Sequence[Text], found: Found, whole: str, title: Title | None, year: int | None
) -> Problem | None:
    """Why this is no report, or None."""
    rows = sum(row.figures is not None for row in found.requests)
    printed = any(figure.raw for row in found.requests for figure in (row.figures or {}).values())
    if rows >= _CERTAIN_ROWS and printed:
        return None
    first_lines = [
        text.text for text in texts[:_TITLE_WITHIN] if text.text and len(text.text) < _TITLE_WITHIN and not text.linked
    ]
    names = [*document.titles[:2], *([title.text] if title else first_lines[:2])]
    veto = next((name for name in names if vetoed(name)), None)
    if veto is not None:
        return Problem("not_a_report", f"the title tells another kind of document: {veto}")
    signs = find_signs(whole)
    if rows >= _CERTAIN_ROWS or enough(signs, title is not None, year):
        return None
    seen = "、".join(signs) if signs else "none"
    return Problem("not_a_report", f"a report shows two or more signs of the statutory form; found: {seen}")


def _signature(sections: Sequence[Section]) -> tuple[str | None, date | None]:
    """The unit and the date under the text, each where it stands on a line of its own."""
    if not sections or sections[-1].number == 0:
        return None, None
    lines = sections[-1].text.split("\n")
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_WITHIN), -1):
        dated = lone_date(lines[at]) if len(lines[at]) < _TITLE_WITHIN else None
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


def _unit(title: Title | None, sections: Sequence[Section], signer: str | None) -> str | None:
    if title is not None and title.unit is not None:
        return title.unit
    for section in sections:
        made_by = _MADE_BY.search(bare(section.text))
        if made_by:
            return made_by[1]
    return signer


def _published(document: Document, whole: str) -> date | None:
    """What the document itself states: printed first, then its metadata."""
    printed = published_date(whole)
    return printed if printed is not None or document.published is None else find_date(document.published)


def _contact_order(section: Section) -> int:
    """Preamble and last section first: there the office is named."""
    return {0: 0, 6: 1}.get(section.number, 2)


def _status(legacy: bool, tables: Tables, year: int | None) -> Status:
    if legacy:
        return "partial"
    if tables.missing:
        return "tables_missing"
    return "partial" if tables.doubtful or year is None or tables.form is None else "parsed"


def _with_text_problems(report: Report, legacy: bool) -> Report:
    if legacy:
        report.problems.append(Problem("legacy_form", "a report before 2019: its own table is not read yet"))
    elif [section.number for section in report.sections if section.number] != [1, 2, 3, 4, 5, 6]:
        report.problems.append(Problem("sections_incomplete", "not all six sections were found in the text"))
    if report.title is None:
        report.problems.append(Problem("title_missing", "no title of a report was found"))
    if report.unit is None:
        report.problems.append(Problem("unit_missing", "neither the title nor the text names the unit"))
    return report
