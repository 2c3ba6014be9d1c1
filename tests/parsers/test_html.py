"""HTML: visible text in order, data tables as grids, layout tables as containers."""

from __future__ import annotations

from parsers.document import Grid, Paragraph
from parsers.formats.html import read_html


def paragraphs(page: str) -> list[str]:
    return [block.text for block in read_html(page, "x").blocks if isinstance(block, Paragraph)]


def grids(page: str) -> list[list[list[str]]]:
    found = [block for block in read_html(page, "x").blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


def test_spans_are_expanded_and_keep_their_origin() -> None:
    page = (
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr>"
        "<tr><td>1</td><td>2</td></tr><tr><td>c</td><td>3</td><td>4</td></tr></table>"
    )
    (grid,) = [block for block in read_html(page, "x").blocks if isinstance(block, Grid)]
    assert grid.width == 3
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "b"], ["a", "1", "2"], ["c", "3", "4"]]
    assert grid.rows[0][0] is grid.rows[1][0]


def test_a_rowspan_past_the_table_s_end_and_a_span_that_is_no_number() -> None:
    assert grids("<table><tr><td rowspan=99>a</td><td colspan=x>1</td></tr><tr><td>2</td></tr></table>") == [
        [["a", "1"], ["a", "2"]]
    ]


def test_text_split_over_many_spans_is_one_text() -> None:
    page = (
        "<table><tr><td><p><span>本年</span><span>制</span>发件数<o:p></o:p></p></td>"
        "<td><span>1</span><span lang=EN-US>2</span></td></tr></table>"
    )
    assert grids(page) == [[["本年制发件数", "12"]]]


def test_paragraphs_in_a_cell_are_lines_not_one_number() -> None:
    assert grids("<table><tr><td>结果<br>维持</td><td><p>1</p><p>2</p></td></tr></table>") == [[["结果\n维持", "1\n2"]]]


def test_a_footnote_mark_is_no_digit() -> None:
    assert grids("<table><tr><td>a</td><td>5<sup>1</sup></td></tr></table>") == [[["a", "5[1]"]]]


def test_empty_cells_are_kept_empty() -> None:
    assert grids("<table><tr><td>a</td><td>&nbsp;</td><td><o:p></o:p></td></tr></table>") == [[["a", "", ""]]]


def test_of_nested_tables_the_innermost_are_the_data() -> None:
    inner = "<table><tr><td>x</td><td>1</td></tr></table>"
    page = f"<table><tr><td>侧栏</td><td><table><tr><td>正文。{inner}</td></tr></table></td></tr></table>"
    assert grids(page) == [[["x", "1"]]]
    assert paragraphs(page) == ["侧栏", "正文。"]


def test_a_table_around_one_word_in_a_cell_is_part_of_the_cell() -> None:
    page = "<table><tr><td>a</td><td><table><tr><td>7</td></tr></table></td></tr></table>"
    assert grids(page) == [[["a", "7"]]]


def test_what_a_browser_does_not_show_is_not_there() -> None:
    page = (
        "<style>p{}</style><script>document.write('<p>x</p>')</script><!-- <p>y</p> --><noscript>z</noscript>"
        "<p>看得见</p><p style='display:none'>看不见</p><div hidden>看不见</div>"
        "<table><tr><td>a</td><td>1</td></tr><tr style='display: none'><td>b</td><td>2</td></tr></table>"
    )
    assert paragraphs(page) == ["看得见"]
    assert grids(page) == [[["a", "1"]]]


def test_source_lines_are_not_words_apart() -> None:
    assert paragraphs("<p>政府信\n      息公开 2023\n年</p>") == ["政府信息公开 2023 年"]


def test_links_and_headings_are_marked() -> None:
    blocks = read_html("<h2>题</h2><p><a href=x>全是链接</a></p><p>半<a>截</a></p>", "x").blocks
    assert [(b.level, b.linked) for b in blocks if isinstance(b, Paragraph)] == [
        (2, False),
        (None, True),
        (None, False),
    ]


def test_metadata() -> None:
    page = (
        '<html><head><title>页</title><meta name="ArticleTitle" content="题"><meta name="PubDate" content="2024-01-16">'
        "</head><body><p>x</p></body></html>"
    )
    document = read_html(page, "x")
    assert (document.titles, document.published) == (("题", "页"), "2024-01-16")


def test_a_declared_encoding_is_not_asked() -> None:
    page = '<?xml version="1.0" encoding="gb2312"?><html><meta charset="gbk"><body><p>青石</p></body></html>'
    assert paragraphs(page) == ["青石"]


