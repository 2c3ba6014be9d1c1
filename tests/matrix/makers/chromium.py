"""Reports that Chromium printed as PDF from web pages, all with one browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tests.matrix.makers.html import article, html_table, whole
from tests.matrix.makers.model import Format, Look
from tests.replica.grids import Box, Grid
from tests.replica.statutory import APPLICANTS, RESULTS
from tests.replica.story import Story
from tests.site.browsing import chromium

_PLAIN = (
    "body{font:12px 'WenQuanYi Zen Hei'} table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:9px}"
    "td,th{border:1px solid #333;padding:2px;text-align:center;overflow-wrap:anywhere;font-weight:400}"
)
_COLUMNS = {label for _, label in (*APPLICANTS, *RESULTS)}
_STYLES = {
    "plain": "",
    "no-sides": "td:first-child,th:first-child{border-left:0} tr>td:last-child,tr>th:last-child{border-right:0}",
    "level-rules": "td,th{border-left:0;border-right:0}",
    "doubled": "td,th{text-shadow:.3px 0 0 #000}",
    "bold": "td,th{font-weight:700}",
    "grey-heads": "th{background:#ddd} td{background:#fff}",
    "thick-outside": "table{border:3px double #000}",
    "separate-borders": "table{border-collapse:separate;border-spacing:1px}",
    "high-rows": "td{height:34px} tr{break-inside:avoid}",
    "rows-split": "td{height:34px;padding:9px 2px} tr{break-inside:auto}",
    "no-rules": "td,th{border:0;padding:2px 4px}",
}


def _printed(story: Story, style: str, upright: bool = False, wide: bool = False) -> bytes:
    page = "@page{size:A4 landscape}" if wide else "@page{size:A4}"
    table = partial(_headed, upright=upright)
    return whole(story, f"<style>{_PLAIN}{style}{page}</style>{article(story, table)}")


def _headed(grid: Grid, upright: bool) -> str:
    """The table with a head, which Chromium prints again on each page."""

    def text_of(box: Box) -> str:
        if upright and grid.name != "proactive" and box.text in _COLUMNS:
            return (
                f'<div style="writing-mode:vertical-rl;text-orientation:sideways;display:inline-block">{box.text}</div>'
            )
        return box.text

    widths = [9, 13, 22, *[8] * 7] if grid.name == "requests" else [100 / grid.width] * grid.width
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    drawn = html_table(grid, text_of, "").replace("<tbody>", f"<colgroup>{columns}</colgroup><tbody>", 1)
    if grid.name != "requests":
        return drawn
    parts = drawn.split("</tr>\n")
    head = "</tr>\n".join(parts[: grid.header]).replace("<td", "<th").replace("</td>", "</th>")
    head = head.replace("<tbody>", "<thead>")
    return f"{head}</tr></thead><tbody>{'</tr>'.join(parts[grid.header :])}"


def convert(sources: Sequence[bytes]) -> list[bytes]:
    """The pages printed, one after another, with page numbers below."""
    footer = '<div style="width:100%;text-align:center;font-size:9px">— <span class="pageNumber"></span> —</div>'
    with chromium() as browser:
        page = browser.new_page()
        printed = []
        for source in sources:
            page.set_content(source.decode())
            printed.append(
                page.pdf(
                    prefer_css_page_size=True,
                    print_background=True,
                    display_header_footer=True,
                    header_template="<i></i>",
                    footer_template=footer,
                    margin={"top": "18mm", "bottom": "18mm", "left": "15mm", "right": "15mm"},
                )
            )
        return printed


def _look(style: str, upright: bool = False, wide: bool = False) -> Callable[[Story], bytes]:
    return lambda story: _printed(story, style, upright, wide)


PDF = Format(
    ".pdf",
    {
        **{name: Look(_look(style), flat=name in ("no-rules", "level-rules")) for name, style in _STYLES.items()},
        "heads-run-down": Look(_look("", upright=True)),
        "wide-pages": Look(_look("", wide=True)),
    },
    convert,
    boxes=True,
    sources=("tests/matrix/makers/html.py", "tests/parsers/office.py", "tests/replica/pages.py"),
)
