"""The site on a made-up archive. Its folder is no package: its code is found by path, as serve.py does."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.site.snapshot import build

SITE_CODE = Path(__file__).resolve().parent.parent.parent / "datasette"
sys.path.insert(0, str(SITE_CODE))


def site_code(name: str) -> Any:
    """A module of the site's own code (`config`, `originals`, …)."""
    return importlib.import_module(f"nianbao_site.{name}")


class Site:
    """Datasette on a data folder, asked in this process."""

    def __init__(self, data: Path, hashes: dict[str, str]) -> None:
        self.data = data
        self.hashes = hashes
        self.loop = asyncio.new_event_loop()
        self.datasette: Any = site_code("config").make_datasette(data)
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, **options: Any) -> httpx.Response:
        """What a GET of this path answers; redirects are not followed."""
        return self.request("GET", path, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """What a request of this path answers."""
        answer: httpx.Response = self.loop.run_until_complete(self.datasette.client.request(method, path, **options))
        return answer

    def close(self) -> None:
        """End the threads and the loop."""
        self.datasette.executor.shutdown()
        self.loop.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("data")
    opened = Site(folder, build(folder))
    yield opened
    opened.close()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A site that a test may damage."""
    opened = Site(tmp_path, build(tmp_path))
    yield opened
    opened.close()
