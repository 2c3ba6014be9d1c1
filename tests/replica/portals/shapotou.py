"""沙坡头区: TRS WCM, http sent on to https. The column is reached by the hub 政务公开.

Traits: year folders that name the year of publication, not of the report; tables only in the attached PDF
(2023); planted wrong totals (2022); the office beside the government it belongs to; links to the province
and off .gov.cn.
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented, recorded
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.story import Story

HUB = "/xxgk/"
COLUMN = "/xxgk/zfxxgkml/zfxxgknb/"
GOVERNMENT = "沙坡头区人民政府"
OFFICE = "沙坡头区人民政府办公室"
# Cells of the 2022 report that were made not to add up.
PLANTED = {
    "requests.total_processed.natural_person": "21",
    "requests.denied_process_info.total": "9",
    "disputes.reconsideration.total": "30",
}


def build() -> Portal:
    portal = Portal(
        "shapotou",
        "沙坡头区",
        "https://www.spt.gov.cn/",
        adcode="640502",
        expect_min=6,
        notes="TRS; column below the hub",
        other_scheme="redirect",
        outside=("files.example.org",),
    )
    portal.robots("User-agent: *\nDisallow: /was5/\nDisallow: /search/\n\nSitemap: https://www.spt.gov.cn/map.xml\n")
    portal.html(
        "/",
        "首页",
        pages.menu([Link("新闻中心", "/xwzx/"), Link("政务公开", HUB), Link("检索", "/search/index.html?q=")])
        + pages.rows_html(portal.noise("/xwzx/sptyw/", 2, first=5)),
    )
    portal.forbidden += [portal.url("/was5/"), portal.url("/search/")]
    portal.html(
        HUB,
        "政务公开",
        pages.menu(
            [
                Link("政府信息公开指南", "/xxgk/zfxxgkzn/"),
                Link("政府信息公开制度", "/xxgk/zfxxgkzd/"),
                Link("政府信息公开年报", COLUMN),
                Link("依申请公开", "/xxgk/ysqgk/"),
                Link("宁夏回族自治区政府信息公开年报", "https://www.nx.gov.cn/zwgk/zfxxgknb/"),
            ]
        ),
    )
    newest, older, towns = _newest(portal), _older(portal), _towns(portal)
    tabs = (Link("2025年", "./2025n/"), Link("2024年", "./2024n/"), Link("乡镇", "./zj/"))
    listings.trs(portal, COLUMN, "政府信息公开年报", newest, tabs=tabs)
    listings.trs(portal, f"{COLUMN}2025n/", "2025年", newest)
    listings.trs(portal, f"{COLUMN}2024n/", "2024年", older, per_page=4)
    listings.trs(portal, f"{COLUMN}zj/", "乡镇", towns)
    return portal


def _newest(portal: Portal) -> list[Row]:
    folder = f"{COLUMN}2025n/202501/"
    office = Story(OFFICE, "office", 2024, recorded("shapotou-office-2024"), voice=1, spelling="spaced")
    government = Story(GOVERNMENT, "county", 2024, invented("spt-2024", people=41, companies=6), voice=2)
    return [
        portal.report(f"{folder}t20250124_4822890.html", office, date="2025-01-24"),
        portal.report(f"{COLUMN}2025n/202503/t20250327_4860013.html", government, "nested", date="2025-03-27"),
        portal.look_alike(f"{folder}t20250116_4815541.html", "website", GOVERNMENT, 2024),
        portal.look_alike(f"{folder}t20250108_4803302.html", "notice", "", 2024),
    ]


def _older(portal: Portal) -> list[Row]:
    folder = f"{COLUMN}2024n/"
    attached = Story(GOVERNMENT, "county", 2023, invented("spt-2023", people=37, companies=1), voice=0)
    office = Story(OFFICE, "office", 2023, invented("spt-office-2023", people=2), voice=2)
    wrong = Story(GOVERNMENT, "county", 2022, invented("spt-2022", people=23, companies=4).changed(PLANTED), voice=1)
    portal.redirect("/xxgk/out/nb2018.html", "https://files.example.org/spt/nb2018.html")
    return [
        portal.report(
            f"{folder}202403/t20240328_4503001.html",
            attached,
            attachment=f"{folder}202403/P020240328513304417702.pdf",
            tables=False,
            date="2024-03-28",
        ),
        portal.report(f"{folder}202401/t20240125_4441620.html", office, "separate", date="2024-01-25"),
        *portal.noise(f"{folder}202401/t20240110_", 2),
        portal.report(f"{folder}202403/t20240329_4503144.html", wrong, "plain", date="2024-03-29"),
        Row(f"{GOVERNMENT}2018年政府信息公开工作年度报告", portal.url("/xxgk/out/nb2018.html"), "2024-03-29"),
        portal.look_alike(f"{folder}202404/t20240402_4504410.html", "law", GOVERNMENT, 2023, "2024-04-02"),
    ]


def _towns(portal: Portal) -> list[Row]:
    town = Story("沙坡头区滨河镇", "township", 2024, invented("spt-binhe", people=2), voice=0, spelling="halfwidth")
    return [portal.report(f"{COLUMN}zj/202501/t20250117_4816120.html", town, "word")]
