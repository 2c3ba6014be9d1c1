"""How much of a PDF is read, and what is said of one that is more."""

from __future__ import annotations

import pytest

from parsers import Hint, read
from parsers.formats import caps, pdfium, pdfium_chars, pdfium_rules
from tests.parsers.pdfs import Sheet


def codes(data: bytes) -> tuple[str, list[str], list[str]]:
    report = read(data, Hint("x.pdf"))
    return report.status, [problem.code for problem in report.problems], [step.reader for step in report.steps_down]


def one_page() -> bytes:
    sheet = Sheet()
    for at in range(5):
        sheet.line(60, 100 + at, 500, 100 + at)
    sheet.write(60, 60, "一行字")
    return sheet.bytes()


def test_too_many_pages() -> None:
    sheet = Sheet()
    for _ in range(caps.MOST_PAGES + 1):
        sheet.next_page()
    assert codes(sheet.bytes()) == ("unreadable", ["too_many_pages"], [])


@pytest.mark.parametrize(
    ("module", "cap", "code"),
    [
        (pdfium, "MOST_BYTES", "too_many_bytes"),
        (pdfium_chars, "MOST_CHARS", "too_many_objects"),
        (pdfium_rules, "MOST_OBJECTS", "too_many_objects"),
    ],
)
def test_a_cap_is_told_and_no_other_reader_tries(
    monkeypatch: pytest.MonkeyPatch, module: object, cap: str, code: str
) -> None:
    monkeypatch.setattr(module, cap, 2)
    assert codes(one_page()) == ("unreadable", [code], [])


def test_a_lock_is_told_by_the_first_reader() -> None:
    sheet = Sheet(locked_with="secret")
    sheet.write(60, 60, "不可见")
    assert codes(sheet.bytes()) == ("unreadable", ["pdf_locked"], [])


def test_why_the_second_reader_was_asked_is_told_and_alarms_nobody() -> None:
    report = read(one_page(), Hint("x.pdf"))
    told = report.to_json()
    assert told["steps_down"] == [{"reader": "pdfium", "reason": report.steps_down[0].reason}]
    assert [problem["code"] for problem in told["problems"]] == ["not_a_report"]
