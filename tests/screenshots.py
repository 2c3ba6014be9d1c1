"""The two pictures of the README, taken of an archive's snapshot: the front page and one report.

    python -m tests.screenshots [--data DIR] [--out DIR]

Needs Chromium and a published archive; `make demo SERVE=0` makes one in data/demo.
"""

from __future__ import annotations

import argparse
import io
import sqlite3
import sys
from pathlib import Path

from PIL import Image

from tests.site.browsing import ChromiumMissingError, SiteDownError, chromium, serving

WIDTH = 1280
HEIGHT = 1400
MAX_BYTES = 300_000
COLOURS = 64

# In the demo the one whose wrong totals are the district's own; elsewhere one that has something to show.
REPORT = """
SELECT r.key FROM reports r LEFT JOIN units u ON u.id = r.unit_id
ORDER BY r.key = '640303-hongsibu-2019' DESC, r.status = 'parsed' DESC, u.kind = 'government' DESC,
    r.checks_failed = 0, r.year DESC, r.key LIMIT 1
"""


class NoReportError(Exception):
    """The archive has no report to take a picture of."""


class PictureTooBigError(Exception):
    """A picture is larger than the repository takes."""


def take(data: Path, out: Path) -> list[Path]:
    """Write front.png and report.png. Raises what `main` tells of."""
    out.mkdir(parents=True, exist_ok=True)
    addresses = {"front.png": "/", "report.png": f"/reports/{report_key(data)}"}
    with serving(data) as url, chromium() as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, address in addresses.items():
            page.goto(url + address)
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out / name, optimize=True)
    written = [out / name for name in addresses]
    for path in written:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise PictureTooBigError(f"{path}: {size} bytes, at most {MAX_BYTES} are expected; lower COLOURS")
    return written


def report_key(data: Path) -> str:
    """The public key of the report to show. Raises NoReportError."""
    snapshot = data / "site" / "archive.db"
    if not snapshot.is_file():
        raise NoReportError(f"{snapshot}: nothing is published there; run `make demo SERVE=0` or name another --data")
    db = sqlite3.connect(f"{snapshot.resolve().as_uri()}?immutable=1", uri=True)
    row = db.execute(REPORT).fetchone()
    db.close()
    if row is None:
        raise NoReportError(f"{snapshot}: no report in it; crawl or add one first")
    return str(row[0])


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures; 1 with a sentence when they cannot be taken."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data/demo"))
    parser.add_argument("--out", type=Path, default=Path("docs"))
    given = parser.parse_args(arguments)
    try:
        for picture in take(given.data, given.out):
            print(picture)
    except (NoReportError, PictureTooBigError, SiteDownError, ChromiumMissingError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
