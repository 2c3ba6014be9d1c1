"""新源县: UCAP. A tile whose label is its picture's alt; a list paged by createPageHTML('page_div', …).

Traits: the departments' list comes from /common/search as JSON, and only a menu that a script fills leads to it; the
townships' second page is called _1; placeholder links that end in null.shtml; look-alikes and noise among the reports;
an anchor to a calendar.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

SITE = "/xinyuan"
COLUMN = f"{SITE}/xxgknb2024n/"
CHANNEL = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
DEPARTMENTS = ("教育局", "财政局", "民政局", "审计局", "司法局", "统计局")
TOWNS = ("新源镇", "则克台镇", "阿热勒托别镇", "塔勒德镇")


def build() -> Portal:
    portal = Portal("xinyuan", "新源县", "https://www.xinyuan.gov.cn/", adcode="654025", notes="UCAP")
    tile = f'<a href="{COLUMN}zfxxgk_gknbz.shtml"><img src="/nb.png" alt="政府信息公开年报"></a>'
    day = portal.trap("/xinyuan/hd/list.shtml?date=2024-05-01", "a calendar")
    menu = [Link("乡镇信息公开年报", f"{SITE}/c112290/list.shtml")]
    portal.html("/", "首页", pages.menu([Link("要闻", f"{SITE}/yw/"), *menu, Link("1", day)]) + tile + _grown(portal))
    article = f"{COLUMN}{{year}}03/9f8e7d6c5b4a{{id}}.shtml"
    government = shelf(portal, "新源县人民政府", "county", range(2016 + 3, 2025), article)
    office = shelf(portal, "新源县人民政府办公室", "office", range(2021, 2025), f"{COLUMN}{{year}}02/1c0{{id}}.shtml")
    _paged(
        portal, COLUMN, "zfxxgk_gknbz", "政府信息公开年报", between(portal, government + office, COLUMN, 8, ".shtml")
    )
    _searched(portal)
    towns = [
        row
        for town in TOWNS
        for row in shelf(
            portal, f"新源县{town}", "township", (2022, 2023, 2024), f"{SITE}/c112290/{{year}}/c01_{{id}}.shtml"
        )
    ]
    _paged(portal, f"{SITE}/c112290/", "list", "乡镇信息公开年报", towns, from_one=True)
    return portal


def _paged(portal: Portal, folder: str, name: str, label: str, rows: list[Row], from_one: bool = False) -> None:
    parts = [rows[at : at + 7] for at in range(0, len(rows), 7)]
    for number, part in enumerate(parts, start=1):
        script = f"<script>createPageHTML('page_div', {len(parts)}, {number}, '{name}', 'shtml', {len(rows)});</script>"
        file = name if number == 1 else f"{name}_{number - from_one}"
        portal.html(f"{folder}{file}.shtml", label, pages.crumbs(label) + pages.rows_html(part) + script)


def _grown(portal: Portal) -> str:
    """A script that fills the home page's menu with a tree of channels, some of them without a page of their own."""
    tree = "/u/channel/treeNew/xinyuan?level=1&channelId=112280"
    leaves = [
        {"name": "部门信息公开年报", "url": f"{SITE}/c112289/list.shtml"},
        {"name": "政府信息公开指南", "url": f"{SITE}/c112281/list.shtml"},
        {"name": "专题", "url": "/xinyuan/null.shtml"},
    ]
    portal.json(tree, {"name": "政府信息公开", "url": "/xinyuan/null.shtml", "children": leaves}, wrap="null")
    return f"<script>$.ajax({{url: '{tree}', dataType: 'jsonp', success: grow}});</script>"


def _searched(portal: Portal) -> None:
    rows = [
        row
        for body in DEPARTMENTS
        for row in shelf(
            portal, f"新源县{body}", "department", range(2019, 2025), f"{SITE}/c112289/{{year}}/{{id}}.shtml"
        )
    ]
    rows = between(portal, rows, f"{SITE}/c112289/2023/", 3, ".shtml")
    script = f"<script>var channelId = '{CHANNEL}'; load('/common/search/' + channelId);</script>"
    portal.html(f"{SITE}/c112289/list.shtml", "部门信息公开年报", pages.crumbs("部门信息公开年报") + script)
    for at in range(0, len(rows), 15):
        found = [{"title": row.title, "url": row.href, "publishedTimeStr": row.date} for row in rows[at : at + 15]]
        found += (
            [{"title": "新源县档案馆2024年政府信息公开工作年度报告", "url": "/xinyuan/null.shtml"}] if at == 0 else []
        )
        page = f"page={at // 15 + 1}&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
        portal.json(f"/common/search/{CHANNEL}?{page}", {"data": {"total": len(rows), "results": found}})
