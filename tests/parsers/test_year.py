"""Which year a report is about (design.md, decision 6)."""

from __future__ import annotations

from datetime import date

from parsers.report import Section
from parsers.year import Evidence, decide_year


def codes(evidence: Evidence) -> tuple[int | None, list[str]]:
    year, problems = decide_year(evidence)
    return year, [problem.code for problem in problems]


def test_title_and_period_agree() -> None:
    assert codes(Evidence(2023, 2023, None, None)) == (2023, [])


def test_one_of_them_is_enough() -> None:
    assert codes(Evidence(2023, None, date(2025, 1, 2), None)) == (2023, [])
    assert codes(Evidence(None, 2023, None, None)) == (2023, [])


def test_a_conflict_is_decided_by_the_signature() -> None:
    assert codes(Evidence(2024, 2023, date(2025, 1, 14), None)) == (2024, ["year_conflict"])
    assert codes(Evidence(2024, 2023, date(2024, 1, 14), None)) == (2023, ["year_conflict"])


def test_a_conflict_is_decided_by_what_the_text_tells_about() -> None:
    text = "2024年，我县开放了数据。2024年，发布信息120条。2023年的问题已改。"
    assert codes(Evidence(2024, 2023, None, None, (Section(1, "一、总体情况", text),))) == (2024, ["year_conflict"])


def test_a_conflict_that_nothing_decides_leaves_no_year() -> None:
    assert codes(Evidence(2024, 2023, None, None)) == (None, ["year_conflict"])
    assert codes(Evidence(2024, 2023, date(2026, 3, 1), None)) == (None, ["year_conflict"])


def test_only_a_date_gives_an_inferred_year() -> None:
    assert codes(Evidence(None, None, None, date(2024, 1, 20))) == (2023, ["year_inferred"])


def test_nothing_gives_no_year() -> None:
    assert codes(Evidence(None, None, None, None)) == (None, ["year_unknown"])
