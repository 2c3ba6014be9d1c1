"""金牛区: the fourth portal of a city three of whose portals answer with a challenge. It must not even be asked."""

from __future__ import annotations

from tests.replica.portal import Answer, Portal

WHY = "three portals of its city are blocked: the platform is left alone"


def build() -> Portal:
    portal = Portal("jinniu-chengdu", "金牛区", "http://www.jinniu.gov.cn/", adcode="510106", condition="blocked")
    portal.traps |= {portal.url(path): WHY for path in ("/", "/robots.txt")}
    portal.unknown = lambda: Answer(b"", 468)
    return portal
