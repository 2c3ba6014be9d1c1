"""Whole reports as PDF with the traits of real files: every cell right, or without a value. Nothing is invented."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from parsers import Hint, read
from parsers.completeness import cells_of
from parsers.document import Document, Grid
from parsers.formats.pdf import read_pdf
from parsers.formats.pdfium import read_pdfium
from parsers.report import Report
from tests.parsers.hard_pdfs import Traits, hard_pdf
from tests.parsers.pdfs import Sheet
from tests.replica.figures import Figures, invented
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.story import Story
from tests.replica.truth import values_of

TRAITS = {
    "plain": Traits(),
    "header repeated on the next page": Traits(repeat=True),
    "no left and right border": Traits(sides=False),
    "text drawn twice": Traits(twice=True),
    "level rules only": Traits(rules="levels"),
    "no rules": Traits(rules="none"),
    "content runs up": Traits(turn=90),
    "content runs down": Traits(turn=270),
    "content upside down": Traits(turn=180),
    "sideways page, shown upright": Traits(turn=90, rotate=90),
    "sideways page the other way": Traits(turn=270, rotate=270),
    "upright content on a turned page": Traits(rotate=90),
    "labels of columns one letter a line": Traits(standing=True),
    "labels of columns run up": Traits(turned_heads=True),
    "a row cut by the page": Traits(cut=True),
    "a watermark aslant": Traits(watermark=True),
    "turned, drawn twice, no sides, cut": Traits(turn=90, twice=True, sides=False, cut=True),
}
FIGURES = {
    "2021": invented("hard", people=40, companies=3),
    "2019": invented("hard", "2019", people=900, companies=30),
    "blanks": invented("gaps", people=25).changed(
        {
            "requests.granted_full.commercial": "",
            "requests.unable_not_held.other": "/",
            "requests.refused_petition.total": "",
            "disputes.litigation_direct.upheld": "-",
        }
    ),
}


def values(report: Report) -> dict[str, object]:
    return {".".join(path): cell.value for path, cell in cells_of(report).items()}


def wanted(figures: Figures) -> dict[str, object]:
    return {path: Decimal(raw) if isinstance(raw, str) else raw for path, raw in values_of(figures).items()}


@pytest.mark.parametrize("figures", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("traits", TRAITS.values(), ids=TRAITS)
def test_every_cell_is_right(traits: Traits, figures: Figures) -> None:
    report = read(hard_pdf(figures, traits), Hint("x.pdf"))
    assert values(report) == wanted(figures)
    assert report.status == "parsed"
    assert all(cell.place.page and cell.place.bbox for cell in cells_of(report).values())
    if figures is not FIGURES["blanks"]:
        assert report.steps_down == []


def test_a_blank_in_the_only_row_of_a_table_without_rules_is_not_guessed() -> None:
    figures = FIGURES["2021"].changed({"disputes.litigation_direct.upheld": "", "proactive.penalty_decisions": ""})
    report = read(hard_pdf(figures, Traits(rules="none")), Hint("x.pdf"))
    assert report.disputes == {}
    assert report.status == "partial"
    assert values(report).items() < wanted(figures).items()


def test_boxes_lie_on_the_page_as_it_is_shown() -> None:
    upright = cells_of(read(hard_pdf(FIGURES["2021"], Traits()), Hint("x.pdf")))
    sideways = cells_of(read(hard_pdf(FIGURES["2021"], Traits(turn=90, rotate=90)), Hint("x.pdf")))
    upwards = cells_of(read(hard_pdf(FIGURES["2021"], Traits(turn=90)), Hint("x.pdf")))
    for path, cell in upright.items():
        assert cell.place.bbox is not None
        assert sideways[path].place.bbox == pytest.approx(cell.place.bbox, abs=0.1)
        x0, top, x1, bottom = cell.place.bbox
        # A page 595.28 points wide, turned to the left.
        assert upwards[path].place.bbox == pytest.approx((top, 595.28 - x1, bottom, 595.28 - x0), abs=0.1)


def test_fonts_that_do_not_tell_their_letters_are_not_believed_but_looked_at() -> None:
    data = hard_pdf(FIGURES["2021"], Traits(), compress=False)
    stripped = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), data)
    assert stripped != data
    report = read(stripped, Hint("x.pdf"))
    assert [step.reader for step in report.steps_down] == ["pdfium", "pdfplumber"]
    assert all("no_unicode" in step.reason for step in report.steps_down)
    seen = {path: value for path, value in values(report).items() if value is not None}
    assert len(seen) > 190
    assert seen.items() <= values(read(data, Hint("x.pdf"))).items()
    unseen = read(stripped, Hint("x.pdf", recognise=False))
    assert (unseen.status, unseen.awaits_recognition, values(unseen)) == ("unreadable", True, {})


@pytest.mark.parametrize("reader", [read_pdfium, read_pdf])
def test_what_stands_beside_the_page_is_not_read(reader: Callable[[bytes, str], Document]) -> None:
    sheet = Sheet()
    for x, top, text in ((100, 100, "看得见"), (-80, 100, "左"), (700, 100, "右"), (100, -40, "上"), (100, 900, "下")):
        sheet.write(x, top, text)
    assert [paragraph.text for paragraph in reader(sheet.bytes(), "x.pdf").paragraphs] == ["看得见"]


@pytest.mark.parametrize("reader", [read_pdfium, read_pdf])
def test_a_watermark_with_digits_leaves_every_cell_sure(reader: Callable[[bytes, str], Document]) -> None:
    data = hard_pdf(FIGURES["2021"], Traits(watermark=True))
    grids = [block for block in reader(data, "x.pdf").blocks if isinstance(block, Grid)]
    assert len(grids) >= 3
    assert [cell.text for grid in grids for cell in grid.cells if not cell.sure] == []


def test_a_page_printed_by_a_browser(tmp_path: Path) -> None:
    figures = FIGURES["2021"]
    story = Story("青石县", "county", 2024, figures, signed="2025-01-20")
    ruled = "<style>table{border-collapse:collapse}td,th{border:1px solid #333}</style>"
    (tmp_path / "page.html").write_text(page(story.unit, story.heading, ruled + report_html(story, "plain")), "utf-8")
    out = tmp_path / "page.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={out}", str(tmp_path / "page.html")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    report = read(out.read_bytes(), Hint("page.pdf"))
    assert values(report) == wanted(figures)
    assert report.steps_down == []
