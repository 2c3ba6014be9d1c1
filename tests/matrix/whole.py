"""All of the matrix, with its figures: files, cells, right, unreadable, lacking and wrong, by format.

    python -m tests.matrix [FORMAT…] [--every N] [--from N] [--workers N]

Exit status 1 where anything was read that is not printed, or not read that must be.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.matrix.cases import Case, everything
from tests.matrix.files import files, report_in
from tests.matrix.makers.formats import FORMATS
from tests.matrix.pages import sizes
from tests.matrix.verdict import Verdict, judge

COLUMNS = ("files", "cells", "right", "unreadable", "lacking", "wrong", "faulty")
# Files of a format that are made, read and counted before the next.
_AT_A_TIME = 400


def judged(task: tuple[Case, Path]) -> tuple[Case, Verdict]:
    """A file read and held to its figures."""
    case, path = task
    return case, judge(case, report_in(case, path), sizes(path) if case.made_as.boxes else None)


def counted(verdicts: Iterable[tuple[Case, Verdict]], faults: list[str]) -> Counter[str]:
    """The sums of verdicts; what is at fault is added to `faults`."""
    sums: Counter[str] = Counter()
    for case, verdict in verdicts:
        sums["files"] += 1
        for name in COLUMNS[1:-1]:
            sums[name] += getattr(verdict, name)
        sums["faulty"] += bool(verdict.faults)
        faults += [f"{case}: {fault}" for fault in verdict.faults[:3]]
    return sums


def line(name: str, sums: Counter[str]) -> str:
    """A row of the table."""
    return f"{name:<18}" + "".join(f"{sums[column]:>12}" for column in COLUMNS)


def run(names: Sequence[str], every: int, workers: int, first: int = 0) -> int:
    """Read all that can meet in these formats (or each so manyth of it, from a first one on).

    Prints each format's figures and its faults when it is read. Gives the number of faults.
    """
    print(f"{'format':<18}" + "".join(f"{column:>12}" for column in COLUMNS))
    whole: Counter[str] = Counter()
    faults: list[str] = []
    told = 0
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for name in names:
            cases = list(everything(name))[first::every]
            sums: Counter[str] = Counter()
            for at in range(0, len(cases), _AT_A_TIME):
                tasks = list(files(cases[at : at + _AT_A_TIME]).items())
                sums += counted(pool.map(judged, tasks, chunksize=8), faults)
            print(line(name, sums), flush=True)
            whole += sums
            for fault in faults[told:]:
                print(fault, file=sys.stderr, flush=True)
            told = len(faults)
    print(line("all", whole))
    return told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--every", type=int, default=1, help="only each so manyth file")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="N", help="the first of them, from 0")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    unknown = [name for name in wanted.formats if name not in FORMATS]
    if unknown:
        parser.error(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    return 1 if run(wanted.formats or list(FORMATS), wanted.every, wanted.workers, wanted.first) else 0
