"""Crawl in a process of its own, because the reactor runs but once: `python -m tests.crawler.drive JSON`."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.store import Archive
from crawler.discovery import Signs
from crawler.portals import read_portals
from crawler.run import CrawlOptions, crawl
from crawler.spiders import reports


def main() -> None:
    """Read {data, portals, only, options, break_on} and print the results.

    `break_on`: a text on which judging a page fails, as a mistake of ours would. `resolves`: the only names that
    there are, each with its address.
    """
    wish = json.loads(sys.argv[1])
    if "resolves" in wish:
        _resolve(wish["resolves"])
    if wish.get("break_on"):
        _break(wish["break_on"])
    portals = [
        portal for portal in read_portals(Path(wish["portals"])) if portal.portal in wish["only"] or not wish["only"]
    ]
    with Archive.open(Path(wish["data"])) as archive:
        results = crawl(archive, portals, CrawlOptions(**wish["options"]))
        archive.ledger.finish_run()
    print(json.dumps([asdict(result) for result in results]))


def _resolve(names: dict[str, str]) -> None:
    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not among the test's names")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], port))]

    def address(host: str) -> str:
        return str(look_up(host, 0)[0][4][0])

    setattr(socket, socket.getaddrinfo.__name__, look_up)
    setattr(socket, socket.gethostbyname.__name__, address)


def _break(text: str) -> None:
    judge = reports.signs_of

    def broken(page: str) -> Signs:
        if text in page:
            raise KeyError(text)
        return judge(page)

    setattr(reports, judge.__name__, broken)


if __name__ == "__main__":
    main()
