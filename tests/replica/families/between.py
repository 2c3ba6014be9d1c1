"""密云区: what stands between a column and its reports: years that are the reports, pages that only announce them.

Traits: titles that name neither report nor column (高岭镇_2017年), the other years beside each; an announcing page that
says 点击查看全文, one with a frame in a frame, one that shows a file; a hub behind 区级部门 with units' own pages.
"""

from __future__ import annotations

from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import shelf, story_of

COLUMN = "/zwgk/zfxxgknb/"
TOWNS = {"glz": "高岭镇", "gbk": "古北口镇", "xwz": "西翁庄镇"}
BUREAUS = {"jyj": "教育委员会", "czj": "财政局"}
YEARS = range(2015, 2025)


def build() -> Portal:
    portal = Portal("miyun", "密云区", "https://www.bjmy.gov.cn/", adcode="110118", notes="pages between")
    links = [Link("密云概况", "/mygk/"), Link("政府信息公开", "/zwgk/"), Link("区级部门", "/bm/")]
    portal.html("/", "首页", pages.menu(links))
    hub = [Link("政府信息公开指南", "/zwgk/zn/"), Link("公开年报", COLUMN), Link("政府信息公开制度", "/zwgk/zd/")]
    portal.html("/zwgk/", "政府信息公开", pages.menu(hub))
    towns = [Link(name, f"{COLUMN}{slug}/") for slug, name in TOWNS.items()]
    rows = _announced(portal)
    portal.html(COLUMN, "公开年报", pages.crumbs("政府信息公开年报") + pages.menu(towns) + pages.rows_html(rows))
    for slug, name in TOWNS.items():
        _town(portal, f"{COLUMN}{slug}/", name)
    portal.html("/bm/", "区级部门", pages.menu([Link(name, f"/bm/{slug}/") for slug, name in BUREAUS.items()]))
    for slug, name in BUREAUS.items():
        own = shelf(portal, f"密云区{name}", "department", range(2019, 2025), f"/bm/{slug}/nb/{{id}}.html")
        menu = [Link("机构职能", f"/bm/{slug}/zn/"), Link("年报", f"/bm/{slug}/nb/")]
        portal.html(f"/bm/{slug}/", name, pages.menu(menu))
        portal.html(f"/bm/{slug}/nb/", "年报", pages.rows_html(own))
    return portal


def _announced(portal: Portal) -> list[Row]:
    """The government's reports, each behind a page that is none."""
    rows = shelf(portal, "北京市密云区人民政府", "county", range(2021, 2025), f"{COLUMN}qw/{{id}}.html")
    shown = []
    for number, row in enumerate(rows):
        name = row.href.rpartition("/")[2]
        inside = f'<p>全文如下：<a href="qw/{name}">点击查看全文</a></p>'
        if number % 2:
            inside = f'<iframe src="kj/{name}"></iframe>'
            portal.html(f"{COLUMN}kj/{name}", "正文", f'<iframe src="../qw/{name}">')
        portal.html(f"{COLUMN}{name}", row.title, f"<h1>{row.title}</h1>{inside}")
        shown.append(replace(row, href=portal.url(f"{COLUMN}{name}")))
    story = story_of(portal, "北京市密云区人民政府办公室", "office", 2024)
    filed = portal.file(f"{COLUMN}P020250120.pdf", story)
    viewer = '<iframe src="/pdf/viewer.html?file=%2Fzwgk%2Fzfxxgknb%2FP020250120.pdf"></iframe>'
    portal.html(f"{COLUMN}bgs.html", story.heading, f"<h1>{story.heading}</h1>{viewer}")
    return [*shown, replace(filed, href=portal.url(f"{COLUMN}bgs.html"))]


def _town(portal: Portal, folder: str, name: str) -> None:
    """A town's years, each the report itself under a title of its own, with the others beside it."""
    beside = pages.menu([Link(f"{year}年", f"{folder}{year}.html") for year in YEARS])
    portal.html(folder, name, pages.crumbs("政府信息公开年报", name) + beside)
    for year in YEARS:
        story = replace(story_of(portal, f"密云区{name}", "township", year), title=f"{name}_{year}年")
        portal.report(f"{folder}{year}.html", story, beside=beside)
