"""Claim: a hundred thousand reports load in steady time; how long, how large, and in how much memory. Run by name.

`NIANBAO_BENCH_REPORTS` sets another number of reports.
"""

from __future__ import annotations

import os
import resource
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.store import Archive
from bench.contest import Figure
from bench.loading import fill_ledger, load_all, synthetic

REPORTS = int(os.environ.get("NIANBAO_BENCH_REPORTS", "100000"))
PART = 1000


def contests(scene: ExitStack) -> list[Figure]:
    """One load, measured once: processor time, the last part beside the first, settling, size, memory."""
    folder = Path(scene.enter_context(TemporaryDirectory(prefix="nianbao-bench-")))
    parts: list[float] = []
    with Archive.open(folder) as archive:
        fill_ledger(archive, [f"{at:064x}" for at in range(REPORTS)])
        started = time.process_time()
        settling = 0.0
        for first in range(0, REPORTS, PART):
            readings = synthetic(min(PART, REPORTS - first), first)
            begun = time.process_time()
            settling = load_all(archive, readings, settle=first + PART >= REPORTS)
            parts.append(time.process_time() - begun - settling)
        took = time.process_time() - started
    size = (folder / "archive.db").stat().st_size / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    tenth = max(1, len(parts) // 10)
    slower = sum(parts[-tenth:]) / sum(parts[:tenth])
    name = f"{REPORTS} reports"
    return [
        Figure(f"{name}: loaded and settled", "s of processor time", lambda: took),
        Figure(f"{name}: the last tenth beside the first", "times as long", lambda: slower, at_most=2),
        Figure(f"{name}: settling at the end", "s of processor time", lambda: settling),
        Figure(f"{name}: the database", "MB", lambda: size),
        Figure(f"{name}: peak memory", "MB", lambda: memory),
    ]
