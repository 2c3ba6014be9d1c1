"""Reports as web pages, in the ways of portals and of what is pasted into them; also saved whole (MHT)."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable
from html import escape

from tests.matrix.makers.model import Format, Look
from tests.parsers.office import below, placed
from tests.replica.grids import Box, Grid
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.story import Block, Story, compose

CellText = Callable[[Box], str]


def plain_text(box: Box) -> str:
    return escape(box.text) or "&nbsp;"


def html_table(grid: Grid, text_of: CellText = plain_text, attributes: str = 'border="1" cellspacing="0"') -> str:
    """The grid with its spans."""
    rows = "".join(f"<tr>{''.join(_cell(box, text_of) for box in row)}</tr>\n" for row in grid.rows)
    return f"<table {attributes}><tbody>{rows}</tbody></table>"


def _cell(box: Box, text_of: CellText) -> str:
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (f' colspan="{box.cols}"' if box.cols > 1 else "")
    return f"<td{spans}>{text_of(box)}</td>"


def article(story: Story, table: Callable[[Grid], str] = html_table, one_table: bool = False) -> str:
    """The report's blocks, its tables by `table`; with `one_table` all in one, where the first stood."""
    blocks = compose(story)
    grids = [block.grid for block in blocks if block.grid is not None]
    return "\n".join(_block(block, grids, table, one_table) for block in blocks)


def _block(block: Block, grids: list[Grid], table: Callable[[Grid], str], one_table: bool) -> str:
    if block.grid is None:
        tag = "h2" if block.kind == "title" else "p"
        return f"<{tag}>{escape(block.text)}</{tag}>"
    if one_table:
        return table(below(grids)) if block.grid is grids[0] else ""
    return table(block.grid)


def whole(story: Story, inside: str) -> bytes:
    return page(story.unit, story.heading, inside).encode()


def _empty_cells(grid: Grid) -> str:
    """Merged cells as one cell with the words and empty ones where the rest of it would be."""
    boxes = placed(grid)
    rows = [[""] * grid.width for _ in grid.rows]
    for (row, column), box in boxes.items():
        rows[row][column] = plain_text(box)
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows) + "</table>"


def _cell_per_line(grid: Grid) -> str:
    """No table at all: each cell a paragraph."""
    return "".join(f"<p>{plain_text(box)}</p>\n" for row in grid.rows for box in row)


def _odd_spans(grid: Grid) -> str:
    """Every cell three columns wide, as tables are that were dragged about, and a row of figures five."""
    wide = tuple(tuple(Box(box.text, box.rows, box.cols * 3, box.path) for box in row) for row in grid.rows)
    return html_table(Grid(grid.name, grid.width * 3, grid.header, wide))


def _letters_below(box: Box) -> str:
    """A column's label one letter a line."""
    upright = not box.path and box.cols == 1 and len(box.text) <= 6 and box.text[:1].isalpha()
    return "<br>".join(map(escape, box.text)) if upright and box.text else plain_text(box)


def _in_inner_tables(box: Box) -> str:
    return f'<table border="0"><tr><td>{plain_text(box)}</td></tr></table>'


def _word_cell(box: Box) -> str:
    """What Word leaves: letters in spans, each with a language; nothing is an o:p."""
    if not box.text:
        return '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
    spans = "".join(f'<span lang="EN-US" style="font-size:9.0pt">{escape(char)}</span>' for char in box.text)
    return f'<p class="MsoNormal" align="center"><b>{spans}</b><span><o:p></o:p></span></p>'


def _headed(grid: Grid) -> str:
    """A table with a caption and a head of its own."""
    head = "".join(f"<tr>{''.join(_cell(box, plain_text) for box in row)}</tr>" for row in grid.rows[: grid.header])
    head = head.replace("<td", "<th").replace("</td>", "</th>")
    body = "".join(f"<tr>{''.join(_cell(box, plain_text) for box in row)}</tr>" for row in grid.rows[grid.header :])
    return f"<table><caption>单位：件</caption><thead>{head}</thead><tbody>{body}</tbody></table>"


