"""Reports as HTML, in the ways that portals and word processors write them."""

from __future__ import annotations

from html import escape

from tests.replica.grids import Box, Grid, respell
from tests.replica.story import Block, Story, compose

STYLES = ("plain", "nested", "word", "separate")


def report_html(story: Story, style: str = "plain", *, tables: bool = True, tail: str = "") -> str:
    """The inside of a report's page.

    Styles: plain (one table after another), nested (everything inside a layout table, a table of metadata
    before), word (Word's paragraphs and split spans in every cell), separate (table two in parts). `tail`
    is put at the end: links to attachments.
    """
    blocks = compose(story, tables=tables, separate=style == "separate")
    inside = "\n".join(_block(block, story, style) for block in blocks) + tail
    metadata = _metadata(story) if style == "nested" or story.published else ""
    if style == "nested":
        return (
            f'{metadata}<table width="960" border="0" align="center"><tr><td>'
            f'<table width="100%" border="0"><tr><td class="con" valign="top">{inside}</td></tr></table>'
            "</td></tr></table>"
        )
    return f'{metadata}<div class="TRS_Editor">{inside}</div>'


def _metadata(story: Story) -> str:
    """The small table above an article; it states the publication date when the story has one."""
    rows = [("索引号", f"{abs(sum(map(ord, story.heading)))}/{story.year}-00017"), ("发布机构", story.unit)]
    rows += [("发布日期", story.published)] if story.published else []
    cells = "".join(f"<td><b>{name}</b></td><td>{escape(text)}</td>" for name, text in rows)
    return f'<table class="xxgk_meta" width="960" align="center"><tr>{cells}</tr></table>\n'


def _block(block: Block, story: Story, style: str) -> str:
    if block.grid is not None:
        return _table(block.grid, story.spelling, style)
    text = _spans(block.text) if style == "word" else escape(block.text)
    if block.kind == "title":
        return f'<h1 class="title">{text}</h1>'
    if block.kind == "heading":
        return f"<p><strong>{text}</strong></p>"
    align = "right" if block.kind == "signature" else "justify"
    return f'<p style="text-align:{align};text-indent:2em">{text}</p>'


def _table(grid: Grid, spelling: str, style: str) -> str:
    rows = "\n".join("<tr>" + "".join(_cell(box, spelling, style) for box in row) + "</tr>" for row in grid.rows)
    return f'<table border="1" cellspacing="0" cellpadding="0" width="640"><tbody>\n{rows}\n</tbody></table>'


def _cell(box: Box, spelling: str, style: str) -> str:
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (f' colspan="{box.cols}"' if box.cols > 1 else "")
    text = box.text if box.path else respell(box.text, spelling)
    if style == "word":
        return f'<td valign="center"{spans}><p class="MsoNormal" align="center">{_spans(text)}</p></td>'
    return f"<td{spans}>{escape(text) or '&nbsp;'}</td>"


def _spans(text: str) -> str:
    """Word's soup: the text in spans of two characters, an empty o:p after it."""
    pieces = [text[at : at + 2] for at in range(0, len(text), 2)]
    soup = "".join(f'<span style="font-family:宋体;mso-font-kerning:0">{escape(piece)}</span>' for piece in pieces)
    return soup + '<span lang="EN-US"><o:p></o:p></span>'
