"""Claims: a page costs the crawl at most 1.5 times the processor time it costs bare Scrapy; what else it takes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.contest import Contest, Figure, Promise
from bench.memory import SideFailedError

PORTALS = 10
MANY = 300


@dataclass
class Meter:
    """Runs sides as processes and adds up the processor seconds that they tell: that is the contests' clock."""

    proxy: str
    folder: Path
    spent: float = 0.0
    told: dict[str, dict[str, float]] = field(default_factory=dict)

    def clock(self) -> float:
        """Seconds that all sides took so far."""
        return self.spent

    def run(self, side: str, portals: int = PORTALS) -> dict[str, float]:
        """Run a side to its end. Raises SideFailedError."""
        if side == "ours":
            shutil.rmtree(self.folder / "data", ignore_errors=True)
        plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        ran = subprocess.run(  # noqa: S603 ourselves
            [sys.executable, "-m", "bench.crawlsides", side, str(portals), str(self.folder)],
            env=plain | {"http_proxy": self.proxy, "https_proxy": self.proxy},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise SideFailedError(f"{side} failed: {ran.stderr[-2000:]}")
        told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
        self.spent += told["cpu"]
        return told

    def peak_of_many(self) -> float:
        """Megabytes at most, with many portals under way at once."""
        return self.run("ours", MANY)["peak"]

    def requests_a_report(self) -> float:
        """Requests that fetched neither a report nor its attachment, by reports found."""
        self.run("ours")
        with sqlite3.connect(self.folder / "data" / "archive.db") as db:
            others, reports = db.execute(
                "SELECT sum(purpose NOT IN ('report', 'attachment')), sum(role IS NOT NULL) FROM fetches"
                " WHERE status IS NOT NULL"
            ).fetchone()
        return float(others) / float(reports)


def contests(scene: ExitStack) -> list[Contest | Figure]:
    """The same pages from the same server for each side; the server is a process of its own."""
    server = scene.enter_context(
        subprocess.Popen([sys.executable, "-m", "bench.crawlweb"], stdout=subprocess.PIPE, text=True)
    )
    scene.callback(server.terminate)
    assert server.stdout is not None  # noqa: S101 it was asked for
    port = int(server.stdout.readline())
    folder = Path(scene.enter_context(TemporaryDirectory(prefix="nianbao-bench-")))
    meter = Meter(f"http://127.0.0.1:{port}", folder)
    pages = int(meter.run("ours")["pages"])

    def beside(side: str, name: str, promise: Promise | None) -> Contest:
        return Contest(
            f"crawl beside {side}",
            "page",
            pages,
            "the crawl",
            name,
            ours=lambda: meter.run("ours"),
            bare=lambda: meter.run(side),
            promise=promise,
            clock=meter.clock,
        )

    return [
        beside("scrapy", "bare Scrapy, fetching only", Promise("at most", 1.5)),
        beside("aiohttp", "a raw aiohttp loop", None),
        Figure(f"crawl, {MANY} portals under way at once", "MB", meter.peak_of_many),
        Figure("crawl, other requests", "a report", meter.requests_a_report, at_most=0.5),
    ]
