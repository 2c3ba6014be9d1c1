"""Claim: `nianbao verify` takes at most one and a half times as long as sha256sum over the same bytes.

Pages, PDFs and a closed WARC file, on the disk and in its cache. Processor time of all threads counts, so that
verifying several files at a time is no advantage here.
"""

from __future__ import annotations

import random
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.exchange import Exchange
from archive.inventory import inventory, losses, warc_losses
from archive.ledger import Fetch, PortalRow
from archive.store import Archive
from bench.contest import Contest, Promise
from bench.memory import whole_family

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"
SIZES = (20_000, 20_000, 20_000, 60_000, 400_000)
MEGABYTE = 1_000_000


class LossError(Exception):
    """The archive of a benchmark did not come out sound, so that its speed would mean nothing."""


def contests(scene: ExitStack, files: int = 1500) -> list[Contest]:
    """An archive of `files` originals, one in five of which stands in a WARC file too."""
    data = Path(scene.enter_context(TemporaryDirectory(prefix="nianbao-bench-")))
    _fill(data, files)
    paths = [path for folder in ("originals", "warc") for path in (data / folder).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in paths)

    def ours() -> None:
        found = inventory(data)
        if any(told for check in (losses, warc_losses) for _, told in check(found)):
            raise LossError(f"{data}: something is lost")

    def bare() -> None:
        subprocess.run(["sha256sum", *paths], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607

    promise = Promise("at most", 1.5)
    return [Contest("fixity", "MB", size // MEGABYTE, "verify", "sha256sum", ours, bare, promise, whole_family)]


def _fill(data: Path, files: int) -> None:
    dice = random.Random(files)  # noqa: S311 a seed, no secret
    with Archive.open(data) as archive:
        archive.ledger.register([PortalRow("bench", "红旗区", "http://www.hqq.gov.cn/")])
        crawl = archive.ledger.begin_crawl("bench")
        for number in range(files):
            body, url = dice.randbytes(SIZES[number % len(SIZES)]), f"http://www.hqq.gov.cn/{number}"
            stored = archive.originals.put(body)
            fetch = Fetch("bench", url, "report", "bench", status=200, sha256=stored.sha256, role="page")
            archive.ledger.record(crawl, fetch, body)
            if number % len(SIZES) == 0:
                request = b"GET / HTTP/1.1\r\n\r\n"
                archive.captures.write(Exchange(crawl, "bench", url, "GET", request, HEAD, b"%PDF-" + body))
