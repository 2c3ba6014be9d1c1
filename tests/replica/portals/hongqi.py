"""红旗区: a custom CMS on http alone, lists as /News/List?cat=…&page=N with 下一页.

Traits: far more noise than reports in the column, an anchor cut off with …, a dead link, blanks and slashes
for figures and no row 规章 (2022), a report of the 2019 form (2020), a dash in the
table of disputes, a title that begins with its year.
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented, recorded
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/News/List?cat=118"
UNITS = "/News/List?cat=121"
GOVERNMENT = "红旗区人民政府"
SLASHED = ("denied_state_secret", "denied_three_securities", "refused_publication")


def build() -> Portal:
    portal = Portal(
        "hongqi",
        "红旗区",
        "http://www.hqq.gov.cn/",
        adcode="410702",
        expect_min=6,
        notes="custom; ?page= paging",
        other_scheme="none",
    )
    links = [
        Link("政务动态", "/News/List?cat=3"),
        Link("行政规范性文件", "/Normative"),
        Link("信息公开年报", COLUMN),
        Link("部门信息公开年报", UNITS),
    ]
    portal.html("/", "首页", pages.menu(links))
    listings.numbered(portal, f"{COLUMN}&", "信息公开年报", _column(portal), per_page=16)
    listings.numbered(portal, f"{UNITS}&", "部门信息公开年报", _units(portal))
    return portal


def _detail(number: int) -> str:
    return f"/News/Detail?id={number}"


def _column(portal: Portal) -> list[Row]:
    noise = portal.noise("/News/Detail?id=", 26, suffix="")
    cut = portal.report(_detail(18210), _blanks(), date="2023-03-24")
    reports = [
        portal.report(_detail(24117), Story(GOVERNMENT, "county", 2024, recorded("hongqi-2024"), preamble=False)),
        portal.look_alike(_detail(24118), "law", GOVERNMENT, 2024),
        portal.report(
            _detail(21544),
            Story(GOVERNMENT, "county", 2023, invented("hqq-2023", people=33, companies=2), voice=1),
            "word",
            date="2024-03-26",
        ),
        Row(cut.title, cut.href, cut.date, shown=f"{cut.title[:18]}…"),
        Row(f"{GOVERNMENT}2021年政府信息公开工作年度报告", portal.url(_detail(1)), "2022-03-25"),
        portal.report(
            _detail(12006),
            Story(GOVERNMENT, "county", 2020, invented("hqq-2020", "2019", people=19, companies=1), voice=2),
            "nested",
            date="2021-03-19",
        ),
    ]
    return [
        *reports[:2],
        *noise[:12],
        reports[2],
        *noise[12:18],
        *reports[3:5],
        *noise[18:],
        reports[5],
    ]


def _blanks() -> Story:
    """2022: slashes, blanks and 无 where other offices print 0; the township-like lack of a row 规章."""
    figures = invented("hqq-2022", people=14).without_row("proactive.regulations")
    applicants = (
        "natural_person",
        "commercial",
        "research",
        "public_welfare",
        "legal_service",
        "other",
        "total",
    )
    changes = {f"requests.{row}.{who}": "/" for row in SLASHED for who in applicants}
    changes |= {f"requests.carried_in.{who}": "" for who in applicants[1:6]}
    changes |= {f"disputes.litigation_direct.{result}": "—" for result in ("upheld", "corrected", "other", "pending")}
    changes |= {"proactive.coercion_decisions": "无", "proactive.admin_fees_wan_yuan": ""}
    return Story(GOVERNMENT, "county", 2022, figures.changed(changes), voice=0)


def _units(portal: Portal) -> list[Row]:
    audit = Story(
        "红旗区审计局",
        "department",
        2024,
        invented("hqq-audit", people=0),
        title="2024年红旗区审计局政府信息公开工作年度报告",
        voice=1,
    )
    street = Story("红旗区渠东街道办事处", "township", 2024, invented("hqq-qudong", people=1), voice=2)
    return [
        portal.report(_detail(23901), audit, "separate"),
        portal.report(_detail(23902), street, "plain"),
        portal.look_alike(_detail(23903), "work", "红旗区审计局", 2024),
        *portal.noise("/News/Detail?id=7", 3, first=3, suffix=""),
    ]
