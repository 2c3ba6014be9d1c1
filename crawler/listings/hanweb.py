"""Hanweb, first generation: lists inline as <datastore>, more of them from its dataproxy (portals.md, section 1.3a).

The page's own next-group link is asked by GET where it counts pages, and by POST with the numbers of the records where
it does not; where the GET is not there, by POST too.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from crawler.family import MAX_PAGES, Family, Form, Listing, Request, number, query_of, same_host, with_query
from crawler.harvest import harvest
from crawler.urls import host_of, resolve

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
    pages = same_host(url, _further(url, text, len(records)))
    forms = () if is_answer else _by_post(url, text, len(records))
    if forms and "page" not in query_of(forms[0].url):
        return Listing("hanweb", forms, rows=rows)
    otherwise = forms[0] if forms and pages else None
    return Listing("hanweb", pages, otherwise=otherwise, rows=rows, is_data=is_answer)


def _next_group(url: str, text: str) -> str | None:
    found = NEXT_GROUP.search(text)
    return resolve(url, found.group(1).replace("&amp;", "&")) if found else None


def _total(text: str) -> int | None:
    told = TOTAL.search(text)
    return number(next(group for group in told.groups() if group)) if told else None


def _by_post(url: str, text: str, records: int) -> tuple[Request, ...]:
    """The same records by their numbers, where the page tells how many there are."""
    link, total = _next_group(url, text), _total(text)
    if link is None or total is None or total <= records or host_of(link) != host_of(url):
        return ()
    starts = range(1, min(total, MAX_PAGES * PER_PAGE) + 1, PER_PAGE)
    spans = ((start, min(start + PER_PAGE - 1, total)) for start in starts)
    return tuple(Request(link, _form(first, last)) for first, last in spans)


def _form(first: int, last: int) -> Form:
    return Form(urlencode({"startrecord": first, "endrecord": last, "perpage": PER_PAGE}).encode())


def _further(url: str, text: str, records: int) -> list[str | None]:
    link, total = _next_group(url, text), _total(text)
    if link is None:
        return []
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
