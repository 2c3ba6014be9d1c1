"""如东县: TrueCMS. Lists come as JSONP by record numbers, to those alone who name the page that has the list.

Traits: a tile without text; numbers in the slug that say nothing; noise and look-alikes among the records.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Asked, Portal
from tests.replica.shelf import between, shelf

COLUMN = "/col/18073_668815/index.html"
INTERFACE = "/truecms/messageController/getMessage.do"
PER_PAGE = 15


def build() -> Portal:
    portal = Portal("rudong", "如东县", "http://www.rudong.gov.cn/", adcode="320623", notes="TrueCMS, JSONP")
    tile = f'<a href="{COLUMN}" title="政府信息公开年报"><img src="/nb.png"></a>'
    portal.html("/", "首页", pages.menu([Link("如东概况", "/rdgk/"), Link("政务动态", "/zwdt/")]) + tile)
    path = "/rdxrmzf/{year}n/content/{id}.html"
    rows = shelf(portal, "如东县人民政府", "county", range(2019, 2025), path)
    for body in ("教育体育局", "公安局", "水务局", "城中街道", "洋口镇", "掘港街道"):
        level = "township" if body.endswith(("街道", "镇")) else "department"
        rows += shelf(portal, f"如东县{body}", level, range(2020, 2025), path)
    rows = between(portal, rows, "/rdxrmzf/xw/", 8)
    asked = f"var columnId = '668815'; $.getJSON('{INTERFACE}?siteId=7&callback=?', show);"
    script = f"<script>{asked}</script>"
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + script + '<ul id="list"></ul>')
    for start in range(1, len(rows) + 1 + PER_PAGE, PER_PAGE):
        query = f"siteId=7&callback=callback&columnId=668815&startrecord={start}&endrecord={start + PER_PAGE - 1}"
        part = rows[start - 1 :][:PER_PAGE]
        portal.live(f"{INTERFACE}?{query}&perpage={PER_PAGE}", lambda seen, part=part: _answer(portal, part, seen))  # type: ignore[misc]
    return portal


def _answer(portal: Portal, rows: list[Row], asked: Asked) -> Answer:
    if asked.referer != portal.url(COLUMN):
        return Answer(b"<h1>403</h1>", 403)
    data = [{"title": row.title, "url": urlsplit(row.href).path, "date": row.date} for row in rows]
    text = json.dumps({"result": {"data": data}}, ensure_ascii=False)
    return Answer(f"callback({text});".encode(), media="application/javascript")
