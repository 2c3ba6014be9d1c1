"""海阳市: Hanweb, whose next-group links count no pages: by POST, with the numbers of the records.

Traits: the government's column is inline <datastore>, behind it POST; the departments' is a list of the module xxgk, by
POST from the first page on, in a frame's words; the townships' next-group link counts pages and is not there by GET.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Asked, Portal
from tests.replica.shelf import DRESS, between, shelf

PROXY = "/module/web/jpage/dataproxy.jsp"
SEARCH = "/module/xxgk/search.jsp"
COLUMNS = {"col/col9101/": "政府信息公开年报", "col/col9102/": "部门信息公开年报", "col/col9103/": "镇街信息公开年报"}
INLINE = 4
PER_PAGE = 6


def build() -> Portal:
    portal = Portal("haiyang", "海阳市", "http://www.haiyang.gov.cn/", adcode="370687", notes="Hanweb, by POST")
    menu = [Link(label, f"/{folder}index.html") for folder, label in COLUMNS.items()]
    portal.html("/", "首页", pages.menu([Link("魅力海阳", "/col/col1/index.html"), *menu]))
    path = "/art/{year}/2/8/art_9101_{id}.html"
    rows = shelf(portal, "海阳市人民政府", "county", range(2019, 2025), path)
    rows += shelf(portal, "海阳市人民政府办公室", "office", range(2019, 2025), path)
    _inline(portal, "/col/col9101/index.html", between(portal, rows, "/art/2024/art_9", 4), f"{PROXY}?columnid=9101")
    _searched(portal)
    rows = []
    for town in ("留格庄镇", "盘石店镇", "郭城镇"):
        rows += shelf(portal, f"海阳市{town}", "township", range(2020, 2025), "/art/{year}/1/8/art_9103_{id}.html")
    _inline(portal, "/col/col9103/index.html", rows, f"{PROXY}?page=1&columnid=9103")
    return portal


def _store(rows: list[Row], total: int, link: str) -> str:
    records = "".join(
        f"<record><![CDATA[<a href='{urlsplit(row.href).path}' title='{row.title}'>{row.title}</a>]]></record>"
        for row in rows
    )
    near = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
    return f"<datastore>{near}<recordset><totalrecord>{total}</totalrecord>{records}</recordset></datastore>"


def _inline(portal: Portal, path: str, rows: list[Row], link: str) -> None:
    def answer(asked: Asked) -> Answer:
        sent = parse_qs(asked.body.decode())
        if asked.method != "POST" or "startrecord" not in sent:
            return Answer(b"<h1>404</h1>", 404)
        part = rows[int(sent["startrecord"][0]) - 1 : int(sent["endrecord"][0])]
        return Answer(_store(part, len(rows), link).encode(), media="text/xml")

    inline = f'<script type="text/xml">{_store(rows[:INLINE], len(rows), link)}</script>'
    portal.html(path, COLUMNS[f"{path[1:].rsplit('/', 1)[0]}/"], pages.crumbs("政府信息公开年报") + inline)
    portal.live(link, answer)


def _searched(portal: Portal) -> None:
    rows = []
    for body in ("教育和体育局", "民政局", "水利局", "审计局"):
        rows += shelf(portal, f"海阳市{body}", "department", range(2020, 2025), "/art/{year}/1/9/art_9102_{id}.html")
    link = f"{SEARCH}?area=113706870043&infotypeId=HY0204"
    script = f"<script>loadList('{link}');</script>"
    portal.html("/col/col9102/index.html", "部门信息公开年报", pages.crumbs("部门信息公开年报") + script)
    parts = [rows[at : at + PER_PAGE] for at in range(0, len(rows), PER_PAGE)]
    for number, part in enumerate(parts, start=1):
        foot = f"<div>共{len(parts)}页</div>"
        text = pages.page("海阳市人民政府", "", pages.rows_html(part) + foot, DRESS)

        def answer(asked: Asked, text: str = text) -> Answer:
            found = asked.method == "POST" and b"infotypeId=HY0204" in asked.body
            return Answer(text.encode()) if found else Answer(b"", 405)

        portal.live(f"{link}&currpage={number}", answer)
