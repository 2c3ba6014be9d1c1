"""Hanweb, second generation (JPaaS): a list is built by an interface that answers JSON (portals.md, section 1.3b)."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from crawler.family import MAX_PAGES, Family, Listing, Request, data_of, nodes, number, query_of, same_host, with_query
from crawler.harvest import Anchor, harvest
from crawler.urls import resolve

BUILDER = re.compile(r"<script\b[^>]{0,400}/build/unit['\"][^>]{0,2000}>", re.IGNORECASE)
ADDRESS = re.compile(r"\burl\s*=\s*['\"]([^'\"]{1,300}/build/unit)['\"]", re.IGNORECASE)
QUERY = re.compile(r"\bquerydata\s*=\s*(?:\"([^\"]{0,1500})\"|'([^']{0,1500})')", re.IGNORECASE)
PAIR = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*['\"]([^'\"]{0,200})['\"]")
PER_PAGE = 15
# A page has several built parts; what is not the list of a column is of no use.
PARTS = 3


def recognises(url: str, text: str) -> bool:
    """Whether a script of the page builds a list, or the body is what it builds."""
    return _is_interface(url) or bool(BUILDER.search(text))


def read(url: str, text: str) -> Listing:
    """The first answer of each list built here; of an answer its rows and the next one."""
    if _is_interface(url):
        return _answer(url, text)
    requests = [_first(url, tag) for tag in BUILDER.findall(text)]
    return Listing("jpaas", same_host(url, [found for found in requests if found])[:PARTS])


def _is_interface(url: str) -> bool:
    return urlsplit(url).path.endswith("/build/unit")


def _first(url: str, tag: str) -> str | None:
    address, query = ADDRESS.search(tag), QUERY.search(tag)
    target = resolve(url, address.group(1)) if address else None
    if target is None or query is None:
        return None
    pairs = dict(PAIR.findall(unescape(query.group(1) or query.group(2) or "")))
    if pairs.get("pageType", "column") != "column":
        return None
    return f"{target}?{urlencode(pairs | {'paramJson': _page(1)})}"


def _page(page: int) -> str:
    # A bare pageNo is ignored by the server.
    return json.dumps({"pageNo": page, "pageSize": str(PER_PAGE)}, separators=(",", ":"))


def _answer(url: str, text: str) -> Listing:
    html = " ".join(node["html"] for node in nodes(data_of(text)) if isinstance(node.get("html"), str))
    rows: tuple[Anchor, ...] = harvest(html, url).anchors if html else ()
    asked = data_of(query_of(url).get("paramJson", ""))
    page = number(asked.get("pageNo"), 1) if isinstance(asked, dict) else 1
    more = len(rows) >= PER_PAGE and page < MAX_PAGES
    pages = (Request(with_query(url, paramJson=_page(page + 1))),) if more else ()
    return Listing("jpaas", pages, rows=rows, is_data=True)


FAMILY = Family("jpaas", 30, recognises, read)
