"""洪泽区: reports as PDF, the column's label broken by <br>.

Traits: lists that lead straight to a PDF; a page and its PDF with the same figures (2023); a department
whose page has the running text and whose tables stand in the PDF; table three broken by a page with and
without its label.
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented, recorded
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/col/18073_668815/index.html"
GOVERNMENT = "淮安市洪泽区人民政府"


def build() -> Portal:
    portal = Portal(
        "hongze", "洪泽区", "http://www.hongze.gov.cn/", adcode="320813", expect_min=4, notes="reports as PDF"
    )
    portal.robots("")
    links = [
        Link("政府信息<br>公开指南", "/col/18071_668813/index.html"),
        Link("政府信息<br>公开年报", COLUMN),
        Link("政府&nbsp;网站<br>年度报表", "/col/18079_668821/index.html"),
    ]
    portal.html("/", "首页", pages.menu(links) + pages.rows_html(portal.noise("/art/2024/", 2)))
    files = "/upload/18073_668815/"
    both = Story(GOVERNMENT, "county", 2023, invented("hongze-2023", people=71, companies=9), voice=2)
    school = Story(
        "洪泽区教育体育局",
        "department",
        2024,
        invented("hongze-school", people=6),
        voice=0,
        signed="2025-01-16",
    )
    rows = [
        portal.file(f"{files}20250328101522.pdf", Story(GOVERNMENT, "county", 2024, recorded("hongze-2024"), voice=1)),
        portal.report(f"{files}art_20240329.html", both, "nested", attachment=f"{files}20240329093310.pdf"),
        portal.file(
            f"{files}20230330110407.pdf",
            Story("洪泽区人民政府", "county", 2022, invented("hongze-2022", people=52, companies=3), voice=0),
            date="2023-03-30",
            repeat_labels=True,
        ),
        portal.report(f"{files}art_20250116.html", school, attachment=f"{files}20250116152044.pdf", tables=False),
        portal.look_alike(f"{files}art_20250110.html", "website", GOVERNMENT, 2024),
        *portal.noise("/art/2025/", 3, first=2),
    ]
    listings.single(portal, COLUMN, "政府信息公开年报", rows)
    return portal
