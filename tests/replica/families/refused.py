"""红桥区: robots.txt answers 403. Whatever that means to others, it is no permission: nothing else is asked."""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Answer, Portal
from tests.replica.shelf import story_of


def build() -> Portal:
    portal = Portal("hongqiao-tianjin", "红桥区", "http://www.tjhq.gov.cn/", adcode="120106", condition="robots")
    portal.put("/robots.txt", lambda: Answer(b"<h1>403</h1>", 403))
    portal.forbidden.append(portal.home)
    portal.html("/", "首页", pages.menu([Link("政府信息公开年报", "/nb/1.html")]))
    portal.report("/nb/1.html", story_of(portal, "天津市红桥区人民政府", "county", 2024), lawful=False)
    return portal
