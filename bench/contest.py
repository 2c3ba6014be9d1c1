"""Two ways of doing the same work, timed in turns in one run: trust the ratio, not the seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal

from archive.limits import GARBAGE
from bench.memory import Peak, peak_of

Clock = Callable[[], float]


@dataclass(frozen=True)
class Promise:
    """Ours takes `at most` so many times as long as the other side, or is `at least` so many times as fast."""

    bound: Literal["at most", "at least"]
    times: float

    def is_kept(self, ratio: float) -> bool:
        """`ratio`: ours by the other side's, of times for `at most`, of speeds for `at least`."""
        return ratio <= self.times if self.bound == "at most" else ratio >= self.times


@dataclass(frozen=True)
class Contest:
    """Our way of some work and another, bare one; each call does all of it once: `count` times a `unit`.

    Without a promise the ratio is only told. The clock tells processor time, because the machine may be shared: what
    others do on it does not count against either side. A claim about several processes takes `time.perf_counter`, one
    about work in processes that it waits for takes `whole_family`.
    """

    name: str
    unit: str
    count: int
    ours_name: str
    bare_name: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    promise: Promise | None = None
    clock: Clock = time.process_time

    def run(self, rounds: int) -> Result:
        """The peak memory of each side, then both timed `rounds` times, in turns."""
        peaks = peak_of(self.ours), peak_of(self.bare)
        return timed(self, rounds, peaks)


@dataclass(frozen=True)
class Result:
    """Medians over the rounds: seconds a unit of each side, and the ratio as the promise counts it.

    `remark` is what else there is to tell of them.
    """

    contest: Contest
    rounds: int
    ours: float
    bare: float
    ratio: float
    peaks: tuple[Peak, Peak] | None = None
    remark: str = ""

    @property
    def kept(self) -> bool | None:
        """Was the promise kept? None where there is none."""
        return None if self.contest.promise is None else self.contest.promise.is_kept(self.ratio)

    def __str__(self) -> str:
        contest = self.contest
        told = f"{contest.name}: {contest.ours_name} {_duration(self.ours)} a {contest.unit}"
        told += f" ({_short(1 / self.ours)}/s), {contest.bare_name} {_duration(self.bare)} ({_short(1 / self.bare)}/s):"
        if contest.promise is None:
            told += f" {_short(self.ratio)} times as long"
        else:
            how = "as long" if contest.promise.bound == "at most" else "as fast"
            verdict = "met" if self.kept else "NOT MET"
            told += f" {_short(self.ratio)} times {how}, {contest.promise.bound} {contest.promise.times:g} promised,"
            told += f" {verdict}"
        if self.peaks is not None:
            told += f"; peak memory {self.peaks[0]} beside {self.peaks[1]}"
        told += f"; {self.remark}" if self.remark else ""
        return f"{told} ({contest.count} {contest.unit}s, medians of {self.rounds} rounds)"


@dataclass(frozen=True)
class Figure:
    """A claim that has nothing to run beside: one number, and what it may be at most."""

    name: str
    unit: str
    measure: Callable[[], float]
    at_most: float | None = None

    def run(self, rounds: int) -> FigureResult:
        """Measured once, whatever `rounds` says."""
        return FigureResult(self, self.measure())


@dataclass(frozen=True)
class FigureResult:
    """The number that was measured."""

    figure: Figure
    value: float

    @property
    def kept(self) -> bool | None:
        """Is the number within its bound? None where there is none."""
        return None if self.figure.at_most is None else self.value <= self.figure.at_most

    def __str__(self) -> str:
        told = f"{self.figure.name}: {_short(self.value)} {self.figure.unit}"
        if self.figure.at_most is None:
            return told
        return f"{told}, at most {self.figure.at_most:g} promised, {'met' if self.kept else 'NOT MET'}"


def timed(contest: Contest, rounds: int, peaks: tuple[Peak, Peak] | None = None) -> Result:
    """Time both sides `rounds` times, taking turns at being first, after one round to warm up."""
    sides = (contest.ours, contest.bare)
    for side in sides:
        side()
    # Garbage is looked for as in a reading process: seldom, and not among what was imported.
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(*GARBAGE)
    seconds: list[tuple[float, float]] = []
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        took = {which: _seconds(sides[which], contest.clock) for which in order}
        seconds.append((took[0], took[1]))
    gc.set_threshold(*before)
    gc.unfreeze()
    faster = contest.promise is not None and contest.promise.bound == "at least"
    return Result(
        contest,
        rounds,
        ours=median(ours for ours, _ in seconds) / contest.count,
        bare=median(bare for _, bare in seconds) / contest.count,
        ratio=median(bare / ours if faster else ours / bare for ours, bare in seconds),
        peaks=peaks,
    )


def _seconds(work: Callable[[], object], clock: Clock) -> float:
    gc.collect()
    started = clock()
    work()
    return clock() - started


def _duration(seconds: float) -> str:
    for unit, scale in (("s", 1.0), ("ms", 1e3)):
        if seconds * scale >= 1:
            return f"{_short(seconds * scale)} {unit}"
    return f"{_short(seconds * 1e6)} µs"


def _short(value: float) -> str:
    """Three digits are more than such a figure is worth."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
