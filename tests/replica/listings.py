"""How the CMS families lay out and page their lists. Each function serves a column's pages on a portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal

Edit = Callable[[str], str]


def _split(rows: list[Row], per_page: int) -> list[list[Row]]:
    return [rows[at : at + per_page] for at in range(0, len(rows), per_page)] or [[]]


def trs(
    portal: Portal, folder: str, label: str, rows: list[Row], per_page: int = 15, tabs: tuple[Link, ...] = ()
) -> None:
    """TRS WCM: index.html, index_1.html …, named only in a script. The folder itself answers too."""
    parts = _split(rows, per_page)
    for number, part in enumerate(parts):
        script = f'<script type="text/javascript">createPageHTML({len(parts)},{number},"index","html");</script>'
        near = [replace(row, href=row.href.replace(portal.url(folder), "./")) for row in part]
        body = pages.crumbs("政府信息公开", label) + pages.menu(tabs) + pages.rows_html(near) + script
        head = f'<meta name="ColumnName" content="{label}">'
        portal.html(f"{folder}index{f'_{number}' if number else ''}.html", label, body, head)
    portal.put(folder, lambda: portal.answer(portal.scheme, f"{folder}index.html"))


def numbered(portal: Portal, path: str, label: str, rows: list[Row], per_page: int = 20) -> None:
    """A custom CMS with ?page=N in its address and 上一页/下一页 links. `path` ends in ? or &."""
    parts = _split(rows, per_page)
    for number, part in enumerate(parts, start=1):
        links = [Link("首页", f"{path}page=1")]
        links += [Link("上一页", f"{path}page={number - 1}")] if number > 1 else []
        links += [Link("下一页", f"{path}page={number + 1}")] if number < len(parts) else []
        links += [Link("尾页", f"{path}page={len(parts)}")]
        foot = f'<div class="pager">共{len(rows)}条 {number}/{len(parts)}页 {pages.menu(links)}</div>'
        body = pages.crumbs(label) + pages.rows_html(part) + foot
        portal.html(f"{path}page={number}", label, body)
    portal.put(path[:-1], lambda: portal.answer(portal.scheme, f"{path}page=1"))


def single(portal: Portal, path: str, label: str, rows: list[Row], tabs: tuple[Link, ...] = ()) -> None:
    """A list of one page."""
    portal.html(path, label, pages.crumbs("政府信息公开", label) + pages.menu(tabs) + pages.rows_html(rows))
