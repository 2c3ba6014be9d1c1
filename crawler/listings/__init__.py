"""How the CMS families page their lists: one file a family, each a pure function of a page.

To add a family, write its module with `recognises` and `next_pages` and list it in FAMILIES before `generic`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.listings import generic, trs


@dataclass(frozen=True)
class Family:
    """A family: its name, whether it made a page (by its text), and a list's further pages in order."""

    name: str
    recognises: Callable[[str], bool]
    next_pages: Callable[[str, str], list[str]]


# Sniffed in this order; the first that recognises the page wins.
FAMILIES = (
    Family("trs", trs.recognises, trs.next_pages),
    Family("generic", generic.recognises, generic.next_pages),
)


@dataclass(frozen=True)
class Listing:
    """The family that paged a list, and its further pages."""

    family: str
    pages: tuple[str, ...]


def listing(url: str, html: str) -> Listing:
    """Read the paging of a list page."""
    family = next(family for family in FAMILIES if family.recognises(html))
    return Listing(family.name, tuple(family.next_pages(url, html)))
