"""Epoint: lists filled by a POST to …/rest/lightfrontaction/getgovinfolist (portals.md, section 1.8)."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode, urlsplit

from crawler.family import Family, Form, Listing, Request, anchor_of, data_of, nodes
from crawler.urls import resolve

INTERFACE = "rest/lightfrontaction/getgovinfolist"
ADDRESS = re.compile(rf"['\"]([\w./:-]{{0,200}}{INTERFACE})['\"]")
PROJECT = re.compile(r"\bprojectName['\"]?\s*[:=]\s*['\"]([\w/-]{1,80})['\"]")
SCRIPT = re.compile(r"['\"]([\w./-]{0,200}/webBuilderCommon\.js)(?:\?[^'\"]{0,80})?['\"]")
FIELDS = ("siteGuid", "deptcode", "categorynum")
PER_PAGE = 20
# How many there are, only the answers say: one that is not full is the last.
PAGES = 61


def recognises(url: str, text: str) -> bool:
    """Whether a list of this family belongs to the page, or the body is an answer of its interface."""
    if urlsplit(url).path.endswith(INTERFACE):
        return True
    return "webBuilderCommon.js" in text and bool(SCRIPT.search(text)) and _field("categorynum", text) != ""


def read(url: str, text: str) -> Listing:
    """The first page of the list by POST; of an answer its rows. Pages behind the first are asked for with it."""
    if urlsplit(url).path.endswith(INTERFACE):
        return _answer(url, text)
    script = SCRIPT.search(text)
    if not _field("siteGuid", text):
        # The site's own number stands in the script that all its pages share.
        return Listing("epoint", script=resolve(url, script.group(1)) if script else None)
    target = _address(url, text)
    fields = {name: _field(name, text) for name in FIELDS}
    pages = [Request(target, _form(fields, page)) for page in range(PAGES)] if target else []
    return Listing("epoint", tuple(pages))


def _field(name: str, text: str) -> str:
    found = re.search(rf"\b{name}['\"]?\s*[:=]\s*['\"]?([\w-]{{1,80}})['\"]?", text, re.IGNORECASE)
    return found.group(1) if found else ""


def _address(url: str, text: str) -> str | None:
    if found := ADDRESS.search(text):
        return resolve(url, found.group(1))
    project = PROJECT.search(text)
    return resolve(url, f"/{project.group(1).strip('/') if project else 'EpointWebBuilder'}/{INTERFACE}")


def _form(fields: dict[str, str], page: int) -> Form:
    params = json.dumps(fields | {"pageIndex": page, "pageSize": PER_PAGE}, ensure_ascii=False)
    return Form(urlencode({"params": params}).encode())


def _answer(url: str, text: str) -> Listing:
    found = [anchor_of(url, node, ("infourl",), ("title", "customtitle", "infotitle")) for node in nodes(data_of(text))]
    rows = tuple(row for row in found if row is not None)
    return Listing("epoint", rows=rows, is_data=True, is_last=len(rows) < PER_PAGE)


FAMILY = Family("epoint", 55, recognises, read)
