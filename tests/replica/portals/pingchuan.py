"""平川区: robots.txt forbids the departments' column, where reports lie that must never be asked for.

Traits: a year in the path that is not the report's; a title without a unit; one report of a forbidden path
linked from an allowed list; a one-row （六） under headers of 2021.
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/zfxxgk/zfxxgknb/"
FORBIDDEN = "/zfxxgk/bmnb/"
GOVERNMENT = "白银市平川区人民政府"


def build() -> Portal:
    portal = Portal(
        "pingchuan",
        "平川区",
        "https://www.bypc.gov.cn/",
        adcode="620403",
        expect_min=4,
        notes="robots.txt forbids a column",
        modified="Mon, 20 Jan 2025 08:00:00 GMT",
    )
    portal.robots(f"# 年报以外\nUser-agent: *\nDisallow: {FORBIDDEN}\nAllow: /zfxxgk/\n")
    portal.forbidden.append(portal.url(FORBIDDEN))
    links = [Link("政府信息公开", "/zfxxgk/"), Link("通知公告", "/tzgg/")]
    portal.html("/", "首页", pages.menu(links) + pages.rows_html(portal.noise("/tzgg/", 3)))
    units = [
        Link("政府信息公开指南", "/zfxxgk/zn/"),
        Link("政府信息公开年报", COLUMN),
        Link("部门信息公开年报", FORBIDDEN),
    ]
    portal.html("/zfxxgk/", "政府信息公开", pages.menu(units))

    reform = Story(
        "平川区发展和改革局",
        "department",
        2024,
        invented("pc-reform", people=2),
        title="2024年政府信息公开工作年度报告",
        voice=1,
        author="平川区发展和改革局",
        signed="2025-01-21",
    )
    town = Story("平川区水泉镇", "township", 2024, invented("pc-shuiquan", people=1, one_row_other=True), voice=2)
    closed = _closed(portal)
    rows = [
        portal.report(
            f"{COLUMN}2022n/art_5120.html",
            Story(GOVERNMENT, "county", 2024, invented("pc-2024", people=17, companies=1), voice=0),
            "separate",
        ),
        portal.report(
            f"{COLUMN}2019n/art_4311.html",
            Story(GOVERNMENT, "county", 2023, invented("pc-2023", people=15), voice=2),
            "nested",
        ),
        portal.report(f"{COLUMN}2022n/art_5133.html", reform),
        portal.report(f"{COLUMN}2022n/art_5140.html", town, "word"),
        closed[0],
        portal.look_alike(f"{COLUMN}2022n/art_5151.html", "chart", GOVERNMENT, 2024),
    ]
    listings.trs(portal, COLUMN, "政府信息公开年报", rows)
    listings.trs(portal, FORBIDDEN, "部门信息公开年报", closed)
    return portal


def _closed(portal: Portal) -> list[pages.Row]:
    """Reports that a browser can read and a robot may not."""
    stories = [
        Story(f"平川区{body}", "department", 2024, invented(f"pc-{body}", people=2), voice=1)
        for body in ("水务局", "民政局", "交通运输局")
    ]
    return [
        portal.report(f"{FORBIDDEN}2024n/art_{6200 + number}.html", story, lawful=False)
        for number, story in enumerate(stories)
    ]
