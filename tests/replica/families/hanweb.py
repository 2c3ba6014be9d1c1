"""莱阳市: Hanweb. A list inline as <datastore>, the rest of it from the page's own next-group link.

Traits: the column's label is opened by a script; index_1.html is not there; attachments whose name stands only in a
parameter; a search that must be left alone.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Portal
from tests.replica.shelf import between, shelf

COLUMN = "/col/col44163/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
FIXED = "appid=1&webid=3&path=%2F&columnid=44163&unitid=212860&webname=%E8%8E%B1%E9%98%B3&permissiontype=0"
INLINE = 15


def build() -> Portal:
    portal = Portal("laiyang", "莱阳市", "https://www.laiyang.gov.cn/", adcode="370682", notes="Hanweb <datastore>")
    search = portal.trap("/jsearchfront/search.do?q=%E5%B9%B4%E6%8A%A5", "a search")
    opened = f"""<a href="javascript:void(0)" onclick="window.open('{COLUMN}')">政府信息公开<br>年&nbsp;报</a>"""
    portal.html("/", "首页", pages.menu([Link("要闻", "/col/col101/index.html"), Link("检索", search)]) + opened)
    rows = shelf(portal, "莱阳市人民政府", "county", range(2019, 2025), "/art/{year}/3/20/art_44163_{id}.html")
    for body in ("教育和体育局", "公安局", "财政局", "卫生健康局", "城厢街道", "古柳街道", "沐浴店镇"):
        level = "township" if body.endswith(("街道", "镇")) else "department"
        path = "/art/{year}/1/22/art_44163_{id}.html"
        rows += shelf(portal, f"莱阳市{body}", level, range(2020, 2025), path)
    rows = between(portal, rows, "/art/2024/2/2/art_44163_", 70, ".html")
    _serve(portal, rows)
    return portal


def _record(row: Row) -> str:
    return (
        f"<record><![CDATA[<li><a href='{urlsplit(row.href).path}' title='{row.title}'>{row.title}</a></li>]]></record>"
    )


def _store(rows: list[Row], total: int) -> str:
    near = f'<nextgroup><![CDATA[<a href="{PROXY}?page=1&{FIXED}"></a>]]></nextgroup>'
    records = "".join(map(_record, rows))
    return f"<datastore>{near}<recordset><totalrecord>{total}</totalrecord>{records}</recordset></datastore>"


def _serve(portal: Portal, rows: list[Row]) -> None:
    inline = f'<script type="text/xml">{_store(rows[:INLINE], len(rows))}</script>'
    script = f"<script>$('#212860').jpage({{totalRecord:{len(rows)},perPage:15}});</script>"
    portal.html(COLUMN, "政府信息公开年报", pages.crumbs("政府信息公开年报") + inline + script)
    for page in range(1, 9):
        # One who asks for a hundred at a time is given them; the link's own parameters must all be there.
        query = parse_qs(FIXED)
        target = f"{PROXY}?page={page}&{FIXED}&perpage=100"
        part = rows[(page - 1) * 100 : page * 100]
        if part and query["unitid"]:
            text = _store(part, len(rows))
            portal.put(target, lambda text=text: Answer(text.encode(), media="text/xml"))  # type: ignore[misc]
