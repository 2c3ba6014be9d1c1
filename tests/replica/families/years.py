"""吴起县: a column by years, then units; pages numbered 1.html, 2.html.

Traits: nineteen-digit addresses; a menu in a comment; a government column and a departments' one side by side.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/zfxxgk/zfxxgknb/"
TOWNS = ("吴起街道", "铁边城镇", "周湾镇", "白豹镇", "长官庙镇")


def build() -> Portal:
    portal = Portal("wuqi", "吴起县", "https://www.wqx.gov.cn/", adcode="610626", notes="year, then unit")
    old = portal.trap("/zfxxgk/old/", "stands only in an HTML comment")
    hidden = f'<!--<a href="{old}">政府信息公开年报</a>-->'
    portal.html(
        "/", "首页", hidden + pages.menu([Link("革命吴起", "/gmwq/"), Link("政府信息公开年报", f"{COLUMN}1.html")])
    )
    groups = [Link("县政府", f"{COLUMN}xzf/1.html"), Link("镇（街道）", f"{COLUMN}zj/1.html")]
    portal.html(f"{COLUMN}1.html", "政府信息公开年报", pages.crumbs("政府信息公开年报") + pages.menu(groups))
    rows = shelf(portal, "吴起县人民政府", "county", range(2019, 2025), f"{COLUMN}xzf/18{{id}}0000{{year}}.html")
    rows = between(portal, rows, f"{COLUMN}xzf/17", 6)
    for number in range(1, 4):
        part = rows[(number - 1) * 6 : number * 6]
        links = [Link(str(page), f"{COLUMN}xzf/{page}.html") for page in (1, 2, 3)]
        portal.html(f"{COLUMN}xzf/{number}.html", "县政府", pages.rows_html(part) + pages.menu(links))
    years = [Link(f"{year}年", f"{COLUMN}zj/{year}n/1.html") for year in (2023, 2024)]
    portal.html(f"{COLUMN}zj/1.html", "镇（街道）", pages.menu(years))
    for year in (2023, 2024):
        folder = f"{COLUMN}zj/{year}n/"
        portal.html(
            f"{folder}1.html",
            f"{year}年",
            pages.menu([Link(town, f"{folder}{n}/1.html") for n, town in enumerate(TOWNS)]),
        )
        for number, town in enumerate(TOWNS):
            row = shelf(portal, f"吴起县{town}", "township", [year], f"{folder}{number}/18{{id}}7.html")
            portal.html(f"{folder}{number}/1.html", town, pages.rows_html(row))
    return portal
