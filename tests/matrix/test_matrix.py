"""Each format meets every look, every wording and all figures once: every cell right, nothing invented."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from parsers.completeness import cells_of
from parsers.report import Report
from tests.matrix.cases import Case, plan, planned
from tests.matrix.files import files, report_in
from tests.matrix.makers.formats import FORMATS
from tests.matrix.pages import ink, misboxed, sizes
from tests.matrix.subjects import SUBJECTS
from tests.matrix.verdict import judge
from tests.matrix.wordings import WORDINGS
from tests.replica.truth import broken_identities

_MADE: dict[Case, Path] = {}


def file_of(case: Case) -> Path:
    """The case's file; the whole plan of its format is made at once, as converters are slow to start."""
    if case not in _MADE:
        _MADE.update(files(plan(case.format)))
    return _MADE[case]


@cache
def report_of(case: Case) -> Report:
    return report_in(case, file_of(case))


@pytest.mark.parametrize("case", planned(), ids=str)
def test_every_cell_is_right_and_nothing_is_invented(case: Case) -> None:
    pages = sizes(file_of(case)) if case.made_as.boxes else None
    assert judge(case, report_of(case), pages).faults == []


@pytest.mark.parametrize("case", [c for c in planned() if c.format.startswith("pdf-") and c.made_by.legible], ids=str)
def test_each_box_holds_the_letters_of_its_figure_and_no_others(case: Case) -> None:
    printed = ink(file_of(case))
    cells = cells_of(report_of(case))
    assert cells
    assert [fault for path, cell in cells.items() for fault in misboxed(".".join(path), cell, printed)] == []


def test_every_look_every_wording_and_all_figures_meet_each_format() -> None:
    met = planned()
    quick = [name for name in FORMATS if not FORMATS[name].only]
    looks = {(name, look) for name in FORMATS for look in FORMATS[name].looks}
    assert {(case.format, case.look) for case in met} == looks
    for names, meet in ((WORDINGS, "wording"), (SUBJECTS, "subject")):
        found = {(case.format, getattr(case, meet)) for case in met}
        assert {(name, other) for name in quick for other in names} <= found
    for name in FORMATS.keys() - set(quick):
        assert len({case.subject for case in met if case.format == name}) >= 3
    assert set(FORMATS) >= {f"pdf-{maker}" for maker in ("libreoffice", "chromium", "reportlab")}


def test_the_figures_are_as_various_as_they_should_be() -> None:
    wrong = [name for name, figures in SUBJECTS.items() if broken_identities(figures)[0]]
    assert len(SUBJECTS) >= 12
    assert 3 * len(wrong) >= len(SUBJECTS)
    assert {figures.form for figures in SUBJECTS.values()} == {"2021", "2019"}
    assert sum(len(set(figures.cells.values())) == len(figures.cells) for figures in SUBJECTS.values()) >= 2
    assert set(SUBJECTS["zeros"].cells.values()) == {"0"}
