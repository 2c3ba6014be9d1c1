"""How a crawl ended."""

from __future__ import annotations

import pytest

from crawler.health import Facts, ending

NOW = "2026-01-29T08:00:00Z"


@pytest.mark.parametrize(
    ("trait", "facts", "outcome", "status"),
    [
        ("reports found", Facts(5, 1), "done", "ok"),
        ("as many as expected", Facts(5, 1, expect_min=5), "done", "ok"),
        ("fewer than expected", Facts(4, 1, expect_min=5), "failed", "broken"),
        ("none where there were some", Facts(0, 1, had_reports=True), "failed", "broken"),
        ("lists that led to nothing", Facts(0, 1), "failed", "broken"),
        ("the column is forbidden", Facts(0, 0, hindered="robots"), "blocked", "robots"),
        ("the column is challenged", Facts(0, 0, hindered="blocked"), "blocked", "blocked"),
        ("a part is forbidden", Facts(5, 1, hindered="robots"), "done", "ok"),
        ("no column at all", Facts(0, 0), "failed", "broken"),
        ("challenge", Facts(3, 1, "blocked", "412"), "blocked", "blocked"),
        ("robots", Facts(0, 0, "robots", "robots.txt"), "blocked", "robots"),
        ("silence", Facts(0, 0, "no_answer", "timeout"), "failed", "unreachable"),
        ("home page gone", Facts(0, 0, "gone", "404"), "failed", "gone"),
        ("home page is no page", Facts(0, 0, "error", "500"), "failed", "broken"),
        ("home page leads away", Facts(0, 0, "off_site", "x"), "failed", "broken"),
    ],
)
def test_endings(trait: str, facts: Facts, outcome: str, status: str) -> None:
    end = ending(facts, NOW)
    assert (end.end.outcome, end.end.status) == (outcome, status), trait
    assert end.reason


def test_a_blocked_portal_rests_seven_days() -> None:
    assert ending(Facts(0, 0, "blocked", "412"), NOW).end.blocked_until == "2026-02-05T08:00:00Z"
    assert ending(Facts(5, 1, cms="trs"), NOW).end.blocked_until is None
    assert ending(Facts(5, 1, cms="trs"), NOW).end.cms == "trs"


def test_no_report_of_the_years_asked_for_is_no_failure_where_the_column_was_read() -> None:
    assert ending(Facts(0, 1, narrowed=True), NOW).end.status == "ok"
    assert ending(Facts(0, 0, narrowed=True), NOW).end.status == "broken"


@pytest.mark.parametrize(
    ("trait", "facts", "word"),
    [
        ("column there but empty", Facts(0, 0, had_reports=True, lists=2, expect_min=5), "emptied"),
        ("no way to a column", Facts(0, 0, had_reports=True, expect_min=5), "redesigned"),
        ("all at new addresses", Facts(5, 1, known_before=5, met_again=0), "redesigned"),
        ("some at new addresses", Facts(5, 1, known_before=5, met_again=1), "read to its end"),
        ("too few to tell", Facts(2, 1, known_before=2, met_again=0), "read to its end"),
        ("fewer, and at new addresses", Facts(3, 1, expect_min=4, known_before=5), "redesigned"),
    ],
)
def test_the_reason_says_what_happened_to_the_portal(trait: str, facts: Facts, word: str) -> None:
    assert word in ending(facts, NOW).reason, trait
