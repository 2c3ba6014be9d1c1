"""Two ways of doing the same work, timed in turns in one run: trust the ratio, not the seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Contest:
    """Our reading of some pages and the bare library's; each call reads all `pages` once."""

    name: str
    pages: int
    bare_name: str
    ours: Callable[[], object]
    bare: Callable[[], object]


@dataclass(frozen=True)
class Result:
    """Medians over the rounds: pages per second of processor time, and ours by the bare library's."""

    contest: Contest
    rounds: int
    ours: float
    bare: float
    ratio: float

    def __str__(self) -> str:
        told = f"{self.contest.name}: parsers.read {self.ours:.1f} pages/s,"
        told += f" {self.contest.bare_name} {self.bare:.1f} pages/s, ratio {self.ratio:.3f}"
        return f"{told} ({self.contest.pages} pages, medians of {self.rounds} rounds)"


# Processor time, because the machine may be shared: what others do on it does not count against either side.
def run(contest: Contest, rounds: int, clock: Callable[[], float] = time.process_time) -> Result:
    """Time both sides `rounds` times, taking turns at being first, after one round to warm up."""
    sides = (contest.ours, contest.bare)
    for side in sides:
        side()
    speeds: list[tuple[float, float]] = []
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        seconds = {which: _seconds(sides[which], clock) for which in order}
        speeds.append((contest.pages / seconds[0], contest.pages / seconds[1]))
    return Result(
        contest=contest,
        rounds=rounds,
        ours=median(ours for ours, _ in speeds),
        bare=median(bare for _, bare in speeds),
        ratio=median(ours / bare for ours, bare in speeds),
    )


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    gc.collect()
    started = clock()
    work()
    return clock() - started
