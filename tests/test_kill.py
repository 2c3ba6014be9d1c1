"""kill -9 at any moment costs nothing: the crawl run again ends where an unkilled one does, and asks nothing twice."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from archive import warc
from tests.archive.test_warc import check
from tests.command import NIANBAO, ROOT, crawl, environment
from tests.replica import Replica

SEED = 20240331
KILLS = 50
# Small, and of every kind that the replica has: pages, files, http twins, redirects, shells, soft 404s, refusals.
PORTALS = ("hongqi", "pingchuan", "hongze")
# What no two crawls have in common: identifiers, times, places in WARC files, the order of requests. Keys of foreign
# rows are replaced by what they stand for; the index of characters and the parsed JSON say what other tables say.
VARYING = {
    "id",
    "crawl_id",
    "report_id",
    "unit_id",
    "parent_id",
    "edition_id",
    "from_edition",
    "to_edition",
    "successor_id",
    "run_id",
    "first_crawl",
    "last_crawl",
    "changed_crawl",
    "first_fetch",
    "last_fetch",
    "fetch_id",
    "changed",
    "gone_since",
    "code_id",
    "first_seen",
    "last_seen",
    "last_attempt",
    "last_success",
    "blocked_until",
    "started",
    "finished",
    "fetched_at",
    "captured_at",
    "last_read",
    "read_at",
    "applied",
    "warc",
    "warc_offset",
    "seen",
}
# A body's first capture is a response and the next a revisit, whichever of two portals comes first.
ORDER = {"captures": {"record_type"}}
# How answers are spread over WARC files depends on when a crawl was killed.
PLACES = {"warc_files"}
STANDS_FOR = {
    "report_id": "(SELECT key FROM reports WHERE reports.id = t.report_id)",
    "unit_id": "(SELECT key FROM units WHERE units.id = t.unit_id)",
    "parent_id": "(SELECT key FROM units WHERE units.id = t.parent_id)",
    "code_id": "(SELECT code FROM codes WHERE codes.id = t.code_id)",
    "edition_id": "(SELECT content_hash || role FROM editions WHERE editions.id = t.edition_id)",
    "crawl_id": "(SELECT portal FROM crawls WHERE crawls.id = t.crawl_id)",
}


State = dict[str, list[tuple[Any, ...]]]


def state(data: Path) -> State:
    """Every table, row by row, less what varies."""
    db = sqlite3.connect(data / "archive.db")
    tables = [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        if not row[0].startswith(("sections_fts", "sqlite_")) and row[0] not in PLACES
    ]
    found = {}
    for table in tables:
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        wanted = [f't."{name}"' for name in columns if name not in VARYING | ORDER.get(table, set())]
        wanted += [STANDS_FOR[name] for name in columns if name in STANDS_FOR]
        rows = db.execute(f'SELECT {", ".join(wanted)} FROM "{table}" t')  # noqa: S608 our own names
        found[table] = sorted(map(tuple, rows), key=repr)
    db.close()
    return found


def readings(data: Path) -> int:
    if not (data / "archive.db").exists():
        return 0
    db = sqlite3.connect(data / "archive.db", timeout=30)
    try:
        return int(db.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def kill_when(web: Replica, data: Path, moment: Callable[[], bool], *arguments: str) -> bool:
    """Start a crawl and kill it at the moment; whether it was still running then."""
    process = subprocess.Popen(
        [*NIANBAO, "crawl", "--portals", str(web.portals_csv), "--delay", "0", "--data", str(data), *arguments],
        env=environment(web),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        if moment() and process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.002)
    return False


def captured(data: Path) -> Counter[str]:
    """How often each address stands in the WARC files, before anybody mends them; a torn end counts for nothing."""
    found: Counter[str] = Counter()
    for path in sorted((data / "warc").glob("*.warc.gz*")):
        try:
            for record in warc.records(path):
                if record.type in ("response", "revisit"):
                    found[record.fields["warc-target-uri"]] += 1
        except warc.DamagedWarcError:
            continue
    return found


def killed_before_its_end(web: Replica, data: Path, count: int, later: float) -> bool:
    """Kill a crawl so many seconds after so many requests; whether it had not come to its end by then."""
    web.reset()

    def reached() -> bool:
        if len(web.requests) < count:
            return False
        time.sleep(later)
        return True

    if not kill_when(web, data, reached, "--no-read"):
        return False
    if not (data / "archive.db").exists():
        return True
    db = sqlite3.connect(data / "archive.db", timeout=30)
    try:
        return db.execute("SELECT 1 FROM runs WHERE finished IS NOT NULL").fetchone() is None
    except sqlite3.OperationalError:
        return True
    finally:
        db.close()


def differences(web: Replica, data: Path, moment: tuple[int, float], expected: State) -> list[str]:
    """Kill a crawl so many seconds after so many requests, run it again; what is not as if it had never been killed."""
    count, later = moment
    # One that ended first was not killed: it is made anew, and killed sooner.
    while not killed_before_its_end(web, data, count, later):
        shutil.rmtree(data)
        count, later = count - 1, later / 2
    before = captured(data)
    web.reset()
    again = crawl(web, data, "--no-read")
    faults = [f"ended with {again.returncode}: {again.stderr}"] if again.returncode else []
    faults += [f"asked again for {seen.url}" for seen in web.requests if seen.url in before]
    ended = state(data)
    faults += [f"{name} differ: {only(ended[name], rows)}" for name, rows in expected.items() if ended[name] != rows]
    files = sorted((data / "warc").iterdir())
    faults += [f"{path.name} was left open" for path in files if path.suffix != ".gz"]
    faults += [f"{path.name}: {wrong}" for path in files for one in warc.records(path) if (wrong := warc.damage(one))]
    if sum(captured(data).values()) != len(ended["captures"]):
        faults.append("the index and the WARC files differ")
    return faults


def only(ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]) -> list[str]:
    """Rows that one side alone has."""
    mine, other = Counter(map(repr, ours)), Counter(map(repr, theirs))
    return [f"+ {row}" for row in mine - other] + [f"- {row}" for row in other - mine]


@pytest.fixture(scope="module")
def replicas() -> Iterator[list[Replica]]:
    """One for each of two crawls at a time."""
    with Replica(portals=PORTALS) as one, Replica(portals=PORTALS) as two:
        yield [one, two]
        assert one.failures + two.failures == []


def test_fifty_crawls_killed_at_random_moments_end_as_one_that_was_not(replicas: list[Replica], tmp_path: Path) -> None:
    moments = random.Random(SEED)  # noqa: S311 a seed, no secret
    # What is read is the same bytes whichever crawl kept them; killing while reading is the next test's.
    whole = crawl(replicas[0], tmp_path / "whole", "--no-read")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    expected = state(tmp_path / "whole")
    once = len(replicas[0].requests)
    plan = [(moments.randrange(once), moments.uniform(0, 0.05)) for _ in range(KILLS)]
    print(f"seed {SEED}, {once} requests: {plan}")

    def work(which: int) -> dict[int, list[str]]:
        mine = range(which, KILLS, len(replicas))
        return {n: differences(replicas[which], tmp_path / f"killed-{n}", plan[n], expected) for n in mine}

    with ThreadPoolExecutor(len(replicas)) as pool:
        found = [fault for faults in pool.map(work, range(len(replicas))) for fault in faults.items()]
    assert {plan[number]: faults for number, faults in found if faults} == {}
    assert check(sorted((tmp_path / "killed-0" / "warc").iterdir())[-1]) == 0


def test_a_crawl_killed_while_it_reads_ends_the_same_when_run_again(replicas: list[Replica], tmp_path: Path) -> None:
    moments = random.Random(SEED)  # noqa: S311 a seed, no secret
    replica = replicas[0]
    whole = crawl(replica, tmp_path / "whole")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    expected, read = state(tmp_path / "whole"), readings(tmp_path / "whole")
    assert len(expected["reports"]) == len(replica.truth)
    for count in moments.sample(range(1, read), 3):
        data = tmp_path / f"reading-{count}"
        assert kill_when(replica, data, lambda data=data, count=count: readings(data) >= count)  # type: ignore[misc]
        again = crawl(replica, data)
        assert again.returncode == 0, again.stdout + again.stderr
        ended = state(data)
        for name in ("reports", "editions", "cells", "units", "originals", "checks", "sections", "edition_originals"):
            assert ended[name] == expected[name], f"killed at {count} readings: {name} differ"
