"""serve.py as a process: one socket, a new child for a new snapshot, and no connection refused in between."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.site.browsing import SERVE, serving
from tests.site.snapshot import build

PATIENCE = 60


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SERVE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address."""
    command = [sys.executable, str(SERVE), "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://[^/]+", process.stderr.readline())
        assert found
        yield process, found[0]
        process.terminate()


def title(url: str) -> str:
    found = re.search("<h1>(.*?)</h1>", httpx.get(f"{url}/reports/999901-qingshi-2024", timeout=PATIENCE).text)
    assert found
    return found[1]


def answers(url: str) -> bool:
    try:
        return bool(title(url))
    except httpx.TransportError:
        return False


def wait_for_title(url: str, ending: str) -> None:
    end = time.monotonic() + PATIENCE
    while not title(url).endswith(ending):
        assert time.monotonic() < end, "the new snapshot is not shown"
        time.sleep(0.1)


def test_nothing_published_is_one_sentence_and_status_two(tmp_path: Path) -> None:
    ended = run("--data", str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "nianbao publish" in ended.stderr
    assert ended.stdout == ""


def test_a_taken_port_is_one_sentence_and_status_two(tmp_path: Path) -> None:
    build(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("--data", str(tmp_path), "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "--port" in ended.stderr


def test_a_snapshot_that_is_no_database_is_said_and_not_served(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "archive.db").write_bytes(b"no database " * 1000)
    ended = run("--data", str(tmp_path), "--port", "0")
    assert ended.returncode == 1
    assert "did not start" in ended.stderr


def test_a_new_snapshot_is_shown_without_a_refused_connection(tmp_path: Path) -> None:
    build(tmp_path)
    answers: list[int] = []
    failures: list[str] = []
    stop = threading.Event()

    def knock(url: str) -> None:
        while not stop.is_set():
            try:
                answers.append(httpx.get(f"{url}/about-the-data", timeout=PATIENCE).status_code)
            except httpx.TransportError as error:
                failures.append(repr(error))

    with serving(tmp_path) as url:
        assert title(url) == "青石区2024年政府信息公开工作年度报告"
        visitors = [threading.Thread(target=knock, args=(url,)) for _ in range(3)]
        for visitor in visitors:
            visitor.start()
        for ending in ("（第二版）", "（第三版）"):
            build(tmp_path, extra_title=ending)
            wait_for_title(url, ending)
        stop.set()
        for visitor in visitors:
            visitor.join()
    assert failures == []
    assert set(answers) == {200}


def test_a_request_under_way_is_ended_before_its_process(tmp_path: Path) -> None:
    build(tmp_path)
    slow = "with recursive n(x) as (select 1 union all select x + 1 from n limit 4000000) select max(x) from n"
    got: list[httpx.Response] = []
    with serving(tmp_path) as url:
        address = f"{url}/archive.json"
        question = {"sql": slow, "_shape": "array"}
        visitor = threading.Thread(target=lambda: got.append(httpx.get(address, params=question, timeout=PATIENCE)))
        visitor.start()
        build(tmp_path, extra_title="（新）")
        wait_for_title(url, "（新）")
        visitor.join()
    # Cut by the limit of SQL or answered, but not dropped.
    assert got[0].status_code in (200, 400)


def test_a_broken_new_snapshot_leaves_the_old_one_in_place(tmp_path: Path) -> None:
    build(tmp_path)
    with started("--data", str(tmp_path)) as (process, url):
        assert process.stderr is not None
        before = title(url)
        broken = tmp_path / "site" / "broken"
        broken.write_bytes(b"no database " * 1000)
        broken.rename(tmp_path / "site" / "archive.db")
        while "cannot be shown" not in process.stderr.readline():
            assert process.poll() is None
        assert title(url) == before
        build(tmp_path, extra_title="（修复）")
        wait_for_title(url, "（修复）")


def test_when_the_parent_is_killed_the_child_goes_too(tmp_path: Path) -> None:
    build(tmp_path)
    with started("--data", str(tmp_path)) as (process, url):
        assert title(url)
        process.kill()
        end = time.monotonic() + PATIENCE
        while answers(url):
            assert time.monotonic() < end, "the child still serves"
            time.sleep(0.1)


def test_live_shows_the_archive_itself(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "site" / "archive.db").rename(tmp_path / "archive.db")
    assert run("--data", str(tmp_path)).returncode == 2
    with started("--data", str(tmp_path), "--live") as (process, url):
        assert title(url).startswith("青石区2024")
        process.terminate()
        assert process.wait(PATIENCE) == 0
