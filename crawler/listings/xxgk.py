"""Hanweb, third generation: the module xxgk, one annual report per unit and year (portals.md, section 1.3c)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.bodies import body_name
from crawler.family import Family, Listing, query_of, with_query
from crawler.harvest import Anchor

PAGE = "xxgkAnnualReport.jsp"
YEAR = re.compile(
    r"(?:fbtime['\"]?\s*[:=,]\s*['\"]?|<option[^>]{0,80}value=['\"]?|Year\(['\"]?)(20[0-3]\d)\b", re.IGNORECASE
)
# {id:"11330922002643296E", pId:"1", name:"县教育局"}: a unit of the tree, its keys in any order.
NODE = re.compile(r"\{[^{}]{0,400}\}")
CODE = re.compile(r"\b(?:id|area|code)['\"]?\s*:\s*['\"]([0-9A-Za-z]{6,40})['\"]")
NAME = re.compile(r"\bname['\"]?\s*:\s*['\"]([^'\"]{2,60})['\"]")


def recognises(url: str, text: str) -> bool:
    """Whether the page is one of the module's reports. Where they are only linked, the links speak for themselves."""
    return PAGE in urlsplit(url).path


def read(url: str, text: str) -> Listing:
    """This unit's other years, and the other units' reports of the same year: each page tells its own years."""
    asked = query_of(url)
    years = sorted({*YEAR.findall(text), *([asked["fbtime"]] if asked.get("fbtime") else [])}, reverse=True)
    levels = [Anchor(with_query(url, fbtime=year), f"{year}年") for year in years]
    latest = asked.get("fbtime") or (years[0] if years else None)
    for code, name in _units(text):
        target = with_query(url, area=code, fbtime=latest) if latest else with_query(url, area=code)
        levels.append(Anchor(target, name))
    return Listing("xxgk", levels=tuple(levels))


def _units(text: str) -> list[tuple[str, str]]:
    found = [(CODE.search(node), NAME.search(node)) for node in NODE.findall(text)]
    named = [(code.group(1), name.group(1).strip()) for code, name in found if code and name]
    return [(code, name) for code, name in named if body_name(name)]


FAMILY = Family("xxgk", 40, recognises, read)
