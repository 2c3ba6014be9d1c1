"""`read` as a whole: bad input is an answer, the same bytes give the same report, a cut table is not guessed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import parsers
from parsers import Hint, read
from parsers.version import package_digest
from tests.replica.figures import invented
from tests.replica.render_html import report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty_file"), (b"PK\x03\x04", "zip_damaged"), (b"%PDF-", "pdf_damaged"), (b"\x00\x01", "type_unknown")],
)
def test_what_cannot_be_read_is_unreadable_with_its_reason(data: bytes, code: str) -> None:
    report = read(data, Hint("a.pdf"))
    assert (report.status, [problem.code for problem in report.problems]) == ("unreadable", [code])
    assert "a.pdf" in report.problems[0].message
    assert (report.proactive, report.requests, report.disputes, report.checks) == ({}, {}, {}, [])


def test_a_text_about_something_else_is_no_report() -> None:
    report = read("今天下雨，停水通知见附件。".encode(), Hint("a.txt"))
    assert report.status == "not_a_report"
    assert "none" in report.problems[0].message


def test_a_table_alone_is_a_report() -> None:
    page = (GOLDEN / "trial-form.html").read_text("utf-8")
    table = page[page.index("<table", page.index("三、收到")) : page.index("</table>", page.index("三、收到")) + 8]
    report = read(f"<html><body>{table}</body></html>".encode(), Hint("a.html"))
    assert report.status == "tables_missing"
    assert len(report.requests) == 23
    missing = [problem.message for problem in report.problems if problem.code == "tables_missing"]
    assert len(missing) == 2
    assert "table two" in missing[0]


def test_the_json_is_the_contract_s() -> None:
    report = read((GOLDEN / "trial-form.html").read_bytes(), Hint("a.html")).to_json()
    assert json.loads(json.dumps(report)) == report
    for cell in [*report["proactive"].values(), *(c for row in report["requests"].values() for c in row.values())]:
        assert {"value", "kind", "raw", "page", "bbox"} <= cell.keys()
        assert (cell["kind"] == "number") == (cell["value"] is not None)
        assert not isinstance(cell["value"], float)


def test_the_same_bytes_give_the_same_report() -> None:
    data = (GOLDEN / "nested-layout.html").read_bytes()
    assert read(data, Hint("a.html")) == read(data, Hint("a.html"))


def story(name: str, form: str = "2021") -> Story:
    year = 2019 if form == "2019" else 2023
    figures = invented(name, form=form, people=310, companies=12)
    return Story(unit="青石县人民政府", level="county", year=year, figures=figures, signed=f"{year + 1}-01-20")


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("empty", ["", "/", "-", "无"])
def test_figures_come_back_from_html_and_pdf_alike(form: str, empty: str) -> None:
    whole = story(f"alike-{form}", form)
    thinned = whole.figures.changed({path: empty for at, path in enumerate(whole.figures.cells) if at % 4 == 1})
    told = Story(**{**vars(whole), "figures": thinned})
    for data in (f"<html><body>{report_html(told, 'word')}</body></html>".encode(), report_pdf(told)):
        report = read(data, Hint("x"))
        printed = {f"proactive.{item}": cell.raw for item, cell in report.proactive.items()}
        for table, rows in (("requests", report.requests), ("disputes", report.disputes)):
            printed |= {f"{table}.{row}.{column}": c.raw for row, cells in rows.items() for column, c in cells.items()}
        assert printed == dict(thinned.cells)
        assert (report.status, report.form, report.signed) == ("parsed", form, f"{whole.year + 1}-01-20")


def test_spoilt_files_never_raise() -> None:
    dice = random.Random(20240117)  # noqa: S311 not for secrets
    originals = [
        (GOLDEN / "nested-layout.html").read_bytes(),
        (GOLDEN / "wrapped-lines.txt").read_bytes(),
        (GOLDEN / "tabs-shifted.txt").read_text("utf-8").encode("gb18030"),
        report_pdf(story("spoilt")),
    ]
    for round_ in range(120):
        data = bytearray(originals[round_ % len(originals)])
        for _ in range(dice.choice((1, 20, 400))):
            at = dice.randrange(len(data))
            data[at : at + dice.randrange(3)] = bytes(dice.randrange(256) for _ in range(dice.randrange(3)))
        assert read(bytes(data), Hint("x")).status


def test_the_version_is_a_digest_of_code_and_data(tmp_path: Path) -> None:
    assert len(parsers.VERSION) == 16
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "notes.md").write_text("not counted\n")
    before = package_digest(tmp_path)
    (tmp_path / "notes.md").write_text("still not\n")
    assert package_digest(tmp_path) == before
    (tmp_path / "rules.toml").write_text("a = 1\n")
    assert package_digest(tmp_path) != before