def test_containers_tell_what_stands_together() -> None:
    first, second, third = read_html("<div><div><p>一</p><p>二</p></div><p>三</p></div>", "x").blocks
    assert first.inside == second.inside
    assert third.inside == first.inside[:-1]


def test_deep_nesting_is_no_obstacle() -> None:
    assert paragraphs("<div>" * 200 + "底" + "</div>" * 200) == ["底"]
    assert paragraphs("<div>" * 30000 + "底" + "</div>" * 30000) in ([], ["底"])


HIDDEN = '<span style="visibility:hidden">7</span>', "<span hidden>7</span>", '<span style="font-size:0">7</span>'


def test_a_table_that_nobody_sees_is_none() -> None:
    seen = "<table><tr><td>a</td><td>2</td></tr></table>"
    for way in ("style='display:none'", "hidden"):
        assert grids(f"<table {way}><tr><td>a</td><td>1</td></tr></table>{seen}") == [[["a", "2"]]]


def test_digits_that_the_page_hides_are_no_part_of_a_figure() -> None:
    page = "".join(f"<tr><td>a</td><td>{unseen}12</td></tr>" for unseen in HIDDEN)
    assert grids(f"<table>{page}</table>") == [[["a", "12"]] * 3]
    assert grids("<table><tr hidden><td>x</td><td>1</td></tr><tr><td>a</td><td>2</td></tr></table>") == [[["a", "2"]]]


def test_a_cell_that_is_unseen_keeps_its_place_empty() -> None:
    page = '<table><tr><td>a</td><td style="visibility: hidden">0</td><td>1</td></tr></table>'
    assert grids(page) == [[["a", "", "1"]]]


def test_letters_of_no_size_around_figures_with_a_size_hide_nothing() -> None:
    page = '<table><tr><td>a</td><td style="font-size:0"><span style="font-size:14px">5</span></td></tr></table>'
    assert grids(page) == [[["a", "5"]]]


def test_struck_out_digits_choices_and_marks_are_set_apart_from_the_figure() -> None:
    apart = (
        "<del>7</del>",
        "<s>7</s>",
        "<sub>7</sub>",
        "<select><option>7</option></select>",
        '<b style="text-decoration: line-through">7</b>',
    )
    for mark in apart:
        assert grids(f"<table><tr><td>a</td><td>{mark}12</td></tr></table>") == [[["a", "[7]12"]]]


def test_a_figure_in_an_input_field_is_printed() -> None:
    assert grids('<table><tr><td>a</td><td><input value="12"></td></tr></table>') == [[["a", "12"]]]
    assert grids("<table><tr><td>a</td><td><input type=hidden value=9>3</td></tr></table>") == [[["a", "3"]]]


def test_a_page_that_ends_more_than_once_is_read_to_its_last_end() -> None:
    assert paragraphs("<html><body><p>一</p></body></html><html><body><p>二</p></body></html>") == ["一", "二"]


def test_digits_around_a_control_character_are_not_one_figure() -> None:
    assert grids("<table><tr><td>a</td><td>7\x01690</td></tr></table>") == [[["a", "7 690"]]]


def test_a_footnote_mark_made_by_style_is_no_digit_either() -> None:
    cells = (
        '<td>5<span style="vertical-align:super;font-size:6pt">1</span></td>'
        '<td>5<span style="VERTICAL-ALIGN: sub">1</span></td><td>5<bdo dir="rtl">12</bdo></td>'
        '<td style="vertical-align:middle">51</td>'
    )
    assert grids(f"<table><tr>{cells}</tr></table>") == [[["5[1]", "5[1]", "5[12]", "51"]]]


def test_letters_without_size_or_that_are_seen_through_are_not_there() -> None:
    hidden = ("font-size:0.0pt", "font-size: 0.00", "opacity:0", "opacity: 0.0;color:red")
    seen = ("font-size:0.5em", "opacity:0.8", "fill-opacity:0", "line-height:0")
    for styles, text in ((hidden, "1"), (seen, "17")):
        cells = "".join(f'<td>1<span style="{style}">7</span></td>' for style in styles)
        assert grids(f"<table><tr><td>a</td>{cells}</tr></table>") == [[["a", *[text] * len(styles)]]]


def test_spans_shown_as_blocks_are_lines_not_one_number() -> None:
    spans = '<span style="display: block">1</span><span style="display:block">2</span>'
    beside = '<span style="display:inline-block">1</span><span style="display:inline">2</span>'
    assert grids(f"<table><tr><td>{spans}</td><td>{beside}</td></tr></table>") == [[["1\n2", "12"]]]
