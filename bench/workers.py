"""Claim: two reading processes read a few hundred files at least 1.6 times as fast as one.

By the clock on the wall: on a machine that has less than two free cores it tells of the machine, not of us. What the
machine gives is told first, by the same work of mere computing in two processes and in one: where that takes much
over half as long, so will reading. Loading what was read into the archive is the work of one process, beside the
reading ones; what is left of the gain when it is counted in is told, not promised.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from archive.adding import add_file
from archive.reading import parse_files, read_originals
from archive.store import Archive
from bench.contest import Contest, Promise
from bench.reports import NotReadError, html_pages, pdf_files, stories
from tests.parsers.office import word_report

# About as long as the files take to read.
SUMS = 24


def contests(scene: ExitStack) -> list[Contest]:
    """Web pages, PDFs and Word files of a report each, in an archive of their own."""
    folder = Path(scene.enter_context(tempfile.TemporaryDirectory()))
    archive = scene.enter_context(Archive.open(folder / "data"))
    files = {
        "html": html_pages(160),
        "pdf": pdf_files(60),
        "docx": [word_report(story) for story in stories(20)],
    }
    paths: list[Path] = []
    for ending, each in files.items():
        for number, data in enumerate(each):
            path = folder / f"{ending}-{number}.{ending}"
            path.write_bytes(data)
            paths.append(path)
            add_file(archive, path, None, None)
    count = sum(map(len, files.values()))
    return [
        Contest(
            "cores",
            "sum",
            SUMS,
            "two processes that only compute",
            "one",
            ours=lambda: compute(2),
            bare=lambda: compute(1),
            clock=time.perf_counter,
        ),
        Contest(
            "workers",
            "file",
            count,
            "two reading processes",
            "one",
            ours=lambda: read_all(paths, 2),
            bare=lambda: read_all(paths, 1),
            promise=Promise("at least", 1.6),
            clock=time.perf_counter,
        ),
        Contest(
            "workers and loading",
            "file",
            count,
            "two reading processes",
            "one",
            ours=lambda: read_again(archive, 2, count),
            bare=lambda: read_again(archive, 1, count),
            clock=time.perf_counter,
        ),
    ]


def compute(processes: int) -> None:
    """The same sums, shared out among so many processes, which have nothing to wait for."""
    children = []
    for _ in range(processes):
        child = os.fork()
        if child == 0:
            for _ in range(SUMS // processes):
                sum(number * number % 7 for number in range(1_000_000))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def read_all(paths: list[Path], workers: int) -> None:
    """Read the files. Raises NotReadError unless each is parsed."""
    if any(parsed["status"] != "parsed" for parsed in parse_files(paths, workers)):
        raise NotReadError("a file was not parsed; expected every one to be")


def read_again(archive: Archive, workers: int, count: int) -> None:
    """Read and load every original. Raises NotReadError unless each is parsed."""
    summary = read_originals(archive, workers, again=True)
    if summary.by_status != {"parsed": count}:
        raise NotReadError(f"files were read as {summary.by_status}; expected {count} parsed")
