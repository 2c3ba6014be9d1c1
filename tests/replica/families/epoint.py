"""云龙区: Epoint. The list is asked for by POST, with numbers of which one stands in a script of the whole site."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Asked, Portal
from tests.replica.shelf import between, shelf

COLUMN = "/yl/zwgk/003002/list.html"
INTERFACE = "/EpointWebBuilder/rest/lightfrontaction/getgovinfolist"
SITE = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"


def build() -> Portal:
    portal = Portal("yunlong-xuzhou", "云龙区", "http://www.xzyl.gov.cn/", adcode="320303", notes="Epoint, by POST")
    portal.html("/", "首页", pages.menu([Link("云龙概况", "/gk/"), Link("公开年报", COLUMN)]))
    script = f"var siteInfo = {{siteGuid: '{SITE}', projectName: '/EpointWebBuilder'}};"
    portal.put("/js/webBuilderCommon.js", lambda: Answer(script.encode(), media="application/javascript"))
    path = "/yl/zwgk/003002/{year}0121/{id}.html"
    rows = shelf(portal, "徐州市云龙区人民政府", "county", range(2019, 2025), path)
    for body in ("教育局", "住房和城乡建设局", "市场监督管理局", "彭城街道", "大郭庄街道", "潘塘街道"):
        level = "township" if body.endswith("街道") else "department"
        rows += shelf(portal, f"云龙区{body}", level, range(2020, 2025), path)
    rows = between(portal, rows, "/yl/zwgk/003009/", 8)
    tags = '<script src="/js/webBuilderCommon.js"></script>'
    asked = "<script>var categorynum='003002'; var deptcode='ylq'; getGovInfoList(1);</script>"
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("公开年报") + tags + asked + '<ul id="list"></ul>')
    portal.live(INTERFACE, lambda seen: _answer(rows, seen))
    return portal


def _answer(rows: list[Row], asked: Asked) -> Answer:
    """A page of the list, to a form that names site, department and category."""
    params = json.loads(parse_qs(asked.body.decode()).get("params", ["{}"])[0])
    wanted = {"siteGuid": SITE, "deptcode": "ylq", "categorynum": "003002"}
    if asked.method != "POST" or any(params.get(name) != value for name, value in wanted.items()):
        return Answer(b'{"custom":{"data":[]}}', media="application/json")
    size = int(params["pageSize"])
    part = rows[int(params["pageIndex"]) * size :][:size]
    data = [{"title": row.title, "infourl": row.href, "infodate": row.date} for row in part]
    text = json.dumps({"custom": {"code": 1, "total": len(rows), "data": data}}, ensure_ascii=False)
    return Answer(text.encode(), media="application/json")
