"""江达县: a subdomain of its city, so one site, and one request at a time, with its neighbour."""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/jiangda/c104203/zfxxgk_gknbz.shtml"


def build() -> Portal:
    portal = Portal("jiangda", "江达县", "https://jiangda.changdu.gov.cn/", adcode="540321", expect_min=1)
    portal.html("/", "首页", pages.menu([Link("公开年报", COLUMN), Link("昌都市", "https://www.changdu.gov.cn/")]))
    story = Story("江达县人民政府", "county", 2024, invented("jiangda-2024", people=5), voice=2)
    folder = "/jiangda/c104203/202503/"
    rows = [
        portal.report(f"{folder}jiangda0b1c2d3e4f.shtml", story),
        portal.look_alike(f"{folder}jiangda1a2b3c4d5e.shtml", "budget", "江达县", 2024),
    ]
    listings.single(portal, COLUMN, "公开年报", rows)
    return portal
