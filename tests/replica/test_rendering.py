"""Reports as HTML and as PDF hold the figures they were made from, and are always the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from tests.replica import render_pdf
from tests.replica.figures import Figures, invented, recorded
from tests.replica.grids import Grid, disputes_grid, proactive_grids, requests_grid, respell
from tests.replica.render_html import STYLES, report_html
from tests.replica.render_pdf import FontMissingError, report_pdf
from tests.replica.story import Story

ROOT = Path(__file__).parents[2]
CASES = ("hongqi-2024", "hongsibu-2019", "hongze-2024")


def _story(figures: Figures) -> Story:
    return Story("某区人民政府", "county", 2023, figures)


def _figures_in_order(figures: Figures) -> list[str]:
    grids = [*proactive_grids(figures, False), requests_grid(figures), disputes_grid(figures)]
    return [box.text for grid in grids for row in grid.rows for box in row if box.path]


def _area(grid: Grid) -> int:
    return sum(box.rows * box.cols for row in grid.rows for box in row)


@pytest.mark.parametrize("name", CASES)
def test_grids_hold_every_figure_once_and_have_no_holes(name: str) -> None:
    figures = recorded(name)
    grids = [*proactive_grids(figures, True), requests_grid(figures), disputes_grid(figures)]
    paths = [box.path for grid in grids for row in grid.rows for box in row if box.path]
    assert sorted(paths) == sorted(figures.cells)
    assert all(_area(grid) == grid.width * len(grid.rows) for grid in grids)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", CASES)
def test_html_holds_the_figures(name: str, style: str) -> None:
    figures = recorded(name)
    html = report_html(_story(figures), style)
    cells = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)]
    numbers = [cell for cell in cells if re.fullmatch(r"[+-]?[\d.]+万?", cell)]
    assert numbers == _figures_in_order(figures)


def test_html_without_tables_says_where_they_are() -> None:
    html = report_html(_story(recorded("hongqi-2024")), tables=False, tail='<a href="./x.pdf">附件</a>')
    assert "附件中的表格" in html
    assert "<td" not in html


def test_word_soup_splits_labels_over_spans() -> None:
    html = report_html(_story(recorded("hongqi-2024")), "word")
    assert "结转下年度继续办理" not in html
    assert "<o:p></o:p>" in html


def test_blanks_and_slashes_are_printed_as_they_are() -> None:
    figures = invented("x").changed({"requests.carried_in.research": "/", "requests.carried_in.other": ""})
    html = report_html(_story(figures))
    assert "<td>/</td>" in html
    assert "<td>&nbsp;</td>" in html


def test_labels_are_misspelt_on_demand_alone() -> None:
    assert respell("现行有效件数", "statutory") == "现行有效件数"
    assert respell("现行有效件数", "alias") == "现有有效件数"
    assert respell("（一）予以公开", "halfwidth") == "(一)予以公开"
    assert respell("第二十条第（一）项", "halfwidth") == "第二十条第（一）项"
    assert respell("自然人", "spaced") == "自然 人"


@pytest.mark.parametrize("repeat", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_pdf_holds_the_figures_on_several_pages(name: str, repeat: bool) -> None:
    figures = recorded(name)
    data = report_pdf(_story(figures), repeat_labels=repeat)
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) > 2
        tables = [table for page in pdf.pages for table in page.extract_tables()]
        text = "".join(page.extract_text() for page in pdf.pages)
    cells = [cell for table in tables for row in table for cell in row if cell is not None]
    assert [cell for cell in cells if re.fullmatch(r"[+-]?[\d.]+万?", cell)] == _figures_in_order(figures)
    assert any("\n" in cell for cell in cells), "labels should be wrapped"
    assert "某区人民政府2023年政府信息公开工作年度报告" in text
    labels = [cell for cell in cells if "本年度办理结果" in cell.replace("\n", "")]
    assert len(labels) == (2 if repeat else 1)


def test_the_same_story_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "from hashlib import sha256\n"
        "from tests.replica.figures import recorded\n"
        "from tests.replica.render_pdf import report_pdf\n"
        "from tests.replica.story import Story\n"
        "story = Story('某区人民政府', 'county', 2023, recorded('hongze-2024'))\n"
        "print(sha256(report_pdf(story)).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"},
        capture_output=True,
        text=True,
        check=True,
    )
    report_pdf(_story(recorded("hongqi-2024")))
    here = report_pdf(_story(recorded("hongze-2024")))
    assert sha256(here).hexdigest() == elsewhere.stdout.strip()


def test_a_missing_font_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(render_pdf, "FONT_FILE", tmp_path / "none.ttc")
    monkeypatch.setattr(render_pdf, "_FONT", "another name")
    with pytest.raises(FontMissingError, match="fonts-wqy-zenhei"):
        report_pdf(_story(recorded("hongze-2024")))
