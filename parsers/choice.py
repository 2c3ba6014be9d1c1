"""Of several files that came in one archive, the report: the one that reads best. The others are told, not read in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.report import Problem, Report

_BEST_FIRST = ("parsed", "partial", "tables_missing", "unreadable", "not_a_report")
_MOST_TOLD = 20


def choose(reports: Sequence[Report], file: str) -> Report:
    """The report that reads best, under the archive's own name; every other file is a problem of it.

    At least one report must be given; each bears the name of its file in the archive.
    """
    best = min(reports, key=lambda report: (_BEST_FIRST.index(report.status), -_figures(report)))
    others = [report for report in reports if report is not best]
    problems = [Problem("archive_member", f"read from {best.file} in the archive")]
    problems += [Problem("archive_other_member", _told(report)) for report in others[:_MOST_TOLD]]
    if len(others) > _MOST_TOLD:
        left = len(others) - _MOST_TOLD
        problems.append(Problem("archive_other_member", f"{left} further files of the archive were not taken"))
    return replace(best, file=file, problems=[*problems, *best.problems])


def _figures(report: Report) -> int:
    rows = [report.proactive, *report.requests.values(), *report.disputes.values()]
    return sum(cell.value is not None for row in rows for cell in row.values())


def _told(report: Report) -> str:
    if report.status in ("unreadable", "not_a_report"):
        reason = report.problems[0].message if report.problems else ""
        return f"{report.file} is {report.status}: {reason}"
    return f"{report.file} is a report too ({report.status}, year {report.year or 'unknown'}); another one was taken"
