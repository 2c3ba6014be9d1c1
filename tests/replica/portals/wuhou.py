"""武侯区: every page but robots.txt answers 412 with a script that a browser would have to run."""

from __future__ import annotations

from tests.replica.portal import Answer, Portal

_STUB = (
    '<!DOCTYPE html><html><head><meta content="{qtreplica}">'
    '<script>var $_ts=window["$_ts"]||{};$_ts.lcd=1;</script></head><body><noscript></noscript></body></html>'
)


def build() -> Portal:
    portal = Portal(
        "wuhou",
        "武侯区",
        "http://www.cdwh.gov.cn/",
        adcode="510107",
        notes="412 challenge",
        condition="blocked",
    )
    portal.put("/robots.txt", lambda: Answer(b"", 404))
    portal.unknown = challenge
    return portal


def challenge() -> Answer:
    """What a browser would have to solve first."""
    return Answer(_STUB.encode(), 412, headers=(("Set-Cookie", "qReplicaS=60; Path=/; HttpOnly"),))
