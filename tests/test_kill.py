"""kill -9 at any moment costs nothing: the crawl run again ends where an unkilled one does."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.command import NIANBAO, ROOT, crawl, environment
from tests.replica import Replica

SEED = 20240331
PORTALS = ("hongsibu", "hongqi")
# Identifiers and times aside: what two archives of the same web must agree in.
STATES = {
    "reports": "SELECT key, unit, unit_level, adcode, year, form, title, status, period_start, signed, url, original,"
    " checks_failed, one_row_other FROM reports",
    "cells": "SELECT r.key, c.code, value, kind, raw, note, page, x0 FROM cells JOIN reports r ON r.id = report_id"
    " JOIN codes c ON c.id = code_id",
    "units": "SELECT u.key, u.kind, u.name, u.level, u.adcode, u.portal, p.key FROM units u"
    " LEFT JOIN units p ON p.id = u.parent_id",
    "originals": "SELECT sha256, media_type, bytes FROM originals",
    "checks": "SELECT r.key, rule, scope, left_value, right_value, c.status, sentence FROM checks c"
    " JOIN reports r ON r.id = report_id",
    "sections": "SELECT r.key, number, heading, text FROM sections JOIN reports r ON r.id = report_id",
}


def state(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    db = sqlite3.connect(data / "archive.db")
    rows = {name: sorted(map(tuple, db.execute(sql)), key=repr) for name, sql in STATES.items()}
    db.close()
    return rows


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


def kill_when(web: Replica, data: Path, what: str, count: int) -> bool:
    """Start a crawl and kill it at the moment; whether it was still running then."""
    arguments = ["crawl", "--portals", str(web.portals_csv), "--delay", "0", "--data", str(data)]
    process = subprocess.Popen(
        [*NIANBAO, *arguments],
        env=environment(web),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        reached = len(web.requests) if what == "requests" else readings(data)
        if reached >= count:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.002)
    return False


def test_a_crawl_killed_at_any_moment_ends_the_same_when_run_again(tmp_path: Path) -> None:
    moments = random.Random(SEED)  # noqa: S311 a seed, no secret
    with Replica(portals=PORTALS) as web:
        whole = crawl(web, tmp_path / "whole")
        assert whole.returncode == 0, whole.stdout + whole.stderr
        expected = state(tmp_path / "whole")
        requests, read = len(web.requests), readings(tmp_path / "whole")
        assert len(expected["reports"]) == len(web.truth)
        plan = [("requests", count) for count in moments.sample(range(1, requests), 7)]
        plan += [("readings", count) for count in moments.sample(range(1, read), 3)]
        print(f"seed {SEED}: {plan}")
        for number, (what, count) in enumerate(plan):
            data = tmp_path / f"killed-{number}"
            web.reset()
            assert kill_when(web, data, what, count), f"the crawl had ended before {count} {what}"
            again = crawl(web, data)
            assert again.returncode == 0, again.stdout + again.stderr
            ended = state(data)
            for name, rows in expected.items():
                assert ended[name] == rows, f"killed at {count} {what}: {name} differ"
