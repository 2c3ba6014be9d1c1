"""宣州区: Openness. Lists as page_N.html, reports under …AnnualReport/show/, labelled with a unit or a year alone."""

from __future__ import annotations

from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

LIST = "/OpennessContent/showList/645/32763/"
UNITS = ("教育体育局", "财政局", "民政局", "城市管理执法局", "向阳街道", "水阳镇", "狸桥镇")


def build() -> Portal:
    portal = Portal("xuanzhou", "宣州区", "https://www.xuanzhou.gov.cn/", adcode="341802", notes="Openness")
    links = [
        Link("政府信息公开指南", "/OpennessGuide/show/10.html"),
        Link("信息公开工作年度报告", f"{LIST}page_1.html"),
    ]
    portal.html("/", "首页", pages.menu([Link("魅力宣州", "/about/"), *links]))
    path = "/XxgkAnnualReport/show/{id}.html"
    rows = shelf(portal, "宣城市宣州区人民政府", "county", range(2019, 2025), path)
    # Some lines give the year or the unit and nothing else: the path says what they are.
    rows = [replace(row, title=f"{2024 - place}年") if place % 2 else row for place, row in enumerate(rows)]
    for unit in UNITS:
        level = "township" if unit.endswith(("街道", "镇")) else "department"
        own = shelf(portal, f"宣州区{unit}", level, range(2020, 2025), path)
        rows += [replace(own[0], title=unit), *own[1:]]
    _paged(portal, between(portal, rows, "/OpennessContent/show/", 12))
    return portal


def _paged(portal: Portal, rows: list[Row]) -> None:
    parts = [rows[at : at + 12] for at in range(0, len(rows), 12)]
    for number, part in enumerate(parts, start=1):
        foot = (
            f'<div class="page">共 {len(parts)} 页 <a href="page_{min(number + 1, len(parts))}.html">下一页</a></div>'
        )
        body = pages.crumbs("政府信息公开", "年度报告") + pages.rows_html(part) + foot
        portal.html(f"{LIST}page_{number}.html", "信息公开工作年度报告", body)
