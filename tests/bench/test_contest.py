from __future__ import annotations

import pytest

from bench.contest import Contest, Result, run


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[str] = []

    def work(self, name: str, *seconds: float) -> None:
        self.calls.append(name)
        self.now += seconds[min(self.calls.count(name), len(seconds)) - 1]


def test_the_sides_take_turns_and_the_medians_are_told() -> None:
    clock = Clock()
    contest = Contest(
        "HTML",
        10,
        "a library",
        # The first call is the round to warm up; 100 s is a disturbed round.
        ours=lambda: clock.work("ours", 50, 2, 100, 2),
        bare=lambda: clock.work("bare", 50, 1),
    )
    result = run(contest, 3, lambda: clock.now)
    assert clock.calls == ["ours", "bare", "ours", "bare", "bare", "ours", "ours", "bare"]
    assert (result.ours, result.bare, result.ratio) == (5.0, 10.0, 0.5)
    assert str(result) == (
        "HTML: parsers.read 5.0 pages/s, a library 10.0 pages/s, ratio 0.500 (10 pages, medians of 3 rounds)"
    )


def test_the_ratio_is_the_median_of_the_rounds_not_of_the_medians() -> None:
    clock = Clock()
    contest = Contest("X", 1, "b", lambda: clock.work("ours", 1, 1, 2, 4), lambda: clock.work("bare", 1, 2, 2, 2))
    result: Result = run(contest, 3, lambda: clock.now)
    assert result.ratio == pytest.approx(1.0)
