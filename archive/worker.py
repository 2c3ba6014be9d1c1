"""What runs in a reading process: one untrusted file at a time, within limits; each job is answered in its turn."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from archive.limits import GARBAGE, Limits, allow_time, confine
from archive.shelter import Collecting, Shelter
from parsers import Hint, read
from parsers.report import Report


@dataclass(frozen=True)
class Job:
    """A file to read: a key of the caller's, where it is, the name it is told by.

    `shelter` is the job's own folder for what needs the converter (archive/shelter.py), None where there is no
    converter; `converted` says that it has been there already; `recognising` that characters may be recognised.
    """

    key: str
    path: str
    name: str
    shelter: str | None = None
    converted: bool = False
    recognising: bool = False


Kind = Literal["read", "convert", "recognise", "failed"]


@dataclass(frozen=True)
class Answer:
    """What came of a job: a reading as JSON, or that it needs the converter or the recogniser, or why it failed.

    `text` is the JSON or the message, `code` names a failure, `peak` is the most memory the process has held (bytes).
    """

    kind: Kind
    text: str = ""
    code: str = ""
    peak: int = 0


def serve(jobs: Connection, limits: Limits) -> None:
    """Answer jobs until no more can come. Runs in a process of its own."""
    confine(limits)
    # What was imported stays: the collector need not look through it.
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    # A person who stops the command stops us too: the pipe ends then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What libraries print when a file breaks them helps nobody; that it did is told by the answer, or by its lack.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    while True:
        try:
            job: Job = jobs.recv()
        except (EOFError, ConnectionResetError):
            return
        allow_time(limits)
        answer = answer_to(job)
        try:
            jobs.send(replace(answer, peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))
        except BrokenPipeError:
            return


def answer_to(job: Job) -> Answer:
    """The reading of one file. What goes wrong in it is an answer too."""
    try:
        return _read(job)
    except MemoryError:
        return Answer("failed", "reading needs more memory than a reading process may take", "too_much_memory")
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        return Answer("failed", f"the file cannot be opened: {reason}", "file_unreadable")
    # One file that our own mistake cannot read must not keep all others from being read.
    except Exception as error:  # noqa: BLE001
        told = f"reading failed ({type(error).__name__}: {error}); please report it"
        return Answer("failed", told, "reader_failed")


def _read(job: Job) -> Answer:
    data = Path(job.path).read_bytes()
    hint = Hint(file=job.name, recognise=job.recognising)
    if job.shelter is None:
        return _answer(read(data, hint))
    shelter = Shelter(Path(job.shelter))
    if job.converted:
        return _answer(read(data, replace(hint, convert=shelter.converted)))
    collecting = Collecting(shelter)
    report = read(data, replace(hint, convert=collecting.keep))
    return Answer("convert", str(collecting.bytes)) if collecting.bytes else _answer(report)


def _answer(report: Report) -> Answer:
    if report.awaits_recognition:
        return Answer("recognise")
    text = json.dumps(report.to_json(), ensure_ascii=False)
    # Halves of a character, which a broken font can yield, can be neither printed nor stored.
    return Answer("read", text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
