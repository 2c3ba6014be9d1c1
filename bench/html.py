"""Claim: how many HTML pages a second parsers.read reads, beside lxml reading the text of every cell."""

from __future__ import annotations

from lxml import html

from bench.contest import Contest
from bench.reports import html_pages, read_all
from parsers import Hint


def contest(count: int = 40) -> Contest:
    """`count` pages of a report each."""
    pages = html_pages(count)
    return Contest("HTML", len(pages), "lxml.html", lambda: read_all(pages, Hint("page.html")), lambda: bare(pages))


def bare(pages: list[bytes]) -> list[list[str]]:
    """The text of every table cell, as lxml gives it: no grid, no labels, no numbers."""
    trees = (html.document_fromstring(data) for data in pages)
    return [[cell.text_content() for cell in tree.iter("td", "th")] for tree in trees]
