"""吉州区: lists are files of the root, told apart by their names alone; the home page is a set of frames.

Traits: GBK without any charset; the frame of the head stands before that of the page; levels in brackets and with the
year before the group's name; years gone by under one label; a pager that counts in the file's name.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Portal
from tests.replica.shelf import DRESS, between, shelf

COLUMN = "/xxgk-list-zfxxgknb.html"
BUREAUS = ("教育体育局", "财政局", "民政局", "水利局")
TOWNS = ("兴桥镇", "樟山镇", "长塘镇", "古南街道")
PER_PAGE = 9


def build() -> Portal:
    portal = Portal(
        "jizhou",
        "吉州区",
        "http://www.jzq.gov.cn/",
        adcode="360802",
        notes="files of the root",
        encoding="gb18030",
        media=None,
    )
    frames = '<frameset rows="90,*"><frame name="topFrame" src="/head.html"><frame src="/main.html"></frameset>'
    home = f"<html><head><title>吉州区</title></head>{frames}</html>".encode("gb18030")
    portal.put("/", lambda: Answer(home, media=None))
    portal.html("/head.html", "页头", "<p>吉州区人民政府</p>")
    portal.html(
        "/main.html", "首页", pages.menu([Link("走进吉州", "/zjjz.html"), Link("信息公开", "/xxgk-index.html")])
    )
    hub = [Link("信息公开指南", "/xxgk-zn.html"), Link("政府信息公开年报", COLUMN)]
    portal.html("/xxgk-index.html", "信息公开", pages.menu([*hub, Link("依申请公开", "/xxgk-ysq.html")]))
    levels = {
        "qzfnb": ("【区政府】", _rows(portal, (), range(2019, 2025))),
        "bmnb2024": ("2024年区直部门", _rows(portal, BUREAUS, [2024])),
        "bmnb": ("2019-2023年", _rows(portal, BUREAUS, range(2019, 2024))),
        "xznb": ("·乡镇街道", _rows(portal, TOWNS, range(2020, 2025))),
        "ghnb": ("区总工会", _rows(portal, ("总工会",), range(2021, 2025))),
    }
    tabs = [Link(label, f"/xxgk-list-{slug}.html") for slug, (label, _) in levels.items()]
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + pages.menu(tabs))
    for slug, (label, rows) in levels.items():
        _paged(portal, f"/xxgk-list-{slug}", label, rows)
    return portal


def _rows(portal: Portal, bodies: tuple[str, ...], years: range | list[int]) -> list[Row]:
    path = "/xxgk-show-{id}.html"
    if not bodies:
        rows = shelf(portal, "吉安市吉州区人民政府", "county", years, path)
        return between(portal, rows, "/xxgk-show-", 3)
    return [
        row
        for body in bodies
        for row in shelf(portal, f"吉州区{body}", "township" if body in TOWNS else "department", years, path)
    ]


def _paged(portal: Portal, name: str, label: str, rows: list[Row]) -> None:
    parts = [rows[at : at + PER_PAGE] for at in range(0, len(rows), PER_PAGE)]
    for number, part in enumerate(parts, start=1):
        following = [Link("下一页", f"{name}-{number + 1}.html")] if number < len(parts) else []
        here = f"{name}.html" if number == 1 else f"{name}-{number}.html"
        portal.html(here, label, pages.rows_html(part) + pages.menu(following), DRESS)
