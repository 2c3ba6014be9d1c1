"""怀远县: Lonsun. The annual reports of a unit stand under type=3, a year each.

Traits: the years are options of a select, the units links to their lists of everything, which are not to be asked.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.render_html import report_html
from tests.replica.shelf import STYLES, story_of
from tests.replica.truth import TrueDocument

UNITS = {
    "24601": ("怀远县人民政府", "county"),
    "24611": ("怀远县教育局", "department"),
    "24612": ("怀远县财政局", "department"),
    "24613": ("怀远县交通运输局", "department"),
    "24621": ("怀远县荆山镇", "township"),
    "24622": ("怀远县榴城镇", "township"),
}


def build() -> Portal:
    portal = Portal("huaiyuan", "怀远县", "https://www.ahhy.gov.cn/", adcode="340321", notes="Lonsun")
    here = "/public/column/24601?type=3&action=detail"
    portal.html(
        "/", "首页", pages.menu([Link("县情", "/content/column/1"), Link("政府信息公开", "/zfxxgk/index.html")])
    )
    hub = [Link("政府信息公开指南", "/public/column/24601?type=2&publicType=gkzn"), Link("政府信息公开年报", here)]
    portal.html("/zfxxgk/index.html", "政府信息公开", pages.menu([*hub, Link("依申请公开", "/ysqgk/")]))
    for code, (unit, level) in UNITS.items():
        portal.trap(f"/public/column/{code}?type=4&action=list", "a unit's list of everything, one parameter off")
        years = [*range(2019, 2025)] if level == "county" else [*range(2020, 2025)]
        for year in years:
            _page(portal, code, unit, level, year, years)
    return portal


def _page(portal: Portal, code: str, unit: str, level: str, year: int, years: list[int]) -> None:
    options = "".join(f'<option value="{other}">{other}年</option>' for other in sorted(years, reverse=True))
    tree = [
        Link(name.removeprefix("怀远县") if other != "24601" else name, f"/public/column/{other}?type=4&action=list")
        for other, (name, _) in UNITS.items()
    ]
    around = f'<select class="year">{options}</select>' + pages.menu(tree)
    story, style = story_of(portal, unit, level, year), STYLES[(year + len(unit)) % len(STYLES)]
    path = f"/public/column/{code}?type=3&action=detail&title={year}"
    portal.html(path, story.heading, lambda: around + report_html(story, style))
    urls = [portal.url(path)]
    if year == max(years):
        # Without a year it shows the latest one.
        bare = path.split("&title=")[0]
        portal.put(bare, lambda: portal.answer(portal.scheme, path))
        urls.append(portal.url(bare))
    portal.publish(story, (TrueDocument(tuple(urls), "text/html", "page", True),), metadata=style == "nested")
