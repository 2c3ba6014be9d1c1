"""鹿城区: Hanweb JPaaS. The page holds a script tag that says what to ask for; the list comes as JSON with HTML in it.

Traits: a second built part that is no list; a bare pageNo is ignored; long addresses without a date.
"""

from __future__ import annotations

from urllib.parse import urlencode

from tests.replica import pages
from tests.replica.pages import Link
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

COLUMN = "/col/col1229617074/index.html"
BUILD = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {
    "parseType": "bulidstatic",
    "webId": "4321",
    "tplSetId": "5cf1b2a3",
    "pageType": "column",
    "tagId": "当前栏目list",
    "pageId": "1229617074",
}


def build() -> Portal:
    portal = Portal("lucheng-wenzhou", "鹿城区", "http://www.lucheng.gov.cn/", adcode="330302", notes="Hanweb JPaaS")
    links = [Link("政务公开", "/col/col1/index.html"), Link("政府信息公开指南", "/col/col2/index.html")]
    portal.html("/", "首页", pages.menu(links))
    hub = [links[1], Link("政府信息公开制度", "/col/col3/index.html"), Link("政府信息<br/>公开年报", COLUMN)]
    portal.html("/col/col1/index.html", "政务公开", pages.menu(hub))
    rows = shelf(portal, "温州市鹿城区人民政府", "county", range(2019, 2025), "/art/{year}/art_1229617074_{id}.html")
    for body in ("发展和改革局", "教育局", "民政局", "农业农村局", "七都街道", "山福镇"):
        level = "township" if body.endswith(("街道", "镇")) else "department"
        rows += shelf(portal, f"鹿城区{body}", level, range(2020, 2025), "/art/{year}/art_6c3d{id}f.html")
    rows = between(portal, rows, "/art/2024/art_77", 6, ".html")
    query = "{" + ",".join(f"'{name}':'{text}'" for name, text in QUERY.items()) + "}"
    banner = "{'parseType':'bulidstatic','webId':'4321','pageType':'banner','tagId':'轮播','pageId':'1'}"
    tags = "".join(
        f'<script type="text/javascript" src="/unitbuild.js" url="{BUILD}" queryData="{data}"></script>'
        for data in (banner, query)
    )
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + tags)
    for at in range(0, len(rows) + 15, 15):
        page = f'{{"pageNo":{at // 15 + 1},"pageSize":"15"}}'
        html = pages.rows_html(rows[at : at + 15])
        portal.json(f"{BUILD}?{urlencode(QUERY | {'paramJson': page})}", {"success": True, "data": {"html": html}})
    return portal
