"""朝阳区: pages are GB18030 bytes; the header of lists says UTF-8, that of articles nothing.

Traits: a soft 404 (status 200) for whatever is not there, robots.txt among it; a list leads to one.
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/zwgk/xxgknb/"
GOVERNMENT = "北京市朝阳区人民政府"


def build() -> Portal:
    portal = Portal(
        "chaoyang-beijing",
        "朝阳区",
        "http://www.bjchy.gov.cn/",
        adcode="110105",
        expect_min=3,
        notes="GBK that does not say so; soft 404",
        other_scheme="none",
        encoding="gb18030",
    )
    portal.soft_404()
    portal.html("/", "首页", pages.menu([Link("要闻", "/news/"), Link("政府信息公开工作年度报告", COLUMN)]))
    portal.media = "text/html"
    rows = [
        portal.report(
            f"{COLUMN}8a24fe839.htm",
            Story(GOVERNMENT, "county", 2023, invented("chy-2023", people=120, companies=18), voice=0),
            "nested",
            date="2024-03-22",
        ),
        portal.report(
            f"{COLUMN}8a24fe711.htm",
            Story(GOVERNMENT, "county", 2022, invented("chy-2022", people=98, companies=11), voice=1),
            "word",
            date="2023-03-24",
        ),
        portal.report(
            f"{COLUMN}8a24fe844.htm",
            Story(
                "朝阳区统计局",
                "department",
                2023,
                invented("chy-stats", people=4),
                title="朝阳区统计局2023年度政府信息公开工作年度报告",
                voice=2,
                signed="2024-01-18",
            ),
            "plain",
        ),
        portal.look_alike(f"{COLUMN}8a24fe845.htm", "system", GOVERNMENT, 2023),
        Row(f"{GOVERNMENT}2019年政府信息公开工作年度报告", portal.url(f"{COLUMN}8a24fe002.htm"), "2020-03-20"),
        *portal.noise("/news/8b", 3, suffix=".htm"),
    ]
    portal.media = "text/html; charset=utf-8"
    listings.single(portal, COLUMN, "政府信息公开工作年度报告", rows)
    return portal
