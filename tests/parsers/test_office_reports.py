"""Whole reports as Word files, sheets and OFD: every cell that was printed is read, whatever the table's variant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers import Hint, read
from parsers.report import Report
from tests.parsers.office import docx, ofd_report, paragraph, sheet_report, word_body, word_report
from tests.parsers.oldsheets import old_sheet_report
from tests.replica.figures import Figures, invented, recorded
from tests.replica.statutory import APPLICANTS, outcomes
from tests.replica.story import Story
from tests.replica.truth import broken_identities, kind_of, value_of

FORMATS: dict[str, Callable[[Story], bytes]] = {
    "word": word_report,
    "word-one-table": lambda story: word_report(story, one_table=True),
    "word-separate": lambda story: word_report(story, separate=True),
    "word-nested": lambda story: docx(
        f"<w:tbl><w:tr><w:tc>{paragraph('栏目')}</w:tc><w:tc>{word_body(story)}</w:tc></w:tr></w:tbl>"
    ),
    "sheet": sheet_report,
    "sheets": lambda story: sheet_report(story, several=True),
    "old-sheet": old_sheet_report,
    "ofd": ofd_report,
}


def thinned(figures: Figures, empty: str) -> Figures:
    return figures.changed({path: empty for at, path in enumerate(figures.cells) if at % 4 == 1})


def all_different() -> Figures:
    figures = invented("distinct")
    counts = [path for path in figures.cells if path.split(".")[0] in ("requests", "disputes")]
    return figures.changed({path: str(1001 + at) for at, path in enumerate(counts)})


VARIANTS: dict[str, Figures] = {
    "2021": invented("office", people=310, companies=12),
    "2019": invented("office-2019", form="2019", people=45, companies=3),
    "one-row-other": invented("office-one-row", one_row_other=True),
    "nothing-but-zeros": invented("office-zero", people=0),
    "all-different": all_different(),
    "blank": thinned(invented("office-blank"), ""),
    "slash": thinned(invented("office-slash", form="2019"), "/"),
    "dash": thinned(invented("office-dash"), "—"),
    "none": thinned(invented("office-none"), "无"),
    "wrong-totals": recorded("hongsibu-2019").changed({"disputes.reconsideration.total": "9"}),
    "thousands": invented("office-thousands").changed({"proactive.licensing_decisions": "12,345"}),
    "seven-decimals": invented("office-fees").changed({"proactive.admin_fees_wan_yuan": "31408.250917"}),
}


def told(variant: str, spelling: str = "statutory") -> Story:
    figures = VARIANTS[variant]
    year = 2019 if figures.form == "2019" else 2023
    return Story(
        "青石县人民政府", "county", year, figures, signed=f"{year + 1}-01-20", spelling=spelling, voice=len(variant) % 3
    )


def printed(report: Report) -> dict[str, str]:
    cells = {f"proactive.{item}": cell for item, cell in report.proactive.items()}
    for table, rows in (("requests", report.requests), ("disputes", report.disputes)):
        cells |= {f"{table}.{row}.{column}": cell for row, part in rows.items() for column, cell in part.items()}
    return {path: cell.raw for path, cell in cells.items()}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_comes_back(name: str, variant: str) -> None:
    story = told(variant)
    report = read(FORMATS[name](story), Hint("x"))
    assert printed(report) == dict(story.figures.cells)
    assert (report.status, report.form, report.unit) == ("parsed", story.figures.form, story.unit)
    assert (report.year, report.signed, report.title) == (story.year, story.signed, story.heading)
    assert [section.number for section in report.sections if section.number] == [1, 2, 3, 4, 5, 6]
    failing, undecided = broken_identities(story.figures)
    assert {(check.rule, check.scope) for check in report.checks if check.status == "fail"} == failing
    assert {(check.rule, check.scope) for check in report.checks if check.status == "uncertain"} == undecided
    for path, raw in story.figures.cells.items():
        table, row, *column = path.split(".")
        cell = getattr(report, table)[row] if not column else getattr(report, table)[row][column[0]]
        assert cell.kind == kind_of(raw)
        assert (None if cell.value is None else str(cell.value)) == (
            None if value_of(path, raw) is None else str(value_of(path, raw))
        )


@pytest.mark.parametrize("spelling", ["halfwidth", "spaced", "alias"])
@pytest.mark.parametrize("name", FORMATS)
def test_careless_spelling(name: str, spelling: str) -> None:
    story = told("2021", spelling)
    assert printed(read(FORMATS[name](story), Hint("x"))) == dict(story.figures.cells)


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_that_is_not_printed_is_not_made_up(name: str) -> None:
    story = told("one-row-other")
    report = read(FORMATS[name](story), Hint("x"))
    assert set(report.requests) == set(outcomes(one_row_other=True))
    assert "one_row_other" in [problem.code for problem in report.problems]


def test_the_running_text_is_whole_in_word_and_sheet() -> None:
    story = replace(told("2021"), voice=0)
    one, other = (read(FORMATS[name](story), Hint("x")) for name in ("word", "sheet"))
    assert [section.text for section in one.sections] == [section.text for section in other.sections]
    assert "链接" in one.sections[1].text


def test_every_cell_of_an_ofd_report_has_its_page_and_box() -> None:
    report = read(ofd_report(told("2021")), Hint("x"))
    row = [report.requests["new_received"][code].place for code, _ in APPLICANTS]
    assert all(place.page is not None and place.bbox is not None for place in row)
    lefts = [place.bbox[0] for place in row if place.bbox]
    assert lefts == sorted(set(lefts))
    assert (
        len({place.page for part in report.requests.values() for cell in part.values() for place in [cell.place]}) > 1
    )
