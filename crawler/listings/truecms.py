"""TrueCMS: lists filled from messageController/getMessage.do, by record numbers (portals.md, section 1.8).

What its answers call their fields is described nowhere: a link and its title are taken under the names that such
answers have, or as anchors of a page in a text of theirs.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.family import MAX_PAGES, Family, Listing, Request, anchor_of, data_of, nodes, number, query_of, with_query
from crawler.harvest import Anchor, harvest
from crawler.urls import host_of, resolve

INTERFACE = "messageController/getMessage.do"
ADDRESS = re.compile(rf"['\"]([\w./:-]{{0,200}}{INTERFACE}(?:\?[^'\"\s]{{0,300}})?)['\"]")
COLUMN = re.compile(r"\bcolumnId['\"]?\s*[:=]\s*['\"]?([\w-]{1,40})", re.IGNORECASE)
ADDRESSES = ("url", "link", "href", "linkurl", "infourl", "path")
TITLES = ("title", "name", "infotitle", "subject")
PER_PAGE = 15


def recognises(url: str, text: str) -> bool:
    """Whether a script of the page asks the interface for its list, or the body is an answer of it."""
    return _is_interface(url) or (INTERFACE in text and _asked(url, text) is not None)


def read(url: str, text: str) -> Listing:
    """The first records of the column; of an answer its rows, and the records behind them while it is full."""
    if _is_interface(url):
        return _answer(url, text)
    first = _asked(url, text)
    return Listing("truecms", (Request(_records(first, 1), names_page=True),) if first else ())


def _is_interface(url: str) -> bool:
    return urlsplit(url).path.endswith(INTERFACE)


def _asked(url: str, text: str) -> str | None:
    """The interface's address on the page's own host, with the column that the page names."""
    address, column = ADDRESS.search(text), COLUMN.search(text)
    target = resolve(url, address.group(1)) if address else None
    if target is None or host_of(target) != host_of(url):
        return None
    given = query_of(target)
    if not given.get("columnId") and column is None:
        return None
    # jQuery puts a name of its own in the place of the question mark.
    calls = {"callback": "callback"} if given.get("callback") == "?" else {}
    return with_query(target, columnId=given.get("columnId") or (column.group(1) if column else ""), **calls)


def _records(target: str, start: int) -> str:
    return with_query(target, startrecord=start, endrecord=start + PER_PAGE - 1, perpage=PER_PAGE)


def _answer(url: str, text: str) -> Listing:
    data = data_of(text)
    found = [anchor_of(url, node, ADDRESSES, TITLES) for node in nodes(data)]
    rows: list[Anchor] = [row for row in found if row is not None] or list(_anchors(url, data, text))
    start = number(query_of(url).get("startrecord"), 1)
    more = len(rows) >= PER_PAGE and start < MAX_PAGES * PER_PAGE
    pages = (Request(_records(url, start + PER_PAGE), names_page=True),) if more else ()
    return Listing("truecms", pages, rows=tuple(rows), is_data=True)


def _anchors(url: str, data: object, text: str) -> tuple[Anchor, ...]:
    """The links of the page that stands in a text of the answer."""
    texts = [value for node in nodes(data) for value in node.values() if isinstance(value, str) and "<a" in value]
    html = " ".join(texts) or (text if data is None else "")
    return harvest(html, url).anchors if html else ()


FAMILY = Family("truecms", 54, recognises, read)
