"""Guangdong's gkmlpt: a tree of categories in the page, their lists from an interface (portals.md, section 1.4)."""

from __future__ import annotations

import re
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
    with_query,
)
from crawler.harvest import Anchor
from crawler.urls import resolve

INTERFACE = re.compile(r"/gkmlpt/api/all/([0-9]+)")
CONFIG = re.compile(r"_CONFIG\s*=")
SITE = re.compile(r"['\"]?\bSID['\"]?\s*:\s*['\"]?([0-9A-Za-z_-]{1,40})")
TREE = re.compile(r"['\"]?\bTREE['\"]?\s*:\s*(?=\[)")
BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)\s*:")
PER_PAGE = 100


def recognises(url: str, text: str) -> bool:
    """Whether the page is the platform's own, or an answer of its interface."""
    return bool(INTERFACE.search(url)) or ("/gkmlpt/" in url and bool(CONFIG.search(text)))


def read(url: str, text: str) -> Listing:
    """Each category as a link to its list; of an answer its articles, and the next page where there is one."""
    return _answer(url, text) if INTERFACE.search(url) else Listing("gkmlpt", rows=tuple(_categories(url, text)))


def _categories(url: str, text: str) -> list[Anchor]:
    tree, site = TREE.search(text), SITE.search(text)
    base = urlsplit(url).path.split("/gkmlpt/")[0]
    if tree is None or site is None:
        return []
    found = []
    for node in nodes(_array(text[tree.end() :])):
        code, name = number(node.get("id"), -1), node.get("name")
        if code >= 0 and isinstance(name, str):
            target = resolve(url, f"{base}/gkmlpt/api/all/{code}?page=1&sid={site.group(1)}")
            found += [Anchor(target, re.sub(r"\s+", "", name))] if target else []
    return found


def _array(text: str) -> object:
    """The array that a script begins with here; its keys may stand without quotes."""
    found = first_value(text)
    return first_value(BARE_KEY.sub(r'\1"\2":', text)) if found is None else found


def _answer(url: str, text: str) -> Listing:
    data = data_of(text)
    articles = data.get("articles") if isinstance(data, dict) else None
    found = [anchor_of(url, node, ("url", "post_url"), ("title",)) for node in articles or () if isinstance(node, dict)]
    rows = tuple(row for row in found if row is not None)
    total = next((number(node["post_count"]) for node in nodes(data) if "post_count" in node), 0)
    # Page 0 is page 1.
    page = number(query_of(url).get("page"), 1) or 1
    more = page * PER_PAGE < total and page < MAX_PAGES
    return Listing("gkmlpt", (Request(with_query(url, page=page + 1)),) if more else (), rows=rows, is_data=True)


FAMILY = Family("gkmlpt", 10, recognises, read)
