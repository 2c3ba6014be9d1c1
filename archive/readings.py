"""Files to readings: read in processes, by way of the converter and of character recognition where they need it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.integers import within_limits
from archive.limits import PLAIN, RECOGNISING
from archive.office import convert, converter
from archive.pool import Pool
from archive.shelter import Shelter
from archive.worker import Answer, Job
from parsers.report import Problem, Report

# As many files are converted at a time: the program takes longer to start than to convert one.
BATCH = 32
BATCH_BYTES = 200_000_000
# Recognising takes a gigabyte and, in itself, more than one processor.
MOST_RECOGNISERS = 2


@dataclass(frozen=True)
class File:
    """A file to read: a key of the caller's, where it is, the name it is told by."""

    key: str
    path: Path
    name: str


@dataclass(frozen=True)
class Reading:
    """What came of a file: the contract's object; which converter it needed ("" when there was none), if any."""

    file: File
    parsed: dict[str, Any]
    converter: str | None = None
    peak: int = 0


def read_files(files: Iterable[File], workers: int) -> Iterator[list[Reading]]:
    """Each file's reading, those together that are done by the time they are asked for.

    A file that kills or outlasts its process is `unreadable` with the reason. Those that need a converter are converted
    in batches, those that need recognition come last.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        run = _Run(Path(folder))
        with Pool(workers, PLAIN) as pool:
            for file in files:
                pool.submit(run.first_job(file))
                while pool.waiting >= workers:
                    yield run.readings(pool)
                run.convert_when_many(pool)
            while pool.busy or run.to_convert:
                yield run.readings(pool)
                if not pool.busy:
                    run.convert(pool)
        if run.to_recognise:
            with Pool(min(workers, MOST_RECOGNISERS), RECOGNISING) as pool:
                for job in run.to_recognise:
                    pool.submit(replace(job, recognising=True))
                while pool.busy:
                    yield run.readings(pool)


class _Run:
    """What is under way: which file each job is for, and which jobs wait for the converter or the recogniser."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, File] = {}
        self.to_convert: list[Job] = []
        self.to_recognise: list[Job] = []
        self._bytes = 0
        self._made = 0

    def first_job(self, file: File) -> Job:
        """The job that a file begins with."""
        self._made += 1
        self.files[str(self._made)] = file
        return Job(str(self._made), str(file.path), file.name, str(self.folder / str(self._made)))

    def readings(self, pool: Pool) -> list[Reading]:
        """Readings that are ready; jobs that must go on elsewhere are put aside for it."""
        return list(self._readings(pool))

    def _readings(self, pool: Pool) -> Iterator[Reading]:
        for job, answer in pool.answers():
            if answer.kind == "convert" and converter() is not None:
                self.to_convert.append(job)
                self._bytes += int(answer.text)
            elif answer.kind == "convert":
                pool.submit(replace(job, shelter=None))
            elif answer.kind == "recognise":
                self.to_recognise.append(job)
            else:
                yield self._reading(job, answer)

    def convert_when_many(self, pool: Pool) -> None:
        """Convert once there is enough for a batch."""
        if len(self.to_convert) >= BATCH or self._bytes >= BATCH_BYTES:
            self.convert(pool)

    def convert(self, pool: Pool) -> None:
        """Convert what waits for it, and send it on to be read."""
        jobs, self.to_convert, self._bytes = self.to_convert, [], 0
        parts = {part.name: part for job in jobs for part in Shelter(Path(job.shelter or "")).waiting()}
        made = self.folder / "made"
        made.mkdir()
        convert(list(parts.values()), made)
        for job in jobs:
            shelter = Shelter(Path(job.shelter or ""))
            for part in shelter.waiting():
                docx = made / f"{part.stem}.docx"
                if docx.exists():
                    shutil.copy(docx, shelter.folder)
            pool.submit(replace(job, converted=True))
        shutil.rmtree(made)

    def _reading(self, job: Job, answer: Answer) -> Reading:
        file = self.files.pop(job.key)
        needed = None
        if job.converted:
            needed = converter() or ""
            shutil.rmtree(job.shelter or "", ignore_errors=True)
        elif job.shelter is None:
            needed = ""
        return Reading(file, _parsed(file.name, answer), needed, answer.peak)


def _parsed(name: str, answer: Answer) -> dict[str, Any]:
    if answer.kind == "read":
        parsed: dict[str, Any] = within_limits(json.loads(answer.text))
        return parsed
    return Report(file=name, status="unreadable", problems=[Problem(answer.code, answer.text)]).to_json()
