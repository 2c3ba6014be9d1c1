"""顺义区: robots.txt forbids everything; its pages would be easy to read."""

from __future__ import annotations

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.story import Story


def build() -> Portal:
    portal = Portal(
        "shunyi",
        "顺义区",
        "http://www.bjshy.gov.cn/",
        adcode="110113",
        notes="robots.txt forbids all",
        condition="robots",
    )
    portal.robots("User-agent: *\nDisallow: /\n")
    portal.forbidden.append(portal.home)
    portal.html("/", "首页", pages.menu([Link("政府信息公开年报", "/xxgknb/")]))
    story = Story("北京市顺义区人民政府", "county", 2024, invented("shy-2024", people=44))
    listings.single(portal, "/xxgknb/", "政府信息公开年报", [portal.report("/xxgknb/1.html", story, lawful=False)])
    return portal
