"""Claim: reading an HTML report takes at most 15 times as long as selectolax only parsing the page."""

from __future__ import annotations

from contextlib import ExitStack

from selectolax.lexbor import LexborHTMLParser

from bench.contest import Contest, Promise
from bench.reports import html_pages, read_all
from parsers import Hint


def contests(scene: ExitStack) -> list[Contest]:
    """Pages of a report each, in all the styles of the replica web."""
    pages = html_pages(40)
    return [
        Contest(
            "html",
            "page",
            len(pages),
            "parsers.read",
            "selectolax, parsing only",
            ours=lambda: read_all(pages, Hint("page.html")),
            bare=lambda: parse_all(pages),
            promise=Promise("at most", 15),
        )
    ]


def parse_all(pages: list[bytes]) -> None:
    """The tree of every page; nothing is asked of it."""
    for page in pages:
        LexborHTMLParser(page)
