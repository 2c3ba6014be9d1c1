"""`read`: bytes in, a Report out. The same bytes give the same report; a bad file is an answer, never an error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.candidates import find_candidates
from parsers.choice import choose
from parsers.claims import find_claims
from parsers.completeness import prints_all, what_lacks
from parsers.document import Document
from parsers.evidence import enough, find_signs, vetoed
from parsers.formats import DocumentUnreadableError, Way, ways
from parsers.formats.bundle import is_bundle, read_bundle
from parsers.formats.converted import Converter
from parsers.found import Found
from parsers.legacytables import read_legacy
from parsers.readings import merged
from parsers.report import LegacyFigure, Problem, Report, Status, StepDown
from parsers.rules import cells_of_broken, check_tables
from parsers.story import Story, tell
from parsers.tables import Tables, find_tables, make_tables
from parsers.units import unit_level
from parsers.year import Evidence, decide_year

# Rows of table three that make a document a report whatever its text says.
_CERTAIN_ROWS = 10
_LONGEST_HEADLINE = 60


@dataclass(frozen=True)
class Hint:
    """What is known of a file beside its bytes, and what may be done to read it.

    `file` is its name, echoed in the report; `convert` makes DOCX of old Word files and RTF; without `recognise` a
    report that needs characters recognised in pictures only says so (`Report.awaits_recognition`).
    """

    file: str
    convert: Converter | None = None
    recognise: bool = True


def read(data: bytes, hint: Hint) -> Report:
    """Read one document. Never raises for bad input: what cannot be read is `unreadable` with its reason.

    Where a format has several readers, the fast one is believed only when it delivers the complete form. Anything less,
    and the next one reads the file too; where both read a cell and differ, neither is believed for it. Scanned cells
    of an identity that does not hold are looked at once more, and are believed as printed only if that shows the same.
    """
    try:
        if is_bundle(data):
            return _read_bundle(data, hint)
    except DocumentUnreadableError as error:
        return Report(hint.file, "unreadable", problems=[Problem(error.code, error.message)])
    readers = ways(data, hint.file, hint.convert)
    found, final = _read_by(readers[0], hint)
    report = found
    steps: list[StepDown] = []
    for before, way in pairwise(readers):
        lacking = None if final else what_lacks(found)
        if lacking is None or (way.recognises and prints_all(report)) or not way.applies():
            break
        steps.append(StepDown(before.reader, lacking))
        found, final = _read_by(way, hint)
        awaits = report.awaits_recognition or found.awaits_recognition
        report = merged(report, found)
        report.awaits_recognition = awaits
    report.steps_down = steps
    return report


def _read_by(way: Way, hint: Hint) -> tuple[Report, bool]:
    """What one reader gives, and whether no other need try."""
    file = hint.file
    if way.recognises and not hint.recognise:
        waits = Problem("awaits_recognition", f"{file} has pages that are pictures, to be read by themselves")
        return Report(file, "unreadable", problems=[waits], awaits_recognition=True), True
    try:
        document = way.open()
    except DocumentUnreadableError as error:
        return Report(file, "unreadable", problems=[Problem(error.code, error.message)]), error.final
    report = read_document(document, file)
    if document.closer is not None:
        broken = [cell.place for cell in cells_of_broken(report.requests, report.disputes)]
        report = read_document(document.closer(broken), file) if broken else report
    return report, False


def _read_bundle(data: bytes, hint: Hint) -> Report:
    """The report in an archive. No file in it is an archive still, so that reading goes no deeper."""
    file = hint.file
    bundle = read_bundle(data, file)
    remarks = [Problem(code, message) for code, message in bundle.remarks]
    if not bundle.files:
        empty = Problem("archive_empty", f"{file} holds no file that could be taken out of it")
        return Report(file, "unreadable", problems=[*remarks, empty])
    members = [read(member, replace(hint, file=name)) for name, member in bundle.files]
    report = choose(members, file)
    report.awaits_recognition = any(member.awaits_recognition for member in members)
    report.problems += remarks
    return report


def read_document(document: Document, file: str) -> Report:
    """Match a document against the forms."""
    found = find_tables(document)
    story = tell(document, found)
    refusal = why_no_report(document, found, story)
    if refusal is not None:
        title = story.title.text if story.title else None
        # What was left out of the document may have been the report.
        remarks = [Problem(code, message) for code, message in document.remarks]
        return Report(file, "not_a_report", title=title, problems=[Problem("not_a_report", refusal), *remarks])
    year, problems = decide_year(_evidence(story))
    if story.legacy:
        return _legacy(document, story, file, year, problems)
    tables = make_tables(found, year)
    report = _told(story, document, file, _status(tables, year))
    report.year, report.form = year, tables.form
    report.proactive, report.requests, report.disputes = tables.proactive, tables.requests, tables.disputes
    report.checks = check_tables(tables.requests, tables.disputes)
    remarks = [Problem(code, message) for code, message in document.remarks]
    report.problems = [*remarks, *problems, *tables.problems, *_problems_of(story)]
    return report


def _legacy(document: Document, story: Story, file: str, year: int | None, problems: list[Problem]) -> Report:
    """A report before 2019: its own statistics table, and nothing of the newer forms."""
    figures, doubts = read_legacy(document)
    report = _told(story, document, file, _legacy_status(figures, doubts, year))
    report.year, report.form, report.legacy = year, "legacy", figures
    if not figures:
        doubts = [*doubts, Problem("tables_missing", "no statistics table was found that can be read")]
    remarks = [Problem(code, message) for code, message in document.remarks]
    report.problems = [*remarks, *problems, *doubts, *_problems_of(story)]
    return report


def _legacy_status(figures: list[LegacyFigure], doubts: list[Problem], year: int | None) -> Status:
    if not figures:
        return "tables_missing"
    return "partial" if doubts or year is None else "parsed"


def _told(story: Story, document: Document, file: str, status: Status) -> Report:
    """The report as far as words go."""
    return Report(
        file,
        status,
        title=story.title.text if story.title else None,
        unit=story.unit,
        unit_level=unit_level(story.unit) if story.unit else None,
        period=(story.period[0].isoformat(), story.period[1].isoformat()) if story.period else None,
        published=story.published.isoformat() if story.published else None,
        signed=story.signed.isoformat() if story.signed else None,
        contact=story.contact,
        sections=list(story.sections),
        claims=find_claims(story.sections),
        candidates=find_candidates(story, document),
    )


def _evidence(story: Story) -> Evidence:
    return Evidence(
        story.title.year if story.title else None,
        story.period[0].year if story.period else None,
        story.signed,
        story.published,
        story.sections,
    )


def why_no_report(document: Document, found: Found, story: Story) -> str | None:
    """Why a document is no report, in a sentence; None when it is one."""
    rows = [row.figures for row in found.requests if row.figures is not None]
    if len(rows) >= _CERTAIN_ROWS and any(figure.raw for figures in rows for figure in figures.values()):
        return None
    headlines = [line for line in story.first_lines if len(line) < _LONGEST_HEADLINE][:2]
    names = [*document.titles[:2], *([story.title.text] if story.title else headlines)]
    veto = next((name for name in names if vetoed(name)), None)
    if veto is not None:
        return f"the title tells another kind of document: {veto}"
    signs = find_signs(story.whole)
    if len(rows) >= _CERTAIN_ROWS or enough(signs, story.title is not None, story.stated_year):
        return None
    return f"a report shows two or more signs of the statutory form; found: {', '.join(signs) or 'none'}"


def _status(tables: Tables, year: int | None) -> Status:
    if tables.missing:
        return "tables_missing"
    return "partial" if tables.doubtful or year is None or tables.form is None else "parsed"


def _problems_of(story: Story) -> list[Problem]:
    """What the words lack."""
    problems = []
    if not story.legacy and [section.number for section in story.sections if section.number] != [1, 2, 3, 4, 5, 6]:
        problems.append(Problem("sections_incomplete", "not all six sections were found in the text"))
    if story.title is None:
        problems.append(Problem("title_missing", "no title of a report was found"))
    if story.unit is None:
        problems.append(Problem("unit_unknown", "neither the title nor the text names the unit"))
    return problems
