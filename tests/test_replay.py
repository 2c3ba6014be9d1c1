"""The WARC files in others' hands: warcio checks every digest, pywb shows the pages as they were.

Both live in an environment of their own (.cache/checkers), made when the test first runs; they are no dependencies.
"""

from __future__ import annotations

import fcntl
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.command import ROOT, crawl
from tests.replica import Replica
from tests.site.browsing import chromium

PYWB = "pywb==2.10.0"
CHECKERS = ROOT / ".cache" / "checkers"
SCREENSHOTS = ROOT / ".cache" / "screenshots"
PATIENCE = 120
# A report with its tables, a list with its links, a page in GB18030.
PAGES = {
    "report": "https://www.hongsibu.gov.cn/xxgk/zfxxgkml/zfxxgknb/202503/t20250321_4857321.html",
    "list": "https://www.hongsibu.gov.cn/xxgk/zfxxgkml/zfxxgknb/",
    "gb18030": "http://www.bjchy.gov.cn/zwgk/xxgknb/8a24fe839.htm",
}
# What a page says: its text, the cells of its tables, where its links lead.
SEEN = """() => ({
    text: document.body.innerText,
    cells: [...document.querySelectorAll('td, th')].map(cell => cell.innerText),
    links: [...document.querySelectorAll('a[href]')].map(link => link.href),
})"""


@pytest.fixture(scope="module")
def checkers() -> Path:
    """The folder of the checkers' commands. Fails when they cannot be installed: nothing is checked without them."""
    CHECKERS.parent.mkdir(exist_ok=True)
    with (CHECKERS.parent / "checkers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = CHECKERS / PYWB
        if not ready.exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", CHECKERS], check=True, timeout=PATIENCE)
            pip = [str(CHECKERS / "bin" / "python"), "-m", "pip", "install", "--quiet", PYWB]
            done = subprocess.run(pip, capture_output=True, text=True, timeout=600, check=False)
            assert done.returncode == 0, f"{PYWB} cannot be installed, so nothing checks the WARC files: {done.stderr}"
            ready.touch()
    return CHECKERS / "bin"


@dataclass
class Crawled:
    """The replica, and the archive of two crawls of it."""

    web: Replica
    data: Path

    @property
    def files(self) -> list[Path]:
        return sorted((self.data / "warc").iterdir())

    def answered(self, url: str) -> str:
        """When an address last answered with its body, as replay tools write times: fourteen digits."""
        with sqlite3.connect(self.data / "archive.db") as db:
            sql = "SELECT max(captured_at) FROM captures WHERE url = ? AND status = 200"
            (moment,) = db.execute(sql, (url,)).fetchone()
        return re.sub(r"\D", "", str(moment))[:14]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data = tmp_path_factory.mktemp("replay") / "data"
    with Replica() as web:
        for arguments in ((), ("--recheck", "all")):
            ran = crawl(web, data, "--no-read", *arguments)
            assert ran.returncode == 0, ran.stdout + ran.stderr
        yield Crawled(web, data)


def test_warcio_finds_every_digest_right(checkers: Path, crawled: Crawled) -> None:
    assert len(crawled.files) == 2
    for path in crawled.files:
        assert path.suffix == ".gz"
        command = [str(checkers / "warcio"), "check", "--verbose", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stdout
        assert done.stdout.count("digest pass") > 50


def test_another_index_of_the_files_has_every_answer_at_its_offset(checkers: Path, crawled: Crawled) -> None:
    for path in crawled.files:
        fields = "offset,warc-type,warc-target-uri,http:status"
        command = [str(checkers / "warcio"), "index", "--fields", fields, str(path)]
        lines = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout
        theirs = {
            (int(offset), kind, url, int(status))
            for offset, kind, url, status in re.findall(
                r'"offset": "(\d+)", "warc-type": "(response|revisit)", "warc-target-uri": "([^"]+)",'
                r' "http:status": "(\d+)"',
                lines,
            )
        }
        with sqlite3.connect(crawled.data / "archive.db") as db:
            ours = db.execute(
                "SELECT warc_offset, record_type, url, status FROM captures WHERE warc = ?", (path.name,)
            ).fetchall()
        assert theirs == set(ours)
        assert "revisit" in {kind for _, kind, _, _ in theirs}


def test_pywb_shows_the_pages_with_text_tables_and_links_as_they_were(
    checkers: Path, crawled: Crawled, tmp_path: Path
) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    with replaying(checkers, crawled.files, tmp_path) as base, chromium() as browser:
        live = browser.new_context(proxy={"server": crawled.web.proxy_url}, ignore_https_errors=True)
        replayed = browser.new_context()
        for name, url in PAGES.items():
            # At the time of the whole answer: a 304 is replayed as what it is, an answer without a body.
            at = f"{base}/{crawled.answered(url)}/{url}"
            was, now = look(live, url), look(replayed, at, SCREENSHOTS / f"replay-{name}.png")
            now["links"] = [re.sub(rf"^{re.escape(base)}/\d*(?:mp_)?/", "", link) for link in now["links"]]
            assert "政府信息公开" in was["text"], name
            assert was["links"], name
            assert now == was, name
        assert len(look(live, PAGES["report"])["cells"]) > 200
        pdf = next(url for report in crawled.web.truth for url in report.urls if url.endswith(".pdf"))
        with urllib.request.urlopen(f"{base}/{crawled.answered(pdf)}mp_/{pdf}", timeout=PATIENCE) as answer:  # noqa: S310 loopback
            assert answer.read(5) == b"%PDF-"


def look(context: BrowserContext, url: str, picture: Path | None = None) -> dict[str, Any]:
    """What a page says in Chromium; pywb shows it in a frame, below its own bar."""
    page = context.new_page()
    page.goto(url, timeout=PATIENCE * 1000)
    frame = page.main_frame
    if picture is not None:
        within = page.wait_for_selector("#replay_iframe", timeout=PATIENCE * 1000)
        assert within is not None
        framed = within.content_frame()
        assert framed is not None
        frame = framed
        frame.wait_for_function("document.readyState == 'complete' && document.body.innerText", timeout=PATIENCE * 1000)
        page.screenshot(path=picture)
    seen: dict[str, Any] = frame.evaluate(SEEN)
    page.close()
    return seen


@contextmanager
def replaying(checkers: Path, files: list[Path], folder: Path) -> Iterator[str]:
    """Serve these WARC files by pywb on loopback; gives the collection's address."""
    for arguments in (["init", "nianbao"], ["add", "nianbao", *map(str, files)]):
        manage = [str(checkers / "wb-manager"), *arguments]
        subprocess.run(manage, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [str(checkers / "wayback"), "-b", "127.0.0.1", "-p", str(port)]
    log = folder / "pywb.log"
    with log.open("w") as told, subprocess.Popen(serve, cwd=folder, stdout=told, stderr=told) as process:
        try:
            wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}/nianbao"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE * 4):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        time.sleep(0.25)
    raise TimeoutError(f"pywb does not listen after {PATIENCE} s: {log.read_text()}")
