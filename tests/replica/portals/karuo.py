"""卡若区: a subdomain of its city, so one site, and one request at a time, with its neighbour."""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.story import Story

COLUMN = "/karuo/c104201/zfxxgk_gknbz.shtml"


def build() -> Portal:
    portal = Portal("karuo", "卡若区", "https://karuo.changdu.gov.cn/", adcode="540302", expect_min=1)
    portal.html("/", "首页", pages.menu([Link("公开年报", COLUMN), Link("昌都市", "https://www.changdu.gov.cn/")]))
    story = Story("卡若区人民政府", "county", 2024, invented("karuo-2024", people=13), voice=0)
    folder = "/karuo/c104201/202503/"
    rows = [
        portal.report(f"{folder}karuo0b1c2d3e4f.shtml", story),
        portal.look_alike(f"{folder}karuo1a2b3c4d5e.shtml", "budget", "卡若区", 2024),
    ]
    listings.single(portal, COLUMN, "公开年报", rows)
    return portal
