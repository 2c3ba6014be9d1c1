"""A data folder, a replica, and crawls in processes of their own: the reactor runs but once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.replica import Replica

PATIENCE = 600


@dataclass
class Ground:
    """A data folder, a replica, and the crawls run over them."""

    data: Path
    web: Replica

    def start(
        self, only: tuple[str, ...] = (), now: str = "", break_on: str = "", **options: Any
    ) -> subprocess.Popen[str]:
        """Begin a crawl in a process of its own, warnings being errors."""
        wish = {
            "data": str(self.data),
            "portals": str(self.web.portals_csv),
            "only": only,
            "break_on": break_on,
            "options": {"delay": 0.0} | options,
        }
        proxied = dict.fromkeys(("http_proxy", "https_proxy"), self.web.proxy_url)
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        environment = kept | proxied | ({"NIANBAO_NOW": now} if now else {})
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.crawler.drive", json.dumps(wish)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        )

    def end(self, process: subprocess.Popen[str]) -> dict[str, dict[str, Any]]:
        """The results of a crawl by portal; fails when it did."""
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        assert "Traceback" not in err
        return {result["portal"]: result for result in json.loads(out)}

    def crawl(self, *only: str, **more: Any) -> dict[str, dict[str, Any]]:
        """Run a crawl to its end."""
        return self.end(self.start(only, **more))

    def rows(self, query: str, *values: str) -> list[Any]:
        """Rows of the archive."""
        with sqlite3.connect(self.data / "archive.db") as db:
            return db.execute(query, values).fetchall()

    def kept(self) -> set[str]:
        """Addresses of the originals kept."""
        return {url for (url,) in self.rows("SELECT url FROM fetches WHERE role IS NOT NULL")}
