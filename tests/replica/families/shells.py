"""甘井子区: pages that are only a shell: a refresh on the home page, location.href before a hub, the list in a frame.

Traits: a soft 404 for what is not there, old links that lead to it or to the home page; a crawl-delay in robots.txt; a
frame of another site, which is not followed; a fourth shell behind three, which is not reached.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Portal
from tests.replica.shelf import between, shelf

COLUMN = "/zwgk/zfxxgknb/"


def build() -> Portal:
    portal = Portal(
        "ganjingzi", "甘井子区", "https://www.dlgjz.gov.cn/", adcode="210211", notes="shells", platform="dalian"
    )
    portal.soft_404()
    portal.robots("User-agent: *\nCrawl-delay: 0.05\nDisallow: /admin/\n")
    portal.forbidden.append(portal.url("/admin/"))
    _shell(portal, "/", '<meta http-equiv="refresh" content="0; url=/gjz/index.html">')
    links = [Link("魅力甘井子", "/ml/"), Link("政务公开", "/zwgk/"), Link("后台", "/admin/")]
    portal.html("/gjz/index.html", "首页", pages.menu(links))
    _shell(portal, "/zwgk/", "<script>window.location.href='/zwgk/main.html';</script>")
    hub = [Link("政府信息公开指南", "/zwgk/zn/"), Link("政府信息公开年报", COLUMN), Link("依申请公开", "/zwgk/ysq/")]
    portal.html("/zwgk/main.html", "政务公开", pages.menu(hub))
    frames = '<iframe src="https://www.dl.gov.cn/top.html"></iframe><iframe id="iframe" src="nr/list.html"></iframe>'
    portal.html(COLUMN, "政府信息公开年报", pages.menu(links) + pages.crumbs("政府信息公开年报") + frames)
    rows = shelf(portal, "大连市甘井子区人民政府", "county", range(2019, 2025), f"{COLUMN}{{year}}/{{id}}.html")
    for body in ("教育局", "民政局", "机场街道", "营城子街道"):
        level = "township" if body.endswith("街道") else "department"
        rows += shelf(portal, f"甘井子区{body}", level, range(2020, 2025), f"{COLUMN}{{year}}/{{id}}.html")
    rows = between(portal, rows, f"{COLUMN}2024/1", 4)
    gone = "甘井子区人民政府2018年政府信息公开工作年度报告"
    portal.redirect("/zwgk/old/2018.html", portal.url("/gjz/index.html"))
    rows += [
        Row(gone, portal.url("/zwgk/none/2018.html")),
        Row(gone.replace("2018", "2017"), portal.url("/zwgk/old/2018.html")),
    ]
    portal.html(f"{COLUMN}nr/list.html", "列表", pages.rows_html(rows))
    return portal


def _shell(portal: Portal, path: str, inside: str) -> None:
    text = f"<!DOCTYPE html><html><head><title></title>{inside}</head><body></body></html>"
    portal.put(path, lambda: Answer(text.encode()))
