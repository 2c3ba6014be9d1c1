"""`python -m bench [--rounds N]`: every claim of speed, one line each."""

from __future__ import annotations

import argparse
import sys

from bench import html, pdf
from bench.contest import run
from bench.reports import NotReadError


def main(arguments: list[str]) -> int:
    """Print one line per claim; 1 when a report of a benchmark could not be read."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of each side (default 7)")
    rounds = parser.parse_args(arguments).rounds
    if rounds < 1:
        parser.error("--rounds must be 1 or more")
    print("pages per second of processor time; ratio: ours by the bare library's, 1 is as fast", flush=True)
    try:
        for claim in (html, pdf):
            print(run(claim.contest(), rounds), flush=True)
    except NotReadError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
