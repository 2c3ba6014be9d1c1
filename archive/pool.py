"""Reading processes, each on a pipe of its own: the death of one costs nobody but, at most, the file that caused it.

A process is sent its next job while it reads one, so that it never waits. What it had when it died goes to others; the
job it was at is tried once more in a process that has nothing else, and is told as lost only when it ends that one too.
One that ended a process that had read nothing before, by itself, need not be tried again.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType

from archive.limits import Limits
from archive.worker import Answer, Job, serve

# Libraries leak, and what one file did to a process should not outlive many others.
JOBS_PER_WORKER = 200
# The one being read, and the next.
JOBS_AT_ONCE = 2
# No file kills with SIGKILL: a person does, or a system short of memory. So often a file is forgiven that.
KILLS = 5


@dataclass
class _Worker:
    """A process, its pipe, the jobs it has and, by the monotonic clock, since when it is at the first of them."""

    process: ForkServerProcess
    pipe: Connection
    alone: bool = False
    jobs: deque[Job] = field(default_factory=deque)
    since: float = 0.0
    given: int = 0
    answered: int = 0

    def give(self, job: Job) -> bool:
        """Send a job; whether the process was there to take it."""
        try:
            self.pipe.send(job)
        except (BrokenPipeError, ConnectionResetError):
            return False
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        self.given += 1
        return True


class Pool:
    """Up to `workers` processes under the same limits, started as jobs come."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.most = workers
        self.limits = limits
        self._context = _context()
        self._workers: list[_Worker] = []
        self._backlog: deque[Job] = deque()
        self._suspects: deque[Job] = deque()
        self._lost: deque[tuple[Job, Answer]] = deque()
        self._killed: Counter[str] = Counter()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def submit(self, job: Job) -> None:
        """Take a job on."""
        self._backlog.append(job)
        self._hand_out()

    @property
    def waiting(self) -> int:
        """Jobs that no process has been given yet."""
        return len(self._backlog) + len(self._suspects)

    @property
    def busy(self) -> bool:
        """Is there an answer still to come?"""
        return bool(self._lost or self.waiting or any(worker.jobs for worker in self._workers))

    def answers(self) -> Iterator[tuple[Job, Answer]]:
        """What is ready, at least one answer unless the pool is idle; waits for it."""
        while self.busy:
            self._hand_out()
            told = [*self._received(), *self._overdue(), *self._lost]
            self._lost.clear()
            if told:
                # Whoever asked will be busy with the answers for a while.
                self._hand_out()
                yield from told
                return

    def _hand_out(self) -> None:
        """Give every process enough to do. One suspect at a time has a process of its own, beside the others."""
        if self._suspects and not any(worker.alone for worker in self._workers):
            suspect = self._suspects.popleft()
            if not self._start(alone=True).give(suspect):
                self._lost.append((suspect, Answer("failed", "no reading process can be started", "reader_died")))
        while self._backlog:
            worker = self._least_busy()
            if worker is None or not self._give_next(worker):
                return

    def _least_busy(self) -> _Worker | None:
        """The process with the fewest jobs; a new one before any has to wait; None when all have enough."""
        shared = [worker for worker in self._workers if not worker.alone]
        open_ = [worker for worker in shared if worker.given < JOBS_PER_WORKER and len(worker.jobs) < JOBS_AT_ONCE]
        best = min(open_, key=lambda worker: len(worker.jobs), default=None)
        if (best is None or best.jobs) and len(shared) < self.most:
            return self._start(alone=False)
        return best

    def _give_next(self, worker: _Worker) -> bool:
        if worker.give(self._backlog[0]):
            self._backlog.popleft()
            return True
        # It is dead: its end is noticed where answers are received.
        return False

    def _start(self, alone: bool) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self.limits), daemon=True)
        with _nothing_to_import():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, alone)
        self._workers.append(worker)
        return worker

    def _received(self) -> Iterator[tuple[Job, Answer]]:
        """Answers that came within a second or until the next file is overdue."""
        pipes = {worker.pipe: worker for worker in self._workers}
        soonest = min((worker.since for worker in self._workers if worker.jobs), default=time.monotonic())
        patience = max(0.0, soonest + self.limits.wall_seconds - time.monotonic())
        for pipe in wait(pipes, 0 if self._lost else min(1.0, patience) or 0.01):
            worker = pipes[pipe]  # type: ignore[index]
            yield from self._heard(worker)
            # While we were busy with other answers it may have come to the end of its next file too.
            while worker in self._workers and worker.jobs and worker.pipe.poll():
                yield from self._heard(worker)

    def _heard(self, worker: _Worker) -> Iterator[tuple[Job, Answer]]:
        try:
            answer: Answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        job = worker.jobs.popleft()
        worker.answered += 1
        worker.since = time.monotonic()
        if answer.code == "too_much_memory" and not worker.alone and worker.answered > 1:
            # What other files left behind may have filled the memory.
            self._suspects.append(job)
            self._retire(worker)
            return
        if not worker.jobs and (worker.alone or worker.given >= JOBS_PER_WORKER):
            self._retire(worker)
        yield job, answer

    def _overdue(self) -> Iterator[tuple[Job, Answer]]:
        """Stop what takes too long by the clock: more processor time than allowed ends a process by itself."""
        latest = time.monotonic() - self.limits.wall_seconds
        for worker in [worker for worker in self._workers if worker.jobs and worker.since < latest]:
            if worker.pipe.poll():
                continue
            yield worker.jobs.popleft(), _took_too_long(f"{self.limits.wall_seconds} s")
            self._retire(worker)

    def _retire(self, worker: _Worker) -> None:
        """End a process; what it has not begun goes back to the head of the queue."""
        self._workers.remove(worker)
        self._backlog.extendleft(reversed(worker.jobs))
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def _bury(self, worker: _Worker) -> None:
        """A process is dead: find out over what."""
        worker.process.join()
        code = worker.process.exitcode or 0
        if worker.jobs:
            job = worker.jobs.popleft()
            if code == -signal.SIGXCPU:
                self._lost.append((job, _took_too_long(f"{self.limits.cpu_seconds} s of processor time")))
            elif code == -signal.SIGKILL and self._killed[job.key] < KILLS:
                self._killed[job.key] += 1
                self._suspects.append(job)
            elif worker.alone or (worker.answered == 0 and code != -signal.SIGKILL):
                told = f"the reading process died of it ({_name(code)}): the file is damaged, or made to break readers"
                self._lost.append((job, Answer("failed", told, "reader_died")))
            else:
                self._suspects.append(job)
        self._retire(worker)


def _context() -> ForkServerContext:
    # Forked from a clean server, not from us: a fork would inherit the open database and the lock.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["archive.worker"])
    return context


@contextmanager
def _nothing_to_import() -> Iterator[None]:
    """Start a process that does not import the program which starts it, as multiprocessing has every one do.

    It needs none of it, and it would cost each a third of a second and 60 MB.
    """
    ours = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = ours


def _took_too_long(allowed: str) -> Answer:
    return Answer("failed", f"reading took over {allowed} and was stopped", "reading_timeout")


def _name(code: int) -> str:
    """How a process ended, in words."""
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
