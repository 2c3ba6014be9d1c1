"""高青县: a family nobody has met. Plain anchors, 下一页, and addresses that say nothing.

Traits: bare labels; pages in GB18030 that say UTF-8; an endless chain of 下一页 behind the last page; a copy elsewhere.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/gongkai/channel_c_5f9fa491ab327f36e4c13079/index.html"
COPY = "www.gaoqing.gov.cn.example.net"


def build() -> Portal:
    portal = Portal(
        "gaoqing",
        "高青县",
        "http://www.gaoqing.gov.cn/",
        adcode="370322",
        notes="a family of its own; GBK that says UTF-8",
        encoding="gb18030",
        copies=(COPY,),
    )
    links = [Link("走进高青", "/zjgq/"), Link("政务公开", "/gongkai/"), Link("网站地图", "/map/")]
    portal.html("/", "首页", pages.menu(links))
    hub = [Link("政府信息公开指南", "/gongkai/zn/"), Link("年度报告", COLUMN), Link("依申请公开", "/gongkai/ysq/")]
    portal.html("/gongkai/", "政务公开", pages.crumbs("政务公开") + pages.menu(hub))
    path = "/gongkai/channel_c_5f9fa491ab327f36e4c13079/doc_65{id}ab.html"
    rows = shelf(portal, "高青县人民政府", "county", range(2019, 2025), path)
    for body in ("发展和改革局", "工业和信息化局", "审计局", "田镇街道", "青城镇", "常家镇"):
        level = "township" if body.endswith(("街道", "镇")) else "department"
        rows += shelf(portal, f"高青县{body}", level, range(2020, 2025), path)
    copy = Row("高青县人民政府2018年政府信息公开工作年度报告", f"http://{COPY}/gongkai/doc_2018.html", "2019-03-01")
    _paged(portal, [*between(portal, rows, "/gongkai/doc_", 9), copy])
    return portal


def _paged(portal: Portal, rows: list[Row]) -> None:
    """Pages of twelve; behind the last one the server goes on for ever with the same lines."""
    parts = [rows[at : at + 12] for at in range(0, len(rows), 12)]
    for number in range(1, len(parts) + 10):
        part = parts[min(number, len(parts)) - 1]
        here = COLUMN if number == 1 else f"{COLUMN}?pg={number}"
        foot = pages.menu([Link("上一页", f"{COLUMN}?pg={number - 1}"), Link("下一页", f"{COLUMN}?pg={number + 1}")])
        portal.html(here, "年度报告", pages.crumbs("政府信息公开", "年度报告") + pages.rows_html(part) + foot)
        if number > len(parts) + 1:
            portal.trap(f"{COLUMN}?pg={number}", "an endless list: the page before repeated the one before it")
