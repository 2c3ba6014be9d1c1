"""Lonsun: annual reports as /public/column/UNIT?type=3&action=detail&title=YEAR (portals.md, section 1.5)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.bodies import body_name
from crawler.family import MAX_PAGES, Family, Listing, number, query_of, same_host, with_query
from crawler.harvest import Anchor, harvest

COLUMN = re.compile(r"/public/column/([0-9]{1,12})$")
LIST = re.compile(r"/(?:public|content)/column/[0-9]{1,12}$")
YEAR = re.compile(
    r"(?:[?&;]title=|<option[^>]{0,80}value=['\"]?|data-(?:title|year)=['\"]?)(20[0-3]\d)\b", re.IGNORECASE
)
COUNT = re.compile(r"\b(?:pageCount|totalPages?)['\"]?\s*[:=]\s*['\"]?([0-9]{1,6})", re.IGNORECASE)


def recognises(url: str, text: str) -> bool:
    """Whether the address is one of the family's columns."""
    return bool(LIST.search(urlsplit(url).path))


def read(url: str, text: str) -> Listing:
    """The years and the other units of the annual reports; the further pages of an ordinary list."""
    if query_of(url).get("type") != "3" or not COLUMN.search(urlsplit(url).path):
        return Listing("lonsun", same_host(url, _pages(url, text)))
    years = sorted({int(year) for year in YEAR.findall(text)}, reverse=True)
    levels = [Anchor(with_query(url, action="detail", title=year), f"{year}年") for year in years]
    units = [anchor for anchor in harvest(text, url).anchors if _is_other_unit(anchor.url, url)]
    # The tree leads to the units' lists of everything; their annual reports are one parameter away.
    levels += [Anchor(_report_of(unit.url), unit.label) for unit in units if body_name(unit.label)]
    return Listing("lonsun", levels=tuple(levels), idle=frozenset(unit.url for unit in units))


def _is_other_unit(url: str, here: str) -> bool:
    own, found = COLUMN.search(urlsplit(here).path), COLUMN.search(urlsplit(url).path)
    return bool(own and found and own.group(1) != found.group(1))


def _report_of(url: str) -> str:
    return urlsplit(url)._replace(query="type=3&action=detail", fragment="").geturl()


def _pages(url: str, text: str) -> list[str | None]:
    count = COUNT.search(text)
    current = number(query_of(url).get("pageIndex"), 1)
    last = min(number(count.group(1)), MAX_PAGES) if count else 0
    return [with_query(url, pageIndex=page) for page in range(current + 1, last + 1)]


FAMILY = Family("lonsun", 50, recognises, read)
