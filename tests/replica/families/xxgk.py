"""嵊泗县: Hanweb's module xxgk, a page per unit and year.

Traits: units in a script's tree, years in a select; a year without a report answers with an empty page; no list at all.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.render_html import report_html
from tests.replica.shelf import STYLES, story_of
from tests.replica.truth import TrueDocument

MODULE = "/module/xxgk/xxgkAnnualReport.jsp"
AREAS = {
    "11330922002643296E": ("嵊泗县人民政府", "county"),
    "11330922MB0J01001A": ("嵊泗县教育局", "department"),
    "11330922MB0J01002B": ("嵊泗县财政局", "department"),
    "11330922MB0J01003C": ("嵊泗县水利局", "department"),
    "11330922MB0J01004D": ("嵊泗县菜园镇", "township"),
    "11330922MB0J01005E": ("嵊泗县洋山镇", "township"),
    "11330922MB0J01006F": ("嵊泗县黄龙乡", "township"),
}
GOVERNMENT = "11330922002643296E"


def build() -> Portal:
    portal = Portal("shengsi", "嵊泗县", "https://www.shengsi.gov.cn/", adcode="330922", notes="Hanweb xxgk")
    here = f"{MODULE}?area={GOVERNMENT}&fbtime=2024"
    hub = [Link("政府信息公开制度", "/col/zd/"), Link("政府信息公开年报", here), Link("依申请公开", "/col/ysq/")]
    portal.html("/", "首页", pages.menu([Link("政府信息公开", "/col/gk/"), Link("政务服务", "/col/fw/")]))
    portal.html("/col/gk/", "政府信息公开", pages.menu(hub))
    for code, (unit, level) in AREAS.items():
        years = range(2019, 2025) if code == GOVERNMENT else range(2020, 2025)
        for year in years:
            _page(portal, code, unit, level, year, [*years])
    return portal


def _page(portal: Portal, code: str, unit: str, level: str, year: int, years: list[int]) -> None:
    options = "".join(f'<option value="{other}">{other}</option>' for other in sorted(years, reverse=True))
    tree = ",".join(
        f'{{id:"{area}",pId:"0",name:"{name.removesuffix("人民政府")}"}}' for area, (name, _) in AREAS.items()
    )
    around = f'<script>var zNodes=[{tree}];</script><select onchange="go(this.value)">{options}</select>'
    story = story_of(portal, unit, level, year)
    style = STYLES[year % len(STYLES)]
    path = f"{MODULE}?area={code}&fbtime={year}"
    portal.html(path, story.heading, lambda: around + report_html(story, style))
    documents = (TrueDocument((portal.url(path),), "text/html", "page", True),)
    portal.publish(story, documents, metadata=style == "nested")
