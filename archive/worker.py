"""What runs in a reading process: one untrusted file at a time, with limits on memory and time."""

from __future__ import annotations

import gc
import json
import resource
from multiprocessing.synchronize import Semaphore
from pathlib import Path

from parsers import Hint, read

# Measured: a compressed bomb takes a PDF library to 1.9 GB; no honest report came near this.
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 120


def begin(ready: Semaphore) -> None:
    """Called once in each new process: limit its memory, and tell that it is up."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What was imported stays: the collector need not look through it after every few files.
    gc.freeze()
    ready.release()


def read_file(path: str, name: str) -> str:
    """The reading of one file as JSON. Raises MemoryError; a file over its CPU time ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
    text = json.dumps(read(Path(path).read_bytes(), Hint(file=name)).to_json(), ensure_ascii=False)
    # Halves of a character, which a broken font can yield, can be neither printed nor stored.
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
