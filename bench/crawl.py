"""Claims: a page costs the crawl at most 1.5 times the processor time it costs bare Scrapy; what else it takes.

The crawl's side is all that a crawl does with a page: asking for it politely, judging it and its links, and keeping it
(WARC record, original, ledger). Told beside it: the same crawl keeping none, and a raw aiohttp loop.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.contest import Contest, Figure, Promise, Result
from bench.crawlweb import ASKED
from bench.memory import Peak, SideFailedError
from bench.turns import in_turns

PORTALS = 10
MANY = 300
SIDES = ("ours", "keeping none", "scrapy", "aiohttp")
# A crawl before the rounds: what it asked for, all sides ask for.
FIRST = "first"
Taken = dict[str, float]


@dataclass
class Meter:
    """Runs sides as processes, which tell what they took; a round is one run of each, in turns, for all claims.

    Each run has a folder of its own: a disk that has just lost some thousand files is slow to give room for new ones.
    """

    proxy: str
    folder: Path
    told: list[dict[str, Taken]] = field(default_factory=list)

    def run(self, sides: Sequence[str], name: str, portals: int = PORTALS) -> dict[str, Taken]:
        """Run sides to their ends, in folders of this name. Raises SideFailedError."""
        plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        folders = {side: self.folder / f"{name} {side}" for side in sides}
        for folder in folders.values():
            folder.mkdir()
            if (self.folder / ASKED).exists():
                shutil.copy(self.folder / ASKED, folder)
        commands = [
            [sys.executable, "-m", "bench.crawlsides", side, str(portals), str(folder)]
            for side, folder in folders.items()
        ]
        printed = in_turns(commands, plain | {"http_proxy": self.proxy, "https_proxy": self.proxy})
        return {side: json.loads(text.splitlines()[-1]) for side, text in zip(sides, printed, strict=True)}

    def rounds(self, count: int) -> list[dict[str, Taken]]:
        """What each side told in so many rounds. Raises SideFailedError, also when one fetched other pages."""
        if not self.told:
            self.run(["ours"], FIRST)
            shutil.copy(self.folder / f"{FIRST} ours" / ASKED, self.folder)
        while len(self.told) < count:
            number = len(self.told)
            # Another side is the first in each round.
            order = [SIDES[(place + number) % len(SIDES)] for place in range(len(SIDES))]
            told = self.run(order, f"{number}")
            if len(pages := {taken["pages"] for taken in told.values()}) > 1:
                raise SideFailedError(f"the sides fetched {pages} pages: they must fetch the same")
            self.told.append(told)
        return self.told[:count]

    def peak_of_many(self) -> float:
        """Megabytes at most, with many portals under way at once. Raises SideFailedError when they were not."""
        told = self.run(["ours"], "many", MANY)["ours"]
        if told["at_once"] < MANY:
            raise SideFailedError(f"{told['at_once']:.0f} portals were under way at once, {MANY} were to be")
        return told["peak"]

    def requests_a_report(self) -> float:
        """Requests that fetched neither a report nor its attachment, by reports found, in the first crawl."""
        with sqlite3.connect(self.folder / f"{FIRST} ours" / "data" / "archive.db") as db:
            others, reports = db.execute(
                "SELECT sum(purpose NOT IN ('report', 'attachment')), sum(role IS NOT NULL) FROM fetches"
                " WHERE status IS NOT NULL"
            ).fetchone()
        return float(others) / float(reports)


@dataclass(frozen=True)
class Race:
    """Two of the sides beside each other, by what they told of the meter's rounds."""

    meter: Meter
    ours: str
    bare: str
    names: tuple[str, str]
    promise: Promise | None = None

    def run(self, rounds: int) -> Result:
        """Medians over the rounds, the ratios of which are told too. Raises SideFailedError."""
        told = self.meter.rounds(rounds)
        pages = int(told[0][self.ours]["pages"])
        took = [(taken[self.ours]["cpu"], taken[self.bare]["cpu"]) for taken in told]
        ours, bare = self.names
        contest = Contest(f"crawl beside {self.bare}", "page", pages, ours, bare, int, int, self.promise)
        return Result(
            contest,
            rounds,
            ours=median(ours for ours, _ in took) / pages,
            bare=median(bare for _, bare in took) / pages,
            ratio=median(ratios := sorted(ours / bare for ours, bare in took)),
            peaks=(_peak(told, self.ours), _peak(told, self.bare)),
            remark=f"{ratios[0]:.2f} to {ratios[-1]:.2f} in single rounds; of the processor time the system took"
            f" {_system(told, self.ours):.0%} and {_system(told, self.bare):.0%}",
        )


def _system(told: list[dict[str, Taken]], side: str) -> float:
    """Which part of a side's processor time was spent in calls of the system."""
    return median(taken[side]["system"] / taken[side]["cpu"] for taken in told)


def _peak(told: list[dict[str, Taken]], side: str) -> Peak:
    return Peak(max(taken[side]["peak"] for taken in told), 0)


def contests(scene: ExitStack) -> list[Race | Figure]:
    """The same pages from the same server for each side; the server is a process of its own."""
    server = scene.enter_context(
        subprocess.Popen([sys.executable, "-m", "bench.crawlweb"], stdout=subprocess.PIPE, text=True)
    )
    scene.callback(server.terminate)
    assert server.stdout is not None  # noqa: S101 it was asked for
    port = int(server.stdout.readline())
    folder = Path(scene.enter_context(TemporaryDirectory(prefix="nianbao-bench-")))
    meter = Meter(f"http://127.0.0.1:{port}", folder)
    bare = "bare Scrapy, fetching only"
    return [
        Race(meter, "ours", "scrapy", ("the crawl", bare), Promise("at most", 1.5)),
        Race(meter, "keeping none", "scrapy", ("the crawl, keeping none,", bare)),
        Race(meter, "ours", "aiohttp", ("the crawl", "a raw aiohttp loop")),
        Figure("crawl, other requests", "a report", meter.requests_a_report, at_most=0.5),
        Figure(f"crawl, {MANY} portals under way at once", "MB", meter.peak_of_many),
    ]
