"""红寺堡区: TRS WCM on https with an http twin. The district, two departments and two townships.

Traits: a list paged by createPageHTML alone, a menu in an HTML comment, the same article under http and
https, copies on hosts outside .gov.cn, a wrong total as it was really printed (2019), a one-row （六）
(新庄集乡), numbers printed as 1,234, full-width or with 件 (2021), a report that is page and PDF alike
(教育局).
"""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented, recorded
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/xxgk/zfxxgkml/zfxxgknb/"
LOOK_LIKE = ("www.hongsibu.gov.cn.example.com", "hongsibu-gov-cn.example.net")


def build() -> Portal:
    portal = Portal(
        "hongsibu",
        "红寺堡区",
        "https://www.hongsibu.gov.cn/",
        adcode="640303",
        expect_min=10,
        notes="TRS; list paged by createPageHTML",
        copies=LOOK_LIKE,
    )
    _home(portal)
    tabs = (
        Link("区政府", "./index.html"),
        Link("部门信息公开年报", "./bm/"),
        Link("乡镇信息公开年报", "./xz/"),
    )
    listings.trs(portal, COLUMN, "政府信息公开年报", _district(portal), per_page=9, tabs=tabs)
    listings.trs(portal, f"{COLUMN}bm/", "部门信息公开年报", _departments(portal))
    listings.trs(portal, f"{COLUMN}xz/", "乡镇信息公开年报", _townships(portal))
    return portal


def _home(portal: Portal) -> None:
    old = "/xxgk/old/xxgknb/"
    links = [
        Link("走进红寺堡", "/zjhsb/"),
        Link("政务公开", "/xxgk/"),
        Link("政府信息公开年报", COLUMN),
        Link("政府信息公开指南", "/xxgk/zfxxgkzn/"),
        Link("宁夏回族自治区人民政府", "https://www.nx.gov.cn/"),
    ]
    hidden = f'<!-- 旧栏目 <ul><li><a href="{old}">政府信息公开年报</a></li></ul> -->'
    portal.html("/", "首页", pages.menu(links) + hidden + pages.rows_html(portal.noise("/xwzx/", 2, first=8)))
    listings.single(portal, old, "政府信息公开年报", [])
    portal.traps[portal.url(old)] = "stands only in an HTML comment"
    menu = pages.menu([Link("政府信息公开年报", COLUMN), Link("政府信息公开制度", "/xxgk/zfxxgkzd/")])
    portal.html("/xxgk/", "政务公开", menu)
    guide = pages.LOOK_ALIKES["guide"]
    portal.html("/xxgk/zfxxgkzn/", "政府信息公开指南", pages.article(guide[0].format(unit="红寺堡区"), guide[1]))


def _district(portal: Portal) -> list[Row]:
    def story(year: int) -> Story:
        form = "2019" if year < 2021 else "2021"
        figures = invented(f"hongsibu-{year}", form, people=12 + year % 7, companies=2)
        return Story("红寺堡区", "county", year, figures, voice=year % 3)

    written = story(2021).figures.changed(
        {
            "proactive.licensing_decisions": "6,214",
            "proactive.penalty_decisions": "８０７",
            "proactive.coercion_decisions": "19件",
        }
    )
    twin = f"{COLUMN}202503/t20250321_4857321.html"
    rows = [
        portal.report(
            twin,
            Story("红寺堡区", "county", 2024, recorded("hongsibu-2024"), published="2025-03-21"),
            also=(f"http://www.hongsibu.gov.cn{twin}",),
            date="2025-03-21",
        ),
        portal.look_alike(f"{COLUMN}202501/t20250106_4801022.html", "notice", "", 2024),
        portal.report(f"{COLUMN}202403/t20240328_4502210.html", story(2023), "word", date="2024-03-28"),
        portal.look_alike(f"{COLUMN}202403/t20240329_4502377.html", "chart", "红寺堡区", 2023, "2024-03-29"),
        portal.report(f"{COLUMN}202303/t20230330_4011876.html", story(2022), "separate", date="2023-03-30"),
        portal.look_alike(f"{COLUMN}202301/t20230118_3920001.html", "website", "红寺堡区", 2022, "2023-01-18"),
        portal.look_alike(f"{COLUMN}202303/t20230331_4012034.html", "law", "红寺堡区", 2022, "2023-03-31"),
        *portal.noise(f"{COLUMN}202212/t20221201_", 2),
        portal.report(
            f"{COLUMN}202203/t20220329_3410085.html",
            Story("红寺堡区", "county", 2021, written, voice=1),
            "nested",
            date="2022-03-29",
        ),
        portal.report(f"{COLUMN}202103/t20210326_2690441.html", story(2020), "separate", date="2021-03-26"),
        portal.report(
            f"{COLUMN}202003/t20200327_2001180.html",
            Story("红寺堡区", "county", 2019, recorded("hongsibu-2019"), voice=2, published="2020-03-27"),
            "word",
            date="2020-03-27",
        ),
    ]
    return rows + _copies(rows[0], rows[4], twin)


def _copies(newest: Row, older: Row, twin: str) -> list[Row]:
    """The same articles elsewhere: the http twin, and two hosts that only look like the district's."""
    copied = [older.href.replace("www.hongsibu.gov.cn", host) for host in LOOK_LIKE]
    hrefs = [f"http://www.hongsibu.gov.cn{twin}", *copied]
    return [Row(row.title, href, row.date) for row, href in zip([newest, older, older], hrefs, strict=True)]


def _departments(portal: Portal) -> list[Row]:
    finance = Story("红寺堡区财政局", "department", 2024, invented("hsb-finance", people=3), voice=1)
    school = Story("红寺堡区教育局", "department", 2024, invented("hsb-school", people=5), voice=2)
    folder = f"{COLUMN}bm/202501/"
    return [
        portal.report(f"{folder}t20250122_4820411.html", finance, "nested"),
        portal.report(f"{folder}t20250123_4821190.html", school, attachment=f"{folder}P020250123401188201633.pdf"),
        portal.look_alike(f"{folder}t20250122_4820500.html", "budget", "红寺堡区财政局", 2023),
    ]


def _townships(portal: Portal) -> list[Row]:
    town = Story(
        "红寺堡区新庄集乡",
        "township",
        2024,
        recorded("xinzhuangji-2024"),
        author="红寺堡区新庄集乡人民政府",
        signed="2025-01-14",
        spelling="alias",
    )
    river = Story("红寺堡区大河乡", "township", 2023, invented("hsb-dahe", people=1), voice=2, spelling="halfwidth")
    return [
        portal.report(f"{COLUMN}xz/202501/t20250114_4812003.html", town),
        portal.report(f"{COLUMN}xz/202401/t20240119_4433107.html", river, date="2024-01-19"),
    ]
