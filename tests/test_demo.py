"""`nianbao demo` keeps what it prints: the addresses answer and the questions run."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.command import nianbao
from tests.replica import Replica
from tests.site.browsing import serving


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    data = tmp_path_factory.mktemp("demo")
    return data, nianbao("demo", "--no-serve", "--data", data)


def test_the_demo_ends_well_with_a_summary(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    data, ran = demo
    assert ran.returncode == 0, ran.stdout + ran.stderr
    db = sqlite3.connect(data / "site" / "archive.db")
    assert db.execute("SELECT count(*) FROM reports").fetchone()[0] == len(Replica().truth)


def test_every_address_it_prints_answers_and_says_that_it_is_a_demo(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    data, ran = demo
    paths = [urlsplit(url).path for url in re.findall(r"http://127\S+", ran.stdout)]
    assert len(paths) >= 5
    with serving(data) as site:
        for path in paths:
            page = httpx.get(site + path)
            assert page.status_code == 200, path
            assert "演示" in page.text


def test_every_question_it_prints_runs(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    data, ran = demo
    db = sqlite3.connect(data / "site" / "archive.db")
    questions = re.findall(r"SELECT .*?;", ran.stdout, re.DOTALL)
    assert len(questions) == 3
    for sql in questions:
        assert db.execute(sql).fetchall(), sql


def test_run_again_it_finds_the_same(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    data, _ = demo
    db = sqlite3.connect(data / "archive.db")
    before = db.execute("SELECT key, original FROM reports ORDER BY key").fetchall()
    again = nianbao("demo", "--no-serve", "--data", data)
    assert again.returncode == 0, again.stdout + again.stderr
    assert db.execute("SELECT key, original FROM reports ORDER BY key").fetchall() == before
