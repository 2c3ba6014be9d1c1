"""TRS WCM: static pages index.html, index_1.html …, paged by a script (portals.md, section 1.1)."""

from __future__ import annotations

import re

from crawler.family import MAX_PAGES, NUMBER, Family, Listing, same_host
from crawler.urls import resolve

CALL = re.compile(r"createPage(?:HTML)?\s*\(([^)]{0,300})\)")
# var countPage = 2; … document.write(… "index_" + i + ".html")
COUNT = re.compile(r"var\s+countPage\s*=\s*([0-9]{1,6})\b")
WRITTEN = re.compile(r"['\"]([A-Za-z][\w-]*?)_['\"]\s*\+\s*\w+\s*\+\s*['\"]\.(s?html?)['\"]")
ARTICLE = re.compile(r"^[tPp]\d{8}_\d+")


def recognises(url: str, text: str) -> bool:
    """Whether the page's script pages a list (not an article) in this family's way."""
    return _paging(text) is not None


def read(url: str, text: str) -> Listing:
    """The further pages of the list: page k (from 2) is PREFIX_{k-1}.EXT."""
    found = _paging(text)
    if found is None:
        return Listing("trs")
    total, prefix, extension = found
    pages = [resolve(url, f"{prefix}_{page}.{extension}") for page in range(1, min(total, MAX_PAGES))]
    return Listing("trs", same_host(url, pages))


def _paging(text: str) -> tuple[int, str, str] | None:
    found = _from_call(text) or _from_count(text)
    return None if found is None or ARTICLE.match(found[1]) else found


def _from_call(text: str) -> tuple[int, str, str] | None:
    """Both orders: (total, current, prefix, extension) and (total, prefix, extension, current)."""
    for call in CALL.finditer(text):
        arguments = [argument.strip() for argument in call.group(1).split(",")]
        numbers = [int(argument) for argument in arguments if NUMBER.fullmatch(argument)]
        words = [argument[1:-1] for argument in arguments if re.fullmatch(r"['\"][^'\"]*['\"]", argument)]
        extensions = [word for word in words if re.fullmatch(r"\.?(?:s?html?|jsp|aspx?|php)", word)]
        names = [word for word in words if word not in extensions]
        # A first argument in quotes names the page's own element: that is UCAP's call, another family.
        if NUMBER.fullmatch(arguments[0]) and names and extensions:
            return numbers[0], names[0], extensions[0].lstrip(".")
    return None


def _from_count(text: str) -> tuple[int, str, str] | None:
    count, written = COUNT.search(text), WRITTEN.search(text)
    return (int(count.group(1)), written.group(1), written.group(2)) if count and written else None


FAMILY = Family("trs", 70, recognises, read)
