"""How well scans are read: `python -m tests.parsers.scan_score [--seeds N] [--first SEED] [--sets NAMES]`.

Scans every set of figures at 150 dpi, turned by 0.8 degrees, with noise and JPEG, once for each seed; prints each cell
that was read wrong and what all of it comes to. Exit status 1 when more than one cell in 20,000 is wrong or more than
3 in 100 are unreadable.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers import Hint, read
from parsers.completeness import cells_of
from parsers.report import Report
from tests.parsers.scan_sets import SETS, pdf_of
from tests.parsers.scans import make_scan
from tests.replica.figures import Figures
from tests.replica.truth import kind_of, value_of

MOST_WRONG = 1 / 20_000
MOST_UNREADABLE = 0.03


@dataclass
class Score:
    """Counts of cells; `wrong` tells each one that was not read as printed."""

    cells: int = 0
    unreadable: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(self.cells + other.cells, self.unreadable + other.unreadable, self.wrong + other.wrong)

    def __str__(self) -> str:
        return f"{self.cells} cells, {len(self.wrong)} wrong, {self.unreadable} unreadable"


def worn_scan(pdf: bytes, seed: int) -> bytes:
    """The scan that reading is promised for: 150 dpi, turned by 0.8 degrees, noise and JPEG."""
    return make_scan(pdf, dpi=150, degrees=0.8, noise=12, jpeg=60, seed=seed, blur=0.5)


def score(report: Report, figures: Figures) -> Score:
    """Hold a reading against what was printed; a cell that was not found at all is wrong too."""
    read_cells = {".".join(path): cell for path, cell in cells_of(report).items()}
    found = Score(len(figures.cells))
    for path, printed in figures.cells.items():
        cell = read_cells.get(path)
        if cell is not None and cell.kind == "unreadable":
            found.unreadable += 1
        elif cell is None or (cell.kind, _plain(cell.to_json())) != (kind_of(printed), value_of(path, printed)):
            seen = "nothing" if cell is None else f"{cell.raw!r} ({cell.kind}, {cell.confidence})"
            found.wrong.append(f"{path} prints {printed!r}, read as {seen}")
    found.wrong += [f"{path} is printed nowhere" for path in read_cells.keys() - figures.cells.keys()]
    return found


def _plain(cell: Mapping[str, object]) -> object:
    return cell["value"]


def main(arguments: list[str]) -> int:
    """Scan, read, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.parsers.scan_score", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--sets", default=",".join(SETS), help="comma between them")
    options = parser.parse_args(arguments)
    total = Score()
    for seed in range(options.first, options.first + options.seeds):
        for name in options.sets.split(","):
            figures = SETS[name](seed)
            one = score(read(worn_scan(pdf_of(figures, seed), seed), Hint(f"{name}-{seed}.pdf")), figures)
            total += one
            print(f"{name}-{seed}: {one}", *one.wrong, sep="\n  ", flush=True)
    print(f"{options.seeds} seeds: {total}", flush=True)
    too_wrong = len(total.wrong) > max(1.0, MOST_WRONG * total.cells)
    return int(too_wrong or total.unreadable > MOST_UNREADABLE * total.cells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
