"""UCAP: `.shtml` pages paged by a script, or filled from /common/search; menus of a channel tree (portals.md, 1.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.family import (
    MAX_PAGES,
    Family,
    Listing,
    Request,
    anchor_of,
    data_of,
    first_value,
    nodes,
    number,
    query_of,
    same_host,
    with_query,
)
from crawler.harvest import Anchor
from crawler.urls import host_of, resolve

CALL = re.compile(
    r"createPageHTML\s*\(\s*['\"][^'\"()]{0,80}['\"]\s*,\s*['\"]?([0-9]{1,6})['\"]?\s*,\s*['\"]?([0-9]{1,6})['\"]?\s*,"
    r"\s*['\"]([\w-]{1,80})['\"]\s*,\s*['\"]\.?(s?html?)['\"]"
)
SEARCH = re.compile(r"/common/search/([0-9A-Za-z]{4,40})")
CHANNEL = re.compile(r"\bchannelId['\"]?\s*[:=]\s*['\"]([0-9A-Za-z]{4,40})['\"]")
TREE = re.compile(r"/u/channel/treeNew/[\w-]{1,60}\?[\w=&%-]{0,200}")
# The answer behind a page: JSON in a call of a function that nobody named.
BRANCHES = re.compile(r"^null\s*\(\s*(?=[\[{])", re.MULTILINE)
ROWS = 15


def recognises(url: str, text: str) -> bool:
    """A page that is paged or filled in this family's way, or an answer of its interface."""
    return _is_interface(url) or any(sign.search(text) for sign in (CALL, TREE)) or _channel(text) is not None


def read(url: str, text: str) -> Listing:
    """The further pages of a list, and the channels of a menu that a script fills; the rows of an answer."""
    if _is_interface(url):
        return _answer(url, text)
    found = _list(url, text)
    tree = TREE.search(text)
    script = resolve(url, tree.group()) if tree else None
    return replace(found, script=script, rows=_channels(url, text)) if script else found


def _list(url: str, text: str) -> Listing:
    if call := CALL.search(text):
        return _paged(url, int(call.group(1)), int(call.group(2)), call.group(3), call.group(4))
    if (channel := _channel(text)) is None:
        return Listing("ucap")
    first = resolve(url, f"/common/search/{channel}?page=1&_pageSize={ROWS}&_isAgg=true&_isJson=true&_template=index")
    return Listing("ucap", same_host(url, [first]))


def _channels(url: str, text: str) -> tuple[Anchor, ...]:
    """The channels of the tree whose answer stands behind the page."""
    begins = [call.end() for call in BRANCHES.finditer(text)]
    data = first_value(text[begins[-1] :]) if begins else None
    found = (anchor_of(url, node, ("url", "link", "href"), ("name", "title", "channelName")) for node in nodes(data))
    return tuple(anchor for anchor in found if anchor is not None and host_of(anchor.url) == host_of(url))


def _is_interface(url: str) -> bool:
    return urlsplit(url).path.startswith(("/common/search/", "/u/channel/tree"))


def _channel(text: str) -> str | None:
    """The channel whose list a script fills, named in the interface's address or beside it."""
    if found := SEARCH.search(text):
        return found.group(1)
    named = CHANNEL.search(text) if "/common/search/" in text else None
    return named.group(1) if named else None


def _paged(url: str, total: int, current: int, prefix: str, extension: str) -> Listing:
    """Most sites call the second page PREFIX_2, some PREFIX_1; a numbered page tells which by its own count.

    Where there are but two pages, nothing tells: PREFIX_1 is asked for when PREFIX_2 is not there.
    """
    own = re.search(rf"/{re.escape(prefix)}_([0-9]{{1,6}})\.{extension}$", urlsplit(url).path)
    from_one = own is not None and current == int(own.group(1)) + 1
    last = min(total, MAX_PAGES) - (1 if from_one else 0)
    names = [f"{prefix}_{page}.{extension}" for page in range(1 if from_one else 2, last + 1)]
    if own is None and total > 2:
        # The others when the second has told how they are counted.
        names = names[:1]
    otherwise = resolve(url, f"{prefix}_1.{extension}") if own is None and total >= 2 else None
    pages = same_host(url, [resolve(url, name) for name in names])
    return Listing("ucap", pages, otherwise=Request(otherwise) if otherwise else None)


def _answer(url: str, text: str) -> Listing:
    data, asked = data_of(text), query_of(url)
    found = [anchor_of(url, node, ("url",), ("title", "name")) for node in nodes(data)]
    rows = tuple(row for row in found if row is not None)
    page, size = number(asked.get("page"), 1), number(asked.get("_pageSize"), ROWS)
    total = next((number(node["total"]) for node in nodes(data) if "total" in node), 0)
    more = len(rows) >= size and (total == 0 or page * size < total) and page < MAX_PAGES
    pages = (Request(with_query(url, page=page + 1)),) if more and "page" in asked else ()
    return Listing("ucap", pages, rows=rows, is_data=True)


FAMILY = Family("ucap", 90, recognises, read)
