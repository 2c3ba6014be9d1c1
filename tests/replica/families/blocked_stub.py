"""青羊区: status 200, and nothing but a script that would compute acw_sc__v2."""

from __future__ import annotations

from tests.replica.portal import Answer, Portal

_STUB = (
    "<html><script>var arg1='3D9B7C0AA15B7E2D8F60';document.cookie='acw_sc__v2='+arg1;location.reload()</script></html>"
)


def build() -> Portal:
    portal = Portal(
        "qingyang-chengdu", "青羊区", "https://www.cdqingyang.gov.cn/", adcode="510105", condition="blocked"
    )
    portal.put("/robots.txt", lambda: Answer(b"", 404))
    portal.unknown = lambda: Answer(_STUB.encode(), 200, headers=(("Set-Cookie", "acw_tc=1; Path=/"),))
    return portal
