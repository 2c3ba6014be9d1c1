"""綦江区: TRS. Every article has a _wap twin beside it, www and bare host are one, print and big5 pages are left alone.

Traits: session ids in links; http and https twins; the accessible version of the site under another path.
"""

from __future__ import annotations

from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/zwgk_159/zfxxgkml/zfxxgknb/"


def build() -> Portal:
    portal = Portal("qijiang", "綦江区", "https://www.cqqj.gov.cn/", adcode="500110", notes="twins")
    bare = portal.host_beside("https://cqqj.gov.cn/")
    left_alone = [
        Link("繁體", portal.trap(f"/gb2big5{COLUMN}", "the same in another script")),
        Link("无障碍", portal.trap("/wza/index.html", "the accessible twin of the site")),
        Link("政府信息公开年报", portal.trap(f"{COLUMN}?print=1", "a page for the printer")),
    ]
    links = [Link("綦江概况", "/qjgk/"), Link("政府信息公开年报", f"{COLUMN};jsessionid=0A1B2C"), *left_alone]
    portal.html("/", "首页", pages.menu(links))
    rows = shelf(
        portal, "重庆市綦江区人民政府", "county", range(2019, 2025), f"{COLUMN}{{year}}03/t{{year}}0325_{{id}}.html"
    )
    for body in ("教育委员会", "公安局", "古南街道", "三角镇", "打通镇"):
        level = "department" if body.endswith(("会", "局")) else "township"
        path = f"{COLUMN}{{year}}01/t{{year}}0120_{{id}}.html"
        rows += shelf(portal, f"綦江区{body}", level, range(2020, 2025), path)
    both = [twin for row in rows for twin in _with_twin(portal, bare, row)]
    rows = between(portal, both, f"{COLUMN}202401/t20240103_", 5)
    parts = [rows[at : at + 24] for at in range(0, len(rows), 24)]
    for number, part in enumerate(parts):
        script = f'<script>createPageHTML({len(parts)},{number},"index","html",24);</script>'
        body = pages.crumbs("政府信息公开年报") + pages.rows_html(part) + script
        portal.html(COLUMN if number == 0 else f"{COLUMN}index_{number}.html", "政府信息公开年报", body)
    return portal


def _with_twin(portal: Portal, bare: Portal, row: Row) -> list[Row]:
    """The twin first, as on the portal: it must not be what is asked for."""
    twin = row.href.replace(".html", "_wap.html")
    portal.traps[twin] = "the page's twin for telephones"
    other = row.href.replace("www.", "").replace("https:", "http:")
    bare.traps[other] = "the same page on the bare host"
    return [replace(row, href=twin), row, replace(row, href=other)]
