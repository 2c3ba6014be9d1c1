"""Openness: annual reports under …AnnualReport/show/, lists as page_N.html (portals.md, section 1.6)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.family import MAX_PAGES, Family, Listing, same_host
from crawler.harvest import harvest
from crawler.titles import normalise, report_title, veto
from crawler.urls import resolve

REPORT = re.compile(r"/\w{0,20}AnnualReport/show/[0-9]+\.html$", re.IGNORECASE)
HERE = re.compile(r"/(?:OpennessContent|\w{0,20}AnnualReport)/show(?:List)?/", re.IGNORECASE)
PAGED = re.compile(r"/page_([0-9]{1,6})\.html$")
TOTAL = re.compile(r"共([0-9]{1,4})页|[0-9]{1,4}/([0-9]{1,4})页")
LINKED = re.compile(r"page_([0-9]{1,6})\.html")


def recognises(url: str, text: str) -> bool:
    """Whether the address is one of the family's lists or reports."""
    return bool(HERE.search(urlsplit(url).path))


def read(url: str, text: str) -> Listing:
    """The reports that the path alone gives away, and the further pages of the list."""
    shown = [anchor for anchor in harvest(text, url).anchors if REPORT.search(urlsplit(anchor.url).path)]
    levels = [anchor for anchor in shown if report_title(anchor.label) is None and veto(anchor.label) is None]
    return Listing("openness", same_host(url, _pages(url, text)), levels=tuple(levels))


def _pages(url: str, text: str) -> list[str | None]:
    here = PAGED.search(urlsplit(url).path)
    if here is None:
        return []
    told = TOTAL.search(normalise(re.sub(r"<[^>]{0,500}>", "", text)))
    last = max([int(n) for n in LINKED.findall(text)], default=1)
    last = int(next(group for group in told.groups() if group)) if told else last
    return [resolve(url, f"page_{page}.html") for page in range(int(here.group(1)) + 1, min(last, MAX_PAGES) + 1)]


FAMILY = Family("openness", 60, recognises, read)
