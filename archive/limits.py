"""How much a reading process may take for one file: memory, processor time, and time by the clock.

Files are read under PLAIN first. A reading that asks for character recognition (`Report.awaits_recognition`) is done
again under RECOGNISING, in processes of their own: the models of a recognition stay in memory, and what they take must
not be taken off what the next plain file may have.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes of address space, seconds of processor time and seconds by the clock for each file."""

    memory: int
    cpu_seconds: int
    wall_seconds: int


# Measured: a compressed bomb takes a PDF library to 1.9 GB; no honest report came near the plain limit.
PLAIN = Limits(memory=1_500_000_000, cpu_seconds=45, wall_seconds=180)
RECOGNISING = Limits(memory=2_500_000_000, cpu_seconds=600, wall_seconds=900)
# After how many new objects a process looks for garbage in circles (gc.set_threshold): reading leaves next to none.
GARBAGE = (20_000, 20, 20)


def confine(limits: Limits) -> None:
    """Limit this process's memory for good, and let it leave no core file behind."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_time(limits: Limits) -> None:
    """Give this process its processor time for one more file; when it is used up, the process ends."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
