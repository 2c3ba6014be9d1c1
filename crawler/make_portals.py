"""Print lines of a portals file for a list of areas, each area's code looked up by its full path.

    python -m crawler.make_portals AREAS.csv > portals.csv

AREAS.csv has the columns portal,path,home and, if wanted, platform,expect_min,notes; a path is
宁夏回族自治区/吴忠市/红寺堡区. The name becomes the last part of the path. The code is left empty, and the
path told on stderr, when no area or more than one has this path: a code is never guessed.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.regions import read_regions
from crawler.areas import adcodes_by_path, match
from crawler.csvfile import Columns, CsvFileError, Row, read_rows
from crawler.portals import COLUMNS

PRINTED = ("portal", "adcode", "name", "home", "platform", "expect_min", "notes")
AREAS = Columns(["portal", "path", "home"], ["platform", "expect_min", "notes"])


def portals_csv(rows: Sequence[Row], by_path: dict[str, list[str]]) -> tuple[str, list[str]]:
    """The text of a portals file, and the paths that no code was found for."""
    out = io.StringIO()
    table = csv.DictWriter(
        out, [name for name in COLUMNS.known if name in PRINTED], restval="", extrasaction="ignore", lineterminator="\n"
    )
    table.writeheader()
    unmatched: list[str] = []
    for row in rows:
        path = row.fields["path"]
        adcode = match(path, by_path)
        if adcode is None:
            unmatched.append(path)
        table.writerow(row.fields | {"adcode": adcode or "", "name": path.split("/")[-1].strip()})
    return out.getvalue(), unmatched


def main(arguments: Sequence[str]) -> int:
    """`python -m crawler.make_portals AREAS.csv`: 0 done, 1 done but a code is missing, 2 wrong use."""
    if len(arguments) != 1:
        print("usage: python -m crawler.make_portals AREAS.csv", file=sys.stderr)
        return 2
    file = Path(arguments[0])
    try:
        rows, bad_lines = read_rows(file, AREAS)
    except CsvFileError as error:
        print(error, file=sys.stderr)
        return 2
    if bad_lines:
        print(CsvFileError(file, bad_lines), file=sys.stderr)
        return 2
    text, unmatched = portals_csv(rows, adcodes_by_path(read_regions()))
    print(text, end="")
    for path in unmatched:
        print(f"{path}: no single area with this path; the code is left empty", file=sys.stderr)
    return 1 if unmatched else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
