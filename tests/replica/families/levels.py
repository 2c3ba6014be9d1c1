"""硚口区: TRS. A column by groups, then units, then years; and one unit's own column kept elsewhere.

Traits: the column's label is a picture's alt, its address the argument of a script; folders named for years hold what
was filed in them, in a unit's case the report of the year before last.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/xxgk/zfxxgknb/"
GROUPS = {
    "qzf": ("区政府", {"": ("武汉市硚口区人民政府", "county")}),
    "qzfgzbm": (
        "区政府部门",
        {"jyj": ("教育局", "department"), "mzj": ("民政局", "department"), "sjj": ("审计局", "department")},
    ),
    "jdbsc": ("街道办事处", {"hjdj": ("汉家墩街道", "township"), "bfj": ("宝丰街道", "township")}),
}


def build() -> Portal:
    portal = Portal("qiaokou", "硚口区", "https://www.qiaokou.gov.cn/", adcode="420104", notes="group, unit, year")
    portal.html("/", "首页", pages.menu([Link("硚口概况", "/gk/"), Link("信息公开", "/xxgk/")]))
    opened = """<li><a href="javascript:goXxgkml('zfxxgknb')"><img src="/i.gif" alt="政府信息公开年报"></a></li>"""
    portal.html("/xxgk/", "信息公开", pages.menu([Link("指南", "/xxgk/zn/"), Link("制度", "/xxgk/zd/")]) + opened)
    tabs = [Link(label, f"./{folder}/") for folder, (label, _) in GROUPS.items()]
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + pages.menu(tabs))
    for folder, (label, units) in GROUPS.items():
        here = f"{COLUMN}{folder}/"
        if "" in units:
            unit, level = units[""]
            path = f"{here}{{year}}03/t{{year}}0320_{{id}}.shtml"
            rows = shelf(portal, unit, level, range(2019, 2025), path)
            rows += shelf(portal, f"{unit}办公室", "office", range(2019, 2025), path)
            portal.html(here, label, pages.rows_html(between(portal, rows, f"{here}202402/t20240201_", 3, ".shtml")))
            continue
        names = [Link(name, f"./{slug}/") for slug, (name, _) in units.items()]
        names += [Link("园林和林业局", "/bm/yljlyj/zfxxgknb/")] if folder == "qzfgzbm" else []
        portal.html(here, label, pages.menu(names))
        for slug, (name, level) in units.items():
            _unit(portal, f"{here}{slug}/", f"硚口区{name}", level)
    _elsewhere(portal)
    return portal


def _unit(portal: Portal, folder: str, unit: str, level: str) -> None:
    """A unit's years: two folders of three years each."""
    filed = {2025: (2024, 2023, 2022), 2022: (2021, 2020, 2019)}
    portal.html(folder, unit, pages.menu([Link(f"{year}年", f"./{year}n/") for year in filed]))
    for year, years in filed.items():
        rows = shelf(portal, unit, level, years, f"{folder}{year}n/t{year}0115_{{id}}.shtml")
        portal.html(f"{folder}{year}n/", f"{year}年", pages.rows_html(rows))


def _elsewhere(portal: Portal) -> None:
    folder = "/bm/yljlyj/zfxxgknb/"
    rows = shelf(portal, "硚口区园林和林业局", "department", range(2020, 2025), f"{folder}t{{year}}0115_{{id}}.shtml")
    portal.html(folder, "年报", pages.rows_html(rows))
