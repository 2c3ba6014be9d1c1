"""Hanweb, third generation: the module xxgk (portals.md, section 1.3c).

One annual report per unit and year; and lists of a unit's documents, asked for by POST, with the parameters that the
page itself names.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.bodies import body_name
from crawler.family import MAX_PAGES, Family, Form, Listing, Request, number, query_of, with_query
from crawler.harvest import Anchor
from crawler.titles import normalise
from crawler.urls import host_of, resolve

PAGE = "xxgkAnnualReport.jsp"
SEARCH = "/module/xxgk/search.jsp"
SEARCHED = re.compile(rf"['\"]([\w./:-]{{0,100}}{SEARCH}\?[^'\"\s]{{0,400}}\barea=[^'\"\s]{{1,200}})['\"]")
TOTAL = re.compile(r"共([0-9]{1,4})页|[0-9]{1,4}/([0-9]{1,4})页")
YEAR = re.compile(
    r"(?:fbtime['\"]?\s*[:=,]\s*['\"]?|<option[^>]{0,80}value=['\"]?|Year\(['\"]?)(20[0-3]\d)\b", re.IGNORECASE
)
# {id:"11330922002643296E", pId:"1", name:"县教育局"}: a unit of the tree, its keys in any order.
NODE = re.compile(r"\{[^{}]{0,400}\}")
CODE = re.compile(r"\b(?:id|area|code)['\"]?\s*:\s*['\"]([0-9A-Za-z]{6,40})['\"]")
NAME = re.compile(r"\bname['\"]?\s*:\s*['\"]([^'\"]{2,60})['\"]")


def recognises(url: str, text: str) -> bool:
    """Whether the page is one of the module's reports or lists, or asks for such a list.

    Where reports are only linked, the links speak for themselves.
    """
    path = urlsplit(url).path
    return PAGE in path or path.endswith(SEARCH) or (SEARCH in text and bool(SEARCHED.search(text)))


def read(url: str, text: str) -> Listing:
    """This unit's other years, and the other units' reports of the same year: each page tells its own years."""
    if PAGE not in urlsplit(url).path:
        return Listing("xxgk", _searched(url, text))
    asked = query_of(url)
    years = sorted({*YEAR.findall(text), *([asked["fbtime"]] if asked.get("fbtime") else [])}, reverse=True)
    levels = [Anchor(with_query(url, fbtime=year), f"{year}年") for year in years]
    latest = asked.get("fbtime") or (years[0] if years else None)
    for code, name in _units(text):
        target = with_query(url, area=code, fbtime=latest) if latest else with_query(url, area=code)
        levels.append(Anchor(target, name))
    return Listing("xxgk", levels=tuple(levels))


def _searched(url: str, text: str) -> tuple[Request, ...]:
    """The first page of the list that a page asks for; of a list those behind it."""
    if urlsplit(url).path.endswith(SEARCH):
        told = TOTAL.search(normalise(re.sub(r"<[^>]{0,500}>", "", text)))
        last = min(int(next(group for group in told.groups() if group)), MAX_PAGES) if told else 0
        following = range(number(query_of(url).get("currpage"), 1) + 1, last + 1)
        return tuple(_post(with_query(url, currpage=page)) for page in following)
    found = SEARCHED.search(text)
    target = resolve(url, found.group(1).replace("&amp;", "&")) if found else None
    return (_post(with_query(target, currpage=1)),) if target and host_of(target) == host_of(url) else ()


def _post(target: str) -> Request:
    """A POST whose body says what its address does: which of the two the module reads differs by site."""
    return Request(target, Form(urlsplit(target).query.encode()))


def _units(text: str) -> list[tuple[str, str]]:
    found = [(CODE.search(node), NAME.search(node)) for node in NODE.findall(text)]
    named = [(code.group(1), name.group(1).strip()) for code, name in found if code and name]
    return [(code, name) for code, name in named if body_name(name)]


FAMILY = Family("xxgk", 40, recognises, read)
