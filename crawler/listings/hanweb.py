"""Hanweb, first generation: lists inline as <datastore>, more of them from its dataproxy (portals.md, section 1.3a)."""

from __future__ import annotations

import re

from crawler.family import MAX_PAGES, Family, Listing, number, query_of, same_host, with_query
from crawler.harvest import harvest
from crawler.urls import resolve

NEXT_GROUP = re.compile(r"<nextgroup>\s*(?:<!\[CDATA\[)?.{0,200}?href\s*=\s*['\"]([^'\"]{1,1500})['\"]", re.DOTALL)
TOTAL = re.compile(r"\btotalRecord['\"]?\s*[:=]\s*['\"]?([0-9]{1,6})|<totalrecord>\s*([0-9]{1,6})", re.IGNORECASE)
# More than 300 are cut off by the server.
PER_PAGE = 100


def recognises(url: str, text: str) -> bool:
    """Whether the page holds the family's list, or is an answer of its interface."""
    return "<datastore>" in text or "dataproxy.jsp" in url


def read(url: str, text: str) -> Listing:
    """The records of a page, and the next-group link that the page itself gives: some sites sign it."""
    # Split, not searched: a search anew from each opening that never closes would take the square of the page.
    records = [part.partition("</record>")[0] for part in text.split("<record>")[1:] if "</record>" in part]
    html = "\n".join(record.strip().removeprefix("<![CDATA[").removesuffix("]]>") for record in records)
    rows = harvest(html, url).anchors if records else ()
    is_answer = "dataproxy.jsp" in url
    return Listing("hanweb", same_host(url, _further(url, text, len(records))), rows=rows, is_data=is_answer)


def _further(url: str, text: str, records: int) -> list[str | None]:
    found = NEXT_GROUP.search(text)
    link = resolve(url, found.group(1).replace("&amp;", "&")) if found else None
    if link is None:
        return []
    told = TOTAL.search(text)
    total = number(next(group for group in told.groups() if group)) if told else None
    if total is not None and total <= records:
        return []
    if "page" not in query_of(link):
        return [link]
    if total is None:
        page = number(query_of(url).get("page")) if "dataproxy.jsp" in url else 0
        enough = "dataproxy.jsp" in url and records < PER_PAGE
        return [] if enough else [with_query(link, page=page + 1, perpage=PER_PAGE)]
    if "dataproxy.jsp" in url:
        return []
    last = min(-(-total // PER_PAGE), MAX_PAGES)
    return [with_query(link, page=page, perpage=PER_PAGE) for page in range(1, last + 1)]


FAMILY = Family("hanweb", 20, recognises, read)
