"""越秀区: Guangdong's gkmlpt, http alone. A tree of categories in a script, their articles from an interface.

Traits: more than a hundred articles, so a second page; tables only in the attachment; units with a site of their own
under the same host, each with its tree; keys of the script's object without quotes.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf

UNITS = {"gzyxjyj": "越秀区教育局", "gzyxczj": "越秀区财政局", "gzyxdkj": "越秀区大塘街道"}


def build() -> Portal:
    portal = Portal(
        "yuexiu", "越秀区", "http://www.yuexiu.gov.cn/", adcode="440104", notes="gkmlpt", other_scheme="none"
    )
    links = [Link("政府信息公开", "/gkmlpt/index"), Link("部门信息公开", "/xxgk/bm/"), Link("本地概况", "/bdgk/")]
    portal.html("/", "首页", pages.menu(links))
    government = "广州市越秀区人民政府"
    rows = shelf(portal, government, "county", range(2019, 2025), "/gkmlpt/content/8/876/post_{id}.html", attach=True)
    for body in ("民政局", "司法局", "统计局", "北京街道", "六榕街道"):
        level = "township" if body.endswith("街道") else "department"
        rows += shelf(portal, f"越秀区{body}", level, range(2019, 2025), "/gkmlpt/content/9/977/post_{id}.html")
    _site(portal, "", "2", between(portal, rows, "/gkmlpt/content/7/post_", 72))
    for folder, unit in UNITS.items():
        level = "township" if unit.endswith("街道") else "department"
        own = shelf(portal, unit, level, range(2020, 2025), f"/{folder}/gkmlpt/content/6/post_{{id}}.html")
        _site(portal, f"/{folder}", f"9{len(folder)}{ord(folder[-2])}", between(portal, own, f"/{folder}/c/", 2))
    directory = [Link(unit.removeprefix("越秀区"), f"/{folder}/gkmlpt/index") for folder, unit in UNITS.items()]
    portal.html("/xxgk/bm/", "部门信息公开", pages.menu(directory))
    return portal


def _site(portal: Portal, base: str, site: str, rows: list[Row]) -> None:
    guide = f'{{id:5{site},name:"公开指南",children:[]}}'
    report = f'{{id:7{site},name:"政府信息公开年报",children:[]}}'
    tree = f'[{{id:1{site},name:"法定主动公开内容",children:[{guide},{report}]}}]'
    config = f"<script>window._CONFIG = {{SID:'{site}', TREE:{tree}, NAME:'x'}};</script>"
    portal.html(f"{base}/gkmlpt/index", "政府信息公开平台", config + '<div id="app"></div>')
    for number in range(len(rows) // 100 + 1):
        articles = [
            {"id": place, "title": row.title, "url": row.href, "display_publish_time": row.date, "attachment": []}
            for place, row in enumerate(rows[number * 100 : number * 100 + 100])
        ]
        answer = {"classify": {"name": "政府信息公开年报", "post_count": len(rows)}, "articles": articles}
        portal.json(f"{base}/gkmlpt/api/all/7{site}?page={number + 1}&sid={site}", answer)
