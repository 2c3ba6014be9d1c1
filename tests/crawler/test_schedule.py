"""How often a portal is visited, by the time of the year and by what was found there."""

from __future__ import annotations

import pytest

from crawler.schedule import Visit, interval, is_due

WINTER, SUMMER = "2026-02-10T02:00:00Z", "2026-07-10T02:00:00Z"


def done(started: str, found: bool = False) -> Visit:
    return Visit(started, "done", found)


def test_a_portal_never_visited_or_interrupted_is_due() -> None:
    assert is_due([], WINTER)
    assert is_due([Visit("2026-02-10T01:00:00Z", None, False)], WINTER)
    assert is_due([Visit("2026-02-10T01:00:00Z", "interrupted", False)], SUMMER)


def test_in_the_season_daily_where_each_visit_finds_something_weekly_where_none_does() -> None:
    always = [done(f"2026-02-0{day}T02:00:00Z", found=True) for day in range(1, 10)]
    never = [done(f"2026-02-0{day}T02:00:00Z") for day in range(1, 10)]
    assert interval(always, WINTER) == 1
    assert interval(never, WINTER) == 7
    assert interval([*never, done("2026-02-09T02:00:00Z", found=True)], WINTER) == 3.5


def test_out_of_the_season_at_most_once_a_quarter() -> None:
    always = [done(f"2025-0{month}-10T02:00:00Z", found=True) for month in range(5, 10)]
    never = [done(f"2025-0{month}-10T02:00:00Z") for month in range(5, 10)]
    assert interval(always, SUMMER) == 91
    assert interval(never, SUMMER) == 182
    assert not is_due([done("2026-04-30T02:00:00Z", found=True)], SUMMER)
    assert is_due([done("2026-04-10T02:00:00Z", found=True)], SUMMER)


def test_a_portal_of_last_autumn_is_due_when_the_season_begins() -> None:
    assert not is_due([done("2025-12-20T02:00:00Z")], "2025-12-31T02:00:00Z")
    assert is_due([done("2025-12-20T02:00:00Z")], "2026-01-01T02:00:00Z")


def test_a_timer_that_fires_a_minute_early_is_not_a_day_late() -> None:
    assert is_due([done("2026-02-03T02:01:00Z")], WINTER)


@pytest.mark.parametrize("outcome", ["failed", "blocked"])
def test_a_failed_visit_is_made_again_soon(outcome: str) -> None:
    assert is_due([Visit("2026-02-09T02:00:00Z", outcome, False)], WINTER)
    assert not is_due([Visit("2026-07-09T02:00:00Z", outcome, False)], SUMMER)
    assert is_due([Visit("2026-07-03T02:00:00Z", outcome, False)], SUMMER)
