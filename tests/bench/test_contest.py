from __future__ import annotations

import pytest

from bench.contest import Contest, Figure, Promise, timed


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[str] = []

    def work(self, name: str, *seconds: float) -> None:
        self.calls.append(name)
        self.now += seconds[min(self.calls.count(name), len(seconds)) - 1]

    def contest(self, ours: tuple[float, ...], bare: tuple[float, ...], promise: Promise | None = None) -> Contest:
        return Contest(
            "html",
            "page",
            10,
            "parsers.read",
            "a library",
            ours=lambda: self.work("ours", *ours),
            bare=lambda: self.work("bare", *bare),
            promise=promise,
            clock=lambda: self.now,
        )


def test_the_sides_take_turns_and_the_medians_are_told() -> None:
    clock = Clock()
    # The first call is the round to warm up; 100 s is a disturbed round.
    result = timed(clock.contest((50, 2, 100, 2), (50, 1)), 3)
    assert clock.calls == ["ours", "bare", "ours", "bare", "bare", "ours", "ours", "bare"]
    assert (result.ours, result.bare, result.ratio, result.kept) == (0.2, 0.1, 2.0, None)
    assert str(result) == (
        "html: parsers.read 200 ms a page (5/s), a library 100 ms (10/s): 2 times as long"
        " (10 pages, medians of 3 rounds)"
    )


def test_the_ratio_is_the_median_of_the_rounds_not_of_the_medians() -> None:
    assert timed(Clock().contest((1, 1, 2, 4), (1, 2, 2, 2)), 3).ratio == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("promise", "ratio", "kept", "told"),
    [
        (Promise("at most", 2), 2.0, True, "2 times as long, at most 2 promised, met"),
        (Promise("at most", 1.9), 2.0, False, "2 times as long, at most 1.9 promised, NOT MET"),
        (Promise("at least", 0.5), 0.5, True, "0.5 times as fast, at least 0.5 promised, met"),
        (Promise("at least", 10), 0.5, False, "0.5 times as fast, at least 10 promised, NOT MET"),
    ],
)
def test_a_promise_is_of_times_as_long_or_of_times_as_fast(
    promise: Promise, ratio: float, kept: bool, told: str
) -> None:
    result = timed(Clock().contest((2,), (1,), promise), 1)
    assert (result.ratio, result.kept) == (ratio, kept)
    assert told in str(result)


def test_a_contest_tells_the_peak_memory_of_both_sides() -> None:
    contest = Contest("x", "call", 1, "ours", "bare", lambda: bytearray(200_000_000), lambda: sum(range(1000)))
    result = contest.run(1)
    assert result.peaks is not None
    ours, bare = result.peaks
    assert ours.own > bare.own + 150
    assert f"; peak memory {ours.own:.0f} MB beside {bare.own:.0f} MB (1 calls" in str(result)


def test_a_figure_is_held_to_its_bound() -> None:
    kept, broken, told = (Figure("crawl", "requests a report", lambda: 0.51, at_most=most) for most in (0.6, 0.5, None))
    assert (kept.run(7).kept, broken.run(7).kept, told.run(7).kept) == (True, False, None)
    assert str(broken.run(7)) == "crawl: 0.51 requests a report, at most 0.5 promised, NOT MET"
    assert str(told.run(7)) == "crawl: 0.51 requests a report"
