"""The site as people meet it: served by its own process, looked at in Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SERVE = Path(__file__).resolve().parent.parent.parent / "datasette" / "serve.py"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class ChromiumMissingError(Exception):
    """There is no Chromium to look at the pages with."""


class SiteDownError(Exception):
    """The server ended before it said where it listens."""


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve a data folder's snapshot on a free port of loopback; gives the address. Raises SiteDownError."""
    command = [sys.executable, str(SERVE), "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stderr or ():
        said += line
        if found := re.search(r"http://\S+", line):
            return found[0].rstrip("/")
    raise SiteDownError(f"the server ended with status {process.wait()}: {said}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium of this machine. Raises ChromiumMissingError."""
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise ChromiumMissingError("no Chromium in the PATH; install it (Debian, Ubuntu: apt-get install chromium)")
    with sync_playwright() as playwright:
        # The new headless mode shows PDF files as a person's browser does.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--headless", *ARGUMENTS], ignore_default_args=["--headless=old"]
        )
        try:
            yield browser
        finally:
            browser.close()
