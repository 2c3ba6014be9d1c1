"""锦江区: 521 and a script that sets __jsl_clearance, as the city's other portals answer with challenges of theirs."""

from __future__ import annotations

from tests.replica.portal import Answer, Portal

_STUB = "<script>document.cookie='__jsl_clearance_s='+go({});location.href=location.pathname</script>"


def build() -> Portal:
    portal = Portal(
        "jinjiang-chengdu", "锦江区", "https://www.cdjinjiang.gov.cn/", adcode="510104", condition="blocked"
    )
    portal.put("/robots.txt", lambda: Answer(b"", 404))
    portal.unknown = lambda: Answer(_STUB.encode(), 521, headers=(("Set-Cookie", "__jsluid_s=a1; Path=/"),))
    return portal
