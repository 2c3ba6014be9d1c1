"""Where an HTML page says that it stands: its breadcrumb, its source and its site's code (portals.md, section 1.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from parsers.bodies import body_in
from parsers.document import Standing
from parsers.labels import squeeze
from parsers.units import unit_level

_CRUMBS = re.compile(r"crumb|position|location|dqwz|wzdh|path", re.IGNORECASE)
_HOLDERS = frozenset(["div", "span", "p", "ul", "ol", "td", "nav"])
_BREAK = re.compile(r"[>＞›»/|→\\]+")
_HERE = re.compile(r"^(?:您|你)?(?:的|现在的?|当前的?|所在的?|目前的?)*位置(?:是|在)?[:：]?")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_SOURCE = re.compile(r"^(?:信息|文章|稿件)?来源[:：]")
# The first six digits of a site's code are its area's.
_CODE = re.compile(r"^[a-z]{0,2}(\d{6})", re.IGNORECASE)
_LONGEST_CRUMBS = 120
_LONGEST_NAME = 40


def standing_of(root: etree._Element, named_here: Iterable[etree._Element]) -> tuple[Standing, ...]:
    """What the page says of its place, in the order in which that is believed.

    `named_here`: the elements outside its tables of figures that have a class or an id, in order.
    """
    named = {(meta.get("name") or "").strip().lower(): meta.get("content") or "" for meta in root.iter("meta")}
    found: list[Standing] = []
    if crumb := _body_of(_crumbs(named_here)):
        found.append(("breadcrumb", crumb))
    source = _SOURCE.sub("", squeeze(named.get("contentsource", "")))
    if 1 < len(source) <= _LONGEST_NAME and unit_level(source) is not None:
        found.append(("source", source))
    if code := _CODE.match(squeeze(named.get("siteidcode", ""))):
        found.append(("site_code", code[1]))
    return tuple(found)


@lru_cache(maxsize=4096)
def _names_crumbs(name: str | None, identifier: str | None) -> bool:
    return _CRUMBS.search(f"{name or ''} {identifier or ''}") is not None


def _crumbs(elements: Iterable[etree._Element]) -> list[str]:
    """The steps of the first breadcrumb."""
    for element in elements:
        if element.tag in _HOLDERS and _names_crumbs(element.get("class"), element.get("id")):
            steps = list(_steps(element))
            if len(steps) > 1 and sum(map(len, steps)) <= _LONGEST_CRUMBS:
                return steps
    return []


def _steps(element: etree._Element) -> Iterator[str]:
    for text in element.itertext():
        for part in _BREAK.split(_HERE.sub("", squeeze(text))):
            if part:
                yield part


def _body_of(steps: list[str]) -> str | None:
    """The last body among the steps; without one, the last government."""
    bodies = [name for step in steps if (name := body_in(step)) is not None]
    governments = [step for step in steps if _GOVERNMENT.search(step) and unit_level(step) is not None]
    return next(iter([*reversed(bodies), *reversed(governments)]), None)
