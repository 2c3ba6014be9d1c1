"""成安县: columns and articles are uuids, so a column's years lie beside it and no address says so.

Traits: the last page of a year's list is short; a list cuts its titles without a word; rows of a table that say
查看 and lead to the viewer of a file; a label with a number before it.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf, story_of

YEARS = range(2019, 2025)
BODIES = {"教育局": "department", "财政局": "department", "民政局": "department", "司法局": "department"}
BODIES |= dict.fromkeys(("城关镇", "商城镇", "漳河店镇", "辛义乡"), "township")
PER_PAGE = 10


def build() -> Portal:
    portal = Portal("chengan", "成安县", "http://www.cax.gov.cn/", adcode="130424", notes="uuids")
    portal.html("/", "首页", pages.menu([Link("走进成安", _list("gk")), Link("政务公开", _list("zwgk"))]))
    hub = [Link("政府信息公开指南", _list("zn")), Link("3.政府信息<br>公开年报", _list("nb"))]
    portal.html(_list("zwgk"), "政务公开", pages.menu([*hub, Link("依申请公开", _list("ysq"))]))
    years = pages.menu([Link(f"{year}年", _list(f"nb{year}")) for year in YEARS])
    portal.html(_list("nb"), "政府信息公开年报", pages.crumbs("政府信息公开年报") + years + _files(portal))
    for year in YEARS:
        _year(portal, year, years)
    return portal


def _list(name: str) -> str:
    return f"/columns/{UUID(bytes=sha256(name.encode()).digest()[:16])}/index.html"


def _year(portal: Portal, year: int, years: str) -> None:
    folder = _list(f"nb{year}").removesuffix("index.html")
    path = f"{folder}{year + 1}01/20/7c{{id}}.html"
    rows = shelf(portal, "成安县人民政府", "county", [year], path)
    rows += shelf(portal, "成安县人民政府办公室", "office", [year], path)
    for body, level in BODIES.items():
        rows += shelf(portal, f"成安县{body}", level, [year], path)
    rows = between(portal, rows, f"{folder}{year + 1}05/06/", 2)
    # The last page has one line, and that is a report's.
    rows.append(rows.pop(0))
    cut = [replace(row, shown=row.title[:-2]) if len(row.title) > 20 else row for row in rows]
    parts = [cut[at : at + PER_PAGE] for at in range(0, len(cut) - 1, PER_PAGE)]
    parts = [*parts[:-1], parts[-1][:-1], cut[-1:]] if len(parts[-1]) > 1 else [*parts, cut[-1:]]
    for number, part in enumerate(parts):
        links = [Link(str(page + 1), f"index{f'_{page}' if page else ''}.html") for page in range(len(parts))]
        body = (years if number == 0 else "") + pages.rows_html(part) + pages.menu(links)
        portal.html(f"{folder}index{f'_{number}' if number else ''}.html", f"{year}年", body)


def _files(portal: Portal) -> str:
    """A table of files, each behind the page that shows it."""
    filed: list[Row] = [
        portal.file(f"/files/{year}/P0{year}.pdf", story_of(portal, "成安县审计局", "department", year))
        for year in YEARS
    ]
    lines = [
        f"<tr><td>{number}</td><td>{row.title}</td>"
        f'<td><a href="/pdfjs/web/viewer.html?file={row.href.removeprefix(portal.home[:-1])}">查看</a></td></tr>'
        for number, row in enumerate(filed, start=1)
    ]
    return f"<table>{''.join(lines)}</table>"
