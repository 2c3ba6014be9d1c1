"""`python -m bench [--rounds N] [NAME…]`: every claim of speed, one line each, or those named.

Exit status 1: a claim is not met, or could not be measured. A broken promise should be as visible as a broken test.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import ExitStack
from importlib import import_module

from bench.memory import SideFailedError
from bench.reports import NotReadError

# Each is a module here with `contests(scene)`, which builds what it measures; servers and
# folders are entered into `scene`, an ExitStack, and closed after it. Each runs in a process of its own.
CLAIMS = ("html", "docx", "pdf", "grid", "workers", "scan", "crawl", "capture", "fixity", "loading")
# Measured only when named: it takes half an hour and more.
BY_NAME = ("scale",)


def main(arguments: list[str]) -> int:
    """Print one line per claim; 1 when one is not met or failed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"claims to measure: {', '.join(CLAIMS)}; by name: {', '.join(BY_NAME)}",
    )
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds of each side (default 7)")
    given = parser.parse_args(arguments)
    if given.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if unknown := [name for name in given.names if name not in (*CLAIMS, *BY_NAME)]:
        parser.error(f"no such claim: {', '.join(unknown)}; there are {', '.join((*CLAIMS, *BY_NAME))}")
    names = given.names or CLAIMS
    if len(names) == 1:
        try:
            return measure(names[0], given.rounds)
        except (NotReadError, SideFailedError) as error:
            print(f"{names[0]}: not measured: {error}", file=sys.stderr)
            return 1
    command = [sys.executable, "-m", "bench", "--rounds", str(given.rounds)]
    codes = [subprocess.call([*command, name]) for name in names]  # noqa: S603 ourselves
    return 1 if any(codes) else 0


def measure(name: str, rounds: int) -> int:
    """Measure what one module claims, here; 1 when a promise is not kept."""
    kept = True
    with ExitStack() as scene:
        for contest in import_module(f"bench.{name}").contests(scene):
            result = contest.run(rounds)
            print(result, flush=True)
            kept &= result.kept is not False
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
