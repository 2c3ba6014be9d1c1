"""江津区: TRS, with the departments' and townships' reports on pages of their own: folders, and one sub-domain.

Traits: each such page repeats the portal's menu; createPage with its arguments in the other order; a unit that has no
report at all, which the registry of units must show; numbers behind the slugs; GBK lists.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import DRESS, between, shelf

COLUMN = "/zwgk_180/zfxxgkml/zfxxgknb/"
FOLDERS = {"qjyw_70001": "教育委员会", "qczj_70002": "财政局", "qwsjkw_69019": "卫生健康委员会", "bsz_70101": "白沙镇"}
WITHOUT = {"qdaj_70009": "区档案馆"}


def build() -> Portal:
    portal = Portal("jiangjin", "江津区", "https://www.jiangjin.gov.cn/", adcode="500116", notes="units' own pages")
    menu = [Link("走进江津", "/zjjj/"), Link("政务公开", "/zwgk_180/"), Link("部门信息公开", "/bm/")]
    portal.html("/", "首页", pages.menu(menu))
    tabs = [
        Link("政府信息公开指南", "/zwgk_180/zn/"),
        Link("政府信息公开年报", COLUMN),
        Link("政府信息公开制度", "/zwgk_180/zd/"),
    ]
    portal.html("/zwgk_180/", "政务公开", pages.menu([*menu, *tabs]))
    rows = shelf(
        portal, "重庆市江津区人民政府", "county", range(2019, 2026), f"{COLUMN}{{year}}03/t{{year}}0325_{{id}}.html"
    )
    _list(portal, COLUMN, menu, "政府信息公开年报", between(portal, rows, f"{COLUMN}202401/t20240102_", 4))
    bodies = [Link(name, f"/bm/{folder}/") for folder, name in {**FOLDERS, **WITHOUT}.items()]
    bodies[1] = Link("财政局", "/bm/qczj_70002/zwgk_81474/")
    bodies.append(Link("区水利局", "http://slj.jiangjin.gov.cn/"))
    portal.html(
        "/bm/",
        "部门信息公开",
        pages.crumbs("部门信息公开") + pages.menu([*menu, *bodies, Link("区融媒体新闻中心", "/xw/")]),
    )
    for folder, name in FOLDERS.items():
        level = "township" if name.endswith("镇") else "department"
        _unit(portal, portal, f"/bm/{folder}/", menu, f"江津区{name}", level)
    for folder in WITHOUT:
        portal.html(f"/bm/{folder}/", "单位首页", pages.menu([*menu, Link("工作动态", f"/bm/{folder}/gzdt/")]))
    other = portal.host_beside("http://slj.jiangjin.gov.cn/")
    other.encoding = "gb18030"
    _unit(portal, other, "/", [Link(link.label, portal.url(link.href)) for link in menu], "江津区水利局", "department")
    return portal


def _unit(portal: Portal, host: Portal, folder: str, menu: list[Link], unit: str, level: str) -> None:
    column = f"{folder}zwgk_81474/zfxxgknb_81484/"
    own = [Link("单位概况", f"{folder}gk/"), Link("政府信息公开", f"{folder}zwgk_81474/")]
    # Some keep the column in their own menu, the others below their hub.
    own += [Link("政府信息公开年报", column)] if level == "township" or host is not portal else []
    host.html(folder, f"{unit}首页", pages.menu([*menu, *own]))
    tabs = [Link("政府信息公开指南", f"{folder}zn/"), Link("政府信息公开年报", column)]
    host.html(f"{folder}zwgk_81474/", "政府信息公开", pages.menu([*menu, *tabs]))
    path = f"{column}{{year}}01/t{{year}}0118_{{id}}.html"
    rows = shelf(host, unit, level, range(2019, 2026), path)
    _list(host, column, menu, "政府信息公开年报", rows)


def _list(portal: Portal, folder: str, menu: list[Link], label: str, rows: list[Row]) -> None:
    parts = [rows[at : at + 9] for at in range(0, len(rows), 9)]
    for number, part in enumerate(parts):
        script = f"<script>createPage({len(parts)},'index','shtml',{number});</script>"
        body = pages.menu(menu) + pages.crumbs(label) + pages.rows_html(part) + script
        portal.html(folder if number == 0 else f"{folder}index_{number}.shtml", label, body, DRESS)
