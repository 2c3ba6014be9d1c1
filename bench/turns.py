"""Processes that take turns at running: what slows the machine meanwhile slows each of them alike.

One after the other, the same work takes half as long again from one second to the next on a machine that is shared.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from bench.memory import SideFailedError

# Seconds that a process runs before it is another's turn.
TURN = 0.1


def in_turns(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> list[str]:
    """What each command printed, all of them run together to their ends. Raises SideFailedError."""
    with _stopped(commands, environment) as sides:
        waiting = list(sides)
        while waiting:
            for side in list(waiting):
                os.kill(side.pid, signal.SIGCONT)
                time.sleep(TURN)
                if side.poll() is not None:
                    waiting.remove(side)
                elif len(waiting) > 1:
                    os.kill(side.pid, signal.SIGSTOP)
        told = [side.communicate() for side in sides]
        for command, side, (_, errors) in zip(commands, sides, told, strict=True):
            if side.returncode:
                raise SideFailedError(f"{' '.join(command)} failed: {errors[-2000:]}")
        return [printed for printed, _ in told]


@contextmanager
def _stopped(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str]
) -> Iterator[list[subprocess.Popen[str]]]:
    """The commands' processes, begun and stopped at once; none is left behind."""
    begun: list[subprocess.Popen[str]] = []
    try:
        for command in commands:
            side = subprocess.Popen(  # noqa: S603 ourselves
                command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            begun.append(side)
            os.kill(side.pid, signal.SIGSTOP)
        yield begun
    finally:
        for side in begun:
            with suppress(ProcessLookupError):
                side.kill()
            side.wait()