def _without_colspans(grid: Grid) -> str:
    return re.sub(r' colspan="\d+"', "", html_table(grid))


def _with_chrome(story: Story) -> str:
    return (
        '<div class="crumbs">当前位置：首页 &gt; 政府信息公开 &gt; 年报</div>'
        '<table width="100%"><tr><td>索引号</td><td>640300/2025-00017</td><td>发文机关</td><td>青石县</td></tr>'
        "<tr><td>文号</td><td></td><td>点击数</td><td>152</td></tr></table>"
        '<div class="share">【字体：大 中 小】 打印 微信 微博 QQ空间</div>'
        f'<div class="zoom">{article(story)}</div>'
        '<p>附件：<a href="a.pdf">全真版</a>｜<a href="b.html">文字版</a></p>'
        '<table><tr><td><a href="/1">上一篇</a></td><td><a href="/2">下一篇</a></td></tr></table>'
    )


def _declared(story: Story, encoding: str, declared: str) -> bytes:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    return page(story.unit, story.heading, article(story), head).encode(encoding)


LOOKS: dict[str, Look] = {
    "plain": Look(lambda story: whole(story, report_html(story, "plain"))),
    "nested": Look(lambda story: whole(story, report_html(story, "nested"))),
    "word": Look(lambda story: whole(story, report_html(story, "word"))),
    "separate": Look(lambda story: whole(story, report_html(story, "separate"))),
    "one-table": Look(lambda story: whole(story, article(story, one_table=True))),
    "empty-cells": Look(lambda story: whole(story, article(story, _empty_cells))),
    "cell-per-line": Look(lambda story: whole(story, article(story, _cell_per_line)), flat=True),
    "gbk-declared-utf8": Look(lambda story: _declared(story, "gb18030", "utf-8")),
    "utf8-declared-gbk": Look(lambda story: _declared(story, "utf-8", "gb2312")),
    "letters-below": Look(lambda story: whole(story, article(story, lambda grid: html_table(grid, _letters_below)))),
    "letter-spans": Look(lambda story: whole(story, article(story, lambda grid: html_table(grid, _word_cell)))),
    "inner-tables": Look(lambda story: whole(story, article(story, lambda grid: html_table(grid, _in_inner_tables)))),
    "odd-spans": Look(lambda story: whole(story, article(story, _odd_spans))),
    "no-colspans": Look(lambda story: whole(story, article(story, _without_colspans))),
    "headed": Look(lambda story: whole(story, article(story, _headed))),
    "chrome": Look(lambda story: whole(story, _with_chrome(story))),
}
_SOURCES = (
    "tests/replica/render_html.py",
    "tests/replica/pages.py",
    "tests/parsers/office.py",
)
HTML = Format(".html", LOOKS, sources=_SOURCES)


def _saved(page_bytes: bytes, encoding: str) -> bytes:
    """The page as a browser saves it with its parts."""
    body = quopri.encodestring(page_bytes) if encoding == "quoted-printable" else base64.encodebytes(page_bytes)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.qingshi.gov.cn/1.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Boundary"\r\n\r\n------Boundary\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    tail = "\r\n------Boundary\r\nContent-Type: text/css\r\n\r\ntd{border:1px solid}\r\n------Boundary--\r\n"
    return head.encode() + body + tail.encode()


MHT = Format(
    ".mht",
    {
        "quoted-printable": Look(lambda story: _saved(LOOKS["plain"].make(story), "quoted-printable")),
        "base64": Look(lambda story: _saved(LOOKS["word"].make(story), "base64")),
        "gbk": Look(lambda story: _saved(LOOKS["gbk-declared-utf8"].make(story), "base64")),
    },
    sources=_SOURCES,
)
