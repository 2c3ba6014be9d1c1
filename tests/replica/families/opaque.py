"""霍邱县: lists by plain links whose addresses are numbers that say nothing: a level lies beside its column, not below.

Traits: a column of sections that show three lines each and 更多 for the rest; units and years, each a numbered folder
of its own; a menu of all departments beside the column, which leads to their news; years in a drop-down list; a column
that is a file of the root.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import DRESS, between, shelf

COLUMN, OFFICE = "/col/col44163/index.html", "/xxgknb.htm"
UNITS = {44171: "教育局", 44172: "民政局"}
YEARS = {44180: 2021, 44187: 2022, 44191: 2023, 44195: 2024}
TOWNS = ("城关镇", "河口镇", "周集镇")
NEWS = {30001: "公安局", 30002: "司法局", 30003: "审计局"}
SHOWN = 3


def build() -> Portal:
    portal = Portal(
        "huoqiu", "霍邱县", "http://www.huoqiu.gov.cn/", adcode="341522", notes="addresses that say nothing"
    )
    news = [Link(name, f"/col/col{code}/index.html") for code, name in NEWS.items()]
    columns = [Link("政府信息公开年报", COLUMN), Link("政府办信息公开年报", OFFICE)]
    portal.html("/", "首页", pages.menu([Link("霍邱概况", "/col/col1/index.html"), *columns, *news]))
    for code, name in NEWS.items():
        portal.trap(f"/col/col{code}/index.html", f"the news of {name}, in the portal's menu")
    _column(portal, news)
    _office(portal)
    return portal


def _column(portal: Portal, news: list[Link]) -> None:
    rows = shelf(portal, "霍邱县人民政府", "county", range(2016, 2025), "/art/{year}/3/2/art_44163_{id}.html")
    units = [Link(name, f"/col/col{code}/index.html") for code, name in UNITS.items()]
    more = f'<a href="/col/col44164/index.html">更多&gt;&gt;</a>{pages.rows_html(rows[:SHOWN])}'
    years = [Link(f"{year}年", f"/col/col{code}/index.html") for code, year in YEARS.items()]
    body = pages.menu(news) + more + pages.menu(units) + pages.menu(years)
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + body)
    portal.html("/col/col44164/index.html", "县政府", pages.menu(news) + pages.rows_html(rows))
    for code, name in UNITS.items():
        own = shelf(
            portal, f"霍邱县{name}", "department", range(2020, 2025), f"/art/{{year}}/1/9/art_{code}_{{id}}.html"
        )
        portal.html(f"/col/col{code}/index.html", name, pages.menu(news) + pages.rows_html(own))
    for code, year in YEARS.items():
        own = [
            row
            for name in TOWNS
            for row in shelf(portal, f"霍邱县{name}", "township", [year], f"/art/{{year}}/1/9/art_{code}_{{id}}.html")
        ]
        own += portal.noise(f"/art/{year}/5/5/art_{code}_", 1)
        portal.html(f"/col/col{code}/index.html", f"{year}年", pages.menu(news) + pages.rows_html(own))


def _office(portal: Portal) -> None:
    """Years in a drop-down list, each a file below the column's own name."""
    options = "".join(f'<option value="/xxgknb/{year}n.htm">{year}年</option>' for year in range(2021, 2025))
    select = f'<select onchange="location.href=this.value"><option>请选择年份</option>{options}</select>'
    portal.html(OFFICE, "政府办信息公开年报", pages.crumbs("政府办信息公开年报") + select)
    for year in range(2021, 2025):
        rows: list[Row] = shelf(portal, "霍邱县人民政府办公室", "office", [year], "/info/1009/{id}.htm")
        rows = between(portal, rows, f"/info/10{year}/", 2, ".htm") if year == 2023 else rows
        portal.html(f"/xxgknb/{year}n.htm", f"{year}年", pages.rows_html(rows), DRESS)
