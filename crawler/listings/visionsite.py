"""VisionSite: page two of N of slug.htm is slug/N-1.htm, the last one slug/1.htm (portals.md, section 1.7)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.family import MAX_PAGES, Family, Listing, same_host
from crawler.harvest import harvest
from crawler.urls import host_of, resolve

NEXT = re.compile(r"^下一?页[>›»]*$")
NUMBERED = re.compile(r"^(.*)/([0-9]{1,4})\.htm$")
LIST = re.compile(r"^(.*)\.htm$")


def recognises(url: str, text: str) -> bool:
    """Whether the next page has this family's kind of number, one less than the page's own."""
    return _next_number(url, text) is not None


def read(url: str, text: str) -> Listing:
    """The pages from the next one down to 1."""
    following = _next_number(url, text)
    if following is None:
        return Listing("visionsite")
    stem = _stem(url)
    last = max(following - MAX_PAGES, 0)
    pages = [resolve(url, f"{stem}/{page}.htm") for page in range(following, last, -1)]
    return Listing("visionsite", same_host(url, pages))


def _stem(url: str) -> str:
    """What the list is called: /nb.htm and /nb/3.htm are pages of /nb."""
    path = urlsplit(url).path
    found = NUMBERED.match(path) or LIST.match(path)
    return found.group(1) if found else path


def _next_number(url: str, text: str) -> int | None:
    path = urlsplit(url).path
    if not LIST.match(path):
        return None
    own = NUMBERED.match(path)
    for anchor in harvest(text, url).anchors if "下" in text else ():
        found = NUMBERED.match(urlsplit(anchor.url).path)
        if not NEXT.match(anchor.label) or found is None or host_of(anchor.url) != host_of(url):
            continue
        if found.group(1) == _stem(url) and (own is None or int(found.group(2)) == int(own.group(2)) - 1):
            return int(found.group(2))
    return None


FAMILY = Family("visionsite", 80, recognises, read)
