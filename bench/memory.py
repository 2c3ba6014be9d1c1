"""Processor time and peak memory of what a side of a contest starts."""

from __future__ import annotations

import os
import resource
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import forkserver


@dataclass(frozen=True)
class Peak:
    """Megabytes resident at most: of the process that did the work, and of the largest one that it started (or 0)."""

    own: float
    largest_child: float

    def __str__(self) -> str:
        told = f"{self.own:.0f} MB"
        return f"{told} and {self.largest_child:.0f} MB in a process it starts" if self.largest_child else told


class SideFailedError(Exception):
    """A side of a contest failed in the process in which its memory was to be measured."""


def whole_family() -> float:
    """Processor seconds of this process and of all that it started and waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def peak_of(work: Callable[[], object]) -> Peak:
    """The peak of one call of `work`, done in a forked process, so that what one side leaves behind burdens no other.

    Raises SideFailedError when the work fails there.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_exit(work, writer)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise SideFailedError("a side of the contest failed while its memory was measured; see above")
    own, largest_child = map(int, text.split())
    return Peak(own / 1024, largest_child / 1024)


def _work_and_exit(work: Callable[[], object], writer: int) -> None:
    status = 1
    # A server of processes that was started before the fork is no child of this one, which has to start its own.
    vars(forkserver._forkserver).update(_forkserver_address=None, _forkserver_alive_fd=None, _forkserver_pid=None)
    try:
        work()
        peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        os.write(writer, " ".join(map(str, peaks)).encode())
        status = 0
    finally:
        # Nothing may leave a forked process but by its exit: above us stands the frame of the one that forked.
        if status:
            traceback.print_exc()
        os._exit(status)
