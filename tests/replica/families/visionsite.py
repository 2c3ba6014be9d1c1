"""清水县: VisionSite. The second page of five is nb/4.htm, the last nb/1.htm.

Traits: the column's label is its title attribute; attachments behind download.jsp; the year in a folder is no report's.
"""

from __future__ import annotations

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import DRESS, between, shelf

COLUMN = "/zfxxgk/xxgknb"


def build() -> Portal:
    portal = Portal("qingshui-tianshui", "清水县", "https://www.tsqs.gov.cn/", adcode="620521", notes="VisionSite")
    tile = f'<a href="{COLUMN}.htm" title="政府信息公开年报"><i class="icon"></i></a>'
    portal.html("/", "首页", pages.menu([Link("印象清水", "/yxqs.htm"), Link("新闻", "/xw.htm")]) + tile)
    rows = shelf(portal, "清水县人民政府", "county", range(2019, 2025), "/info/1082/{id}.htm", attach=True)
    for body in ("教育局", "财政局", "水务局", "永清镇", "红堡镇", "山门镇"):
        level = "township" if body.endswith("镇") else "department"
        rows += shelf(portal, f"清水县{body}", level, range(2020, 2025), "/info/1082/{id}.htm")
    _paged(portal, between(portal, rows, "/info/1011/", 9, ".htm"))
    return portal


def _paged(portal: Portal, rows: list[Row]) -> None:
    parts = [rows[at : at + 12] for at in range(0, len(rows), 12)]
    for number, part in enumerate(parts):
        here = f"{COLUMN}.htm" if number == 0 else f"{COLUMN}/{len(parts) - number}.htm"
        last = number == len(parts) - 1
        following = "" if last else f"{COLUMN}/{len(parts) - number - 1}.htm"
        links = [] if last else [Link("下页", following), Link("尾页", f"{COLUMN}/1.htm")]
        foot = f'<div class="p_pages">共{len(rows)}条 {number + 1}/{len(parts)} {pages.menu(links)}</div>'
        portal.html(here, "政府信息公开年报", "<!--vsbcontent_start-->" + pages.rows_html(part) + foot, DRESS)
