"""The reading processes: whichever dies, every file has its answer, and only the file that did it is blamed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from archive.limits import PLAIN, Limits
from archive.pool import JOBS_PER_WORKER, Pool
from archive.worker import Answer, Job
from tests.hostile.pdfs import nested_forms
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.story import Story

STORY = Story("青石县人民政府", "county", 2023, invented("pool"), signed="2024-01-20")
PAGE = page(STORY.unit, STORY.heading, report_html(STORY)).encode()


@pytest.fixture
def report(tmp_path: Path) -> Job:
    path = tmp_path / "report.html"
    path.write_bytes(PAGE)
    return Job("report", str(path), "report.html")


def all_answers(pool: Pool) -> Iterator[tuple[Job, Answer]]:
    while pool.busy:
        yield from pool.answers()


def status(answer: Answer) -> str:
    return str(json.loads(answer.text)["status"]) if answer.kind == "read" else answer.code


def processes(pool: Pool) -> list[int]:
    return [worker.process.pid or 0 for worker in pool._workers]


def test_every_file_has_its_result_whoever_is_killed(report: Job) -> None:
    dice = random.Random(20240125)  # noqa: S311 not for secrets
    found: dict[str, str] = {}
    killed = 0
    with Pool(2, PLAIN) as pool:
        for number in range(200):
            pool.submit(replace(report, key=str(number)))
        while pool.busy:
            for job, answer in pool.answers():
                assert job.key not in found
                found[job.key] = status(answer)
                if dice.random() < 0.1:
                    # One that was killed a moment ago may not have been missed yet.
                    with suppress(ProcessLookupError):
                        os.kill(dice.choice(processes(pool)), signal.SIGKILL)
                        killed += 1
    assert killed >= 10
    assert found == {str(number): "parsed" for number in range(200)}


def test_a_file_that_kills_its_process_is_blamed_and_its_neighbours_are_not(report: Job, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(nested_forms())
    bad = Job("bad", str(tmp_path / "bad.pdf"), "bad.pdf")
    with Pool(2, PLAIN) as pool:
        for number in range(12):
            pool.submit(bad if number == 5 else replace(report, key=str(number)))
        found = {job.key: answer for job, answer in all_answers(pool)}
    assert {key: status(answer) for key, answer in found.items() if key != "bad"} == {
        str(number): "parsed" for number in range(12) if number != 5
    }
    assert (found["bad"].kind, found["bad"].code) == ("failed", "reader_died")
    assert "SIGABRT" in found["bad"].text


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_takes_too_long_is_stopped_and_the_rest_goes_on(report: Job, tmp_path: Path, workers: int) -> None:
    os.mkfifo(tmp_path / "endless")  # nobody ever writes into it: to open it never ends
    endless = Job("endless", str(tmp_path / "endless"), "endless")
    with Pool(workers, replace(PLAIN, wall_seconds=3)) as pool:
        for job in (report, endless, replace(report, key="after"), replace(report, key="later")):
            pool.submit(job)
        found = {job.key: status(answer) for job, answer in all_answers(pool)}
    assert found == {"report": "parsed", "endless": "reading_timeout", "after": "parsed", "later": "parsed"}


def test_what_one_file_left_in_memory_is_no_other_s_fault(report: Job, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 900_000_000)
    with Pool(1, Limits(memory=800_000_000, cpu_seconds=60, wall_seconds=60)) as pool:
        pool.submit(Job("large", str(large), "large.txt"))
        pool.submit(report)
        found = {job.key: answer for job, answer in all_answers(pool)}
    assert (found["large"].kind, found["large"].code) == ("failed", "too_much_memory")
    assert status(found["report"]) == "parsed"


def test_a_process_is_not_used_for_ever(report: Job) -> None:
    with Pool(1, PLAIN) as pool:
        pool.submit(report)
        assert [status(answer) for _, answer in all_answers(pool)] == ["parsed"]
        (first,) = processes(pool)
        for number in range(JOBS_PER_WORKER):
            pool.submit(replace(report, key=str(number), path="/nonexistent"))
        assert len(list(all_answers(pool))) == JOBS_PER_WORKER
        assert processes(pool) not in ([], [first])


def test_no_process_outlives_its_pool(report: Job) -> None:
    with Pool(2, PLAIN) as pool:
        pool.submit(report)
        pool.submit(report)
        pids = processes(pool)
        assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


_COMMAND = """
import sys
from pathlib import Path
from archive.limits import PLAIN
from archive.pool import Pool
from archive.worker import Job

with Path(sys.argv[1]).open("a") as told:
    print("imported", file=told)

if __name__ == "__main__":
    with Pool(2, PLAIN) as pool:
        for key in "ab":
            pool.submit(Job(key, sys.argv[2], "report.html"))
        while pool.busy:
            for job, answer in pool.answers():
                print(job.key, answer.kind)
"""


def test_reading_processes_do_not_import_the_program_that_starts_them(report: Job, tmp_path: Path) -> None:
    program, told = tmp_path / "program.py", tmp_path / "told"
    program.write_text(_COMMAND)
    done = subprocess.run(
        [sys.executable, str(program), str(told), report.path], capture_output=True, text=True, check=True
    )
    assert sorted(done.stdout.splitlines()) == ["a read", "b read"]
    assert told.read_text().splitlines() == ["imported"]
