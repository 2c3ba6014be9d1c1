"""Claim: two reading processes read a few hundred files at least 1.6 times as fast as one.

By the clock on the wall: on a machine that has less than two free cores it tells of the machine, not of us. Loading
what was read into the archive is the work of one process, beside the reading ones; what is left of the gain when it
is counted in is told, not promised.
"""

from __future__ import annotations

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


def read_all(paths: list[Path], workers: int) -> None:
    """Read the files. Raises NotReadError unless each is parsed."""
    if any(parsed["status"] != "parsed" for parsed in parse_files(paths, workers)):
        raise NotReadError("a file was not parsed; expected every one to be")


def read_again(archive: Archive, workers: int, count: int) -> None:
    """Read and load every original. Raises NotReadError unless each is parsed."""
    summary = read_originals(archive, workers, again=True)
    if summary.by_status != {"parsed": count}:
        raise NotReadError(f"files were read as {summary.by_status}; expected {count} parsed")
