"""Running the command as its users do: a process of its own, the web played by a replica."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.replica import Replica

NIANBAO = [sys.executable, "-m", "nianbao"]
EMPTY_CACHE = tempfile.TemporaryDirectory(prefix="nianbao-tests-")
ROOT = Path(__file__).resolve().parent.parent
PROXIES = ("http_proxy", "https_proxy", "no_proxy")


def environment(web: Replica | None = None) -> dict[str, str]:
    """This process's environment, without an operator's settings, and with the replica as the only way out."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    ours = {name: value for name, value in ours.items() if name.lower() not in PROXIES}
    # As on a new machine: a library that would fetch a list of its own finds none in its cache.
    ours |= {"TLDEXTRACT_CACHE": EMPTY_CACHE.name}
    if web is None:
        return ours
    return ours | {"http_proxy": web.proxy_url, "https_proxy": web.proxy_url}


def nianbao(*arguments: str | Path, web: Replica | None = None, now: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command to its end; `now` sets its clock."""
    return subprocess.run(
        [*NIANBAO, *map(str, arguments)],
        env=environment(web) | ({"NIANBAO_NOW": now} if now else {}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def crawl(web: Replica, data: Path, *arguments: str, now: str = "") -> subprocess.CompletedProcess[str]:
    """Crawl the replica without delay into a data folder."""
    return nianbao("crawl", "--portals", web.portals_csv, "--delay", "0", "--data", data, *arguments, web=web, now=now)
