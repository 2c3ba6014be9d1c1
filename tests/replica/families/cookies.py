"""普陀区: a cookie and a redirect to the same address before the first page; 503 with Retry-After before one list.

Traits: the home page answers by http alone though it is registered with https; a report at two addresses.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Asked, Portal
from tests.replica.shelf import between, shelf

COLUMN = "/xxgk/zfxxgknb/"


def build() -> Portal:
    portal = Portal(
        "putuo-shanghai",
        "普陀区",
        "http://www.putuo.gov.cn/",
        adcode="310107",
        notes="cookies, Retry-After",
        registered="https://www.putuo.gov.cn/",
        other_scheme="none",
    )
    body = pages.menu([Link("普陀概览", "/ptgl/"), Link("信息公开年报", COLUMN)])
    home = pages.page("普陀区人民政府", "首页", body).encode()

    def first(asked: Asked) -> Answer:
        if "CT6TS=" in asked.cookies:
            return Answer(home)
        return Answer(b"", 302, headers=(("Location", portal.home), ("Set-Cookie", "CT6TS=a1b2; Path=/")))

    portal.live("/", first)
    rows = shelf(portal, "上海市普陀区人民政府", "county", range(2019, 2025), "/xxgk/{year}/art_{id}.html")
    for street in ("长寿路街道", "曹杨新村街道", "桃浦镇"):
        rows += shelf(portal, f"普陀区{street}", "township", range(2021, 2025), "/xxgk/{year}/art_{id}.html")
    rows = between(portal, rows, "/xxgk/xw/", 3)
    _busy(portal, rows)
    return portal


def _busy(portal: Portal, rows: list[Row]) -> None:
    """The list is asked for twice: at first the server wants a second's rest."""
    list_page = pages.page(
        "普陀区人民政府", "信息公开年报", pages.crumbs("信息公开年报") + pages.rows_html(rows)
    ).encode()

    def answer(asked: Asked) -> Answer:
        if asked.times == 0:
            return Answer("<h1>稍候</h1>".encode(), 503, headers=(("Retry-After", "1"),))
        return Answer(list_page)

    portal.live(COLUMN, answer)
