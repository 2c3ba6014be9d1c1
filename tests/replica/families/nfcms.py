"""海珠区: NFCMS. Numbered files index_2.html behind numbers alone, mpost twins, years then units.

Traits: the folder's year is when it was filed, not what it reports on.
"""

from __future__ import annotations

from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/zwgk/zfxxgknb/"


def build() -> Portal:
    portal = Portal("haizhu-guangzhou", "海珠区", "https://www.haizhu.gov.cn/", adcode="440105", notes="NFCMS")
    portal.html(
        "/", "首页", pages.menu([Link("海珠概况", "/hzgk/"), Link("政府信息公开工作年度报告", f"{COLUMN}index.html")])
    )
    groups = {"qzf": "区政府", "bm": "部门", "jd": "街道"}
    tabs = [Link(label, f"{COLUMN}{folder}/index.html") for folder, label in groups.items()]
    portal.html(f"{COLUMN}index.html", "政府信息公开工作年度报告", pages.crumbs("政府信息公开年报") + pages.menu(tabs))
    government = shelf(
        portal, "广州市海珠区人民政府", "county", range(2019, 2025), f"{COLUMN}2023/content/post_{{id}}.html"
    )
    _numbered(portal, f"{COLUMN}qzf/", between(portal, government, "/zwgk/2024/post_1", 3))
    bodies = {"bm": ("教育局", "财政局", "水务局"), "jd": ("赤岗街道", "新港街道", "昌岗街道")}
    for folder, names in bodies.items():
        level = "township" if folder == "jd" else "department"
        rows = [
            row
            for name in names
            for row in shelf(
                portal, f"海珠区{name}", level, range(2019, 2025), f"{COLUMN}{folder}/content/post_{{id}}.html"
            )
        ]
        _numbered(portal, f"{COLUMN}{folder}/", rows)
    return portal


def _numbered(portal: Portal, folder: str, rows: list[Row]) -> None:
    parts = [rows[at : at + 8] for at in range(0, len(rows), 8)]
    for number, part in enumerate(parts, start=1):
        near = [row for one in part for row in (_mobile(portal, one), one)]
        links = [
            Link(str(page), f"{folder}index{f'_{page}' if page > 1 else ''}.html") for page in range(1, len(parts) + 1)
        ]
        body = pages.crumbs("政府信息公开年报") + pages.rows_html(near) + pages.menu(links)
        portal.html(f"{folder}index{f'_{number}' if number > 1 else ''}.html", "政府信息公开年报", body)


def _mobile(portal: Portal, row: Row) -> Row:
    twin = row.href.replace("/post_", "/mpost_")
    portal.traps[twin] = "the page's twin for telephones"
    return replace(row, href=twin)
