"""Word files: what the page shows, in its order; merged cells once, numbers that stand only in the style."""

from __future__ import annotations

import pytest

from parsers.document import Document, Grid, Paragraph
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.word_numbers import chinese, written
from tests.parsers.office import STRICT_W, W, docx, paragraph, run, zipped


def opened(body: str, parts: dict[str, str] | None = None) -> Document:
    return open_document(docx(body, parts), "x.docx")


def lines(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [block.text for block in opened(body, parts).blocks if isinstance(block, Paragraph)]


def grids(body: str) -> list[list[list[str]]]:
    found = [block for block in opened(body).blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_paragraphs_and_tables_in_order() -> None:
    body = paragraph("前") + table(tc("a") + tc("1")) + paragraph("后")
    assert [type(block).__name__ for block in opened(body).blocks] == ["Paragraph", "Grid", "Paragraph"]


def test_the_strict_form_of_the_format_reads_alike() -> None:
    body = paragraph("前") + table(tc("a") + tc("1"))
    strict = open_document(docx(body, namespace=STRICT_W), "x")
    assert [type(block).__name__ for block in strict.blocks] == ["Paragraph", "Grid"]


def test_merged_cells_are_one_cell() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tc("a", down) + tc("b", '<w:gridSpan w:val="2"/>'), tc("", on) + tc("1") + tc("2"), tc("c") + tc("3") + tc("4")
    )
    (grid,) = [block for block in opened(body).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "b"], ["a", "1", "2"], ["c", "3", "4"]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.rows[0][1].colspan == 2


def test_text_left_in_a_cell_that_goes_on_from_above_is_not_shown() -> None:
    body = table(tc("a", '<w:vMerge w:val="restart"/>') + tc("1"), tc("9", "<w:vMerge/>") + tc("2"))
    assert grids(body) == [[["a", "1"], ["a", "2"]]]


def test_a_cell_that_goes_on_from_nothing_is_its_own() -> None:
    assert grids(table(tc("a", "<w:vMerge/>") + tc("1"), tc("b", "<w:vMerge/>") + tc("2"))) == [
        [["a", "1"], ["a", "2"]],
    ]
    other = table(tc("a", '<w:gridSpan w:val="2"/>') + tc("1"), tc("b", "<w:vMerge/>") + tc("2") + tc("3"))
    assert grids(other) == [[["a", "1"], ["b", "2", "3"]]]


def test_cells_merged_sideways_in_the_old_way() -> None:
    body = table(tc("a", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>") + tc("1"), tc("b") + tc("c") + tc("2"))
    (grid,) = [block for block in opened(body).blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.column, cell.colspan) for cell in grid.rows[0]] == [("a", 0, 2), ("1", 2, 1)]


def test_columns_left_free_before_a_row() -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("2") + "</w:tr>"
    body = "<w:tbl><w:tr>" + tc("a") + tc("1") + "</w:tr>" + row + "</w:tbl>"
    (grid,) = [block for block in opened(body).blocks if isinstance(block, Grid)]
    assert grid.rows[1][0].column == 1


def test_of_nested_tables_the_innermost_are_the_data() -> None:
    inner = table(tc("x") + tc("1"))
    body = table(tc("侧栏") + f"<w:tc>{paragraph('正文。')}{inner}<w:p/></w:tc>")
    assert grids(body) == [[["x", "1"]]]
    assert lines(body) == ["侧栏", "正文。"]


def test_a_table_around_one_word_in_a_cell_is_part_of_the_cell() -> None:
    assert grids(table(tc("a") + f"<w:tc>{table(tc('7'))}<w:p/></w:tc>")) == [[["a", "7"]]]


def test_rows_and_cells_in_content_controls() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('a')}{cell}</w:tr></w:sdtContent></w:sdt>"
    assert grids(f"<w:tbl>{row}</w:tbl>") == [[["a", "1"]]]
    assert lines(f"<w:sdt><w:sdtContent>{paragraph('控件里的一段')}</w:sdtContent></w:sdt>") == ["控件里的一段"]


def test_tracked_changes_count_as_accepted() -> None:
    body = (
        f"<w:p>{run('新收')}<w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:ins>{run('5')}</w:ins>"
        f"<w:moveFrom>{run('9')}</w:moveFrom>{run('件')}</w:p>"
    )
    assert lines(body) == ["新收5件"]
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('b')}{tc('2')}</w:tr>"
    assert grids(f"<w:tbl><w:tr>{tc('a')}{tc('1')}</w:tr>{gone}</w:tbl>") == [[["a", "1"]]]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    body = paragraph("前半", "<w:rPr><w:del/></w:rPr>") + paragraph("后半")
    assert [block.fresh for block in opened(body).blocks if isinstance(block, Paragraph)] == [True, False]


def test_hidden_text_field_codes_and_comments_are_not_shown() -> None:
    hidden = run("藏", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>')
    code = "<w:r><w:instrText>PAGE 7</w:instrText></w:r><w:commentRangeStart/>"
    assert lines(f"<w:p>{hidden}{code}{run('露')}</w:p>") == ["显露"]


def test_breaks_tabs_hyphens_and_raised_figures() -> None:
    signs = f"{run('一')}<w:r><w:br/></w:r>{run('二')}<w:r><w:tab/></w:r>{run('三')}<w:r><w:noBreakHyphen/></w:r>"
    body = f"<w:p>{signs}</w:p>"
    assert lines(body) == ["一", "二 三-"]
    mark = run("1", '<w:vertAlign w:val="superscript"/>')
    raised = f"<w:tc><w:p>{run('5')}{mark}</w:p></w:tc>"
    assert grids(table(tc("a") + raised)) == [[["a", "5[1]"]]]
    assert grids(table(tc("a") + f"<w:tc>{paragraph('1')}{paragraph('2')}</w:tc>")) == [[["a", "1\n2"]]]


@pytest.mark.parametrize("how", ['<w:vertAlign w:val="subscript"/>', "<w:strike/>", '<w:dstrike w:val="1"/>'])
def test_lowered_and_struck_out_figures_are_no_digits_either(how: str) -> None:
    mixed = f"<w:tc><w:p>{run('7', how)}{run('8')}</w:p></w:tc>"
    assert grids(table(tc("a") + mixed)) == [[["a", "[7]8"]]]
    not_struck = run("7", '<w:strike w:val="false"/>')
    off = f"<w:tc><w:p>{not_struck}{run('8')}</w:p></w:tc>"
    assert grids(table(tc("a") + off)) == [[["a", "78"]]]


def test_a_fraction_is_not_the_number_of_its_digits() -> None:
    name = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    number = "<m:r><m:t>{}</m:t></m:r>"
    half = f"<m:f><m:num>{number.format(1)}</m:num><m:den>{number.format(2)}</m:den></m:f>"
    formula = f'<w:tc><w:p><m:oMath xmlns:m="{name}">{half}</m:oMath></w:p></w:tc>'
    assert grids(table(tc("a") + formula)) == [[["a", "1/2"]]]


def test_a_sign_of_a_picture_font_is_no_nothing() -> None:
    sign = '<w:tc><w:p><w:r><w:t>5</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p></w:tc>'
    assert grids(table(tc("a") + sign)) == [[["a", "5\uf0fe"]]]


def test_a_text_box_written_twice_is_read_once_after_its_paragraph() -> None:
    inner = f"<w:txbxContent>{paragraph('框里')}{table(tc('a') + tc('1'))}</w:txbxContent>"
    box = (
        '<mc:AlternateContent xmlns:mc="urn:mc" xmlns:v="urn:v"><mc:Choice Requires="wps"><w:drawing>'
        f"{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('框外')}<w:r>{box}</w:r></w:p>"
    assert lines(body) == ["框外", "框里"]
    assert grids(body) == [[["a", "1"]]]


def test_links_are_marked() -> None:
    whole = f"<w:p><w:hyperlink>{run('目录')}</w:hyperlink></w:p>"
    body = f"{whole}<w:p>{run('见')}<w:hyperlink>{run('附件')}</w:hyperlink></w:p>"
    assert [block.linked for block in opened(body).blocks if isinstance(block, Paragraph)] == [True, False]


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="h1"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="4"/>'
    '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="base"><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/>'
    '</w:numPr></w:pPr></w:style><w:style w:styleId="h1"><w:basedOn w:val="base"/></w:style></w:styles>'
)


def numbered(text: str, num: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def test_numbers_that_stand_in_no_text_are_printed() -> None:
    body = (
        numbered("总体情况", 1)
        + numbered("主动公开", 1, 1)
        + numbered("依申请公开", 1, 1)
        + numbered("第一", 1, 2)
        + paragraph("主动公开政府信息情况", '<w:pStyle w:val="h1"/>')
        + numbered("又一", 1, 1)
        + numbered("第四", 2, 2)
        + numbered("圆点", 3)
        + numbered("没有号", 0)
    )
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    assert lines(body, parts) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.第一",
        "二、主动公开政府信息情况",
        "（一）又一",
        "4.第四",
        "圆点",
        "没有号",
    ]
    levels = [block.level for block in opened(body, parts).blocks if isinstance(block, Paragraph)]
    assert levels[4] == 1
    assert levels[0] is None


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (3, "decimal", "3"),
        (10, "chineseCounting", "十"),
        (11, "ideographDigital", "十一"),
        (4, "decimalEnclosedCircle", "④"),
        (27, "lowerLetter", "aa"),
        (9, "upperRoman", "IX"),
        (5, "someOther", "5"),
    ],
)
def test_forms_of_numbers(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_chinese_numbers() -> None:
    assert [chinese(n) for n in (1, 10, 12, 20, 21, 105, 110, 2024)] == [
        *("一", "十", "十二", "二十", "二十一", "一百零五", "一百一十", "二千零二十四"),
    ]


def test_headers_footers_and_authors_stay_out() -> None:
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("页眉")}</w:hdr>',
        "docProps/core.xml": "<cp><creator>某人</creator><title>题</title></cp>",
    }
    document = opened(paragraph("正文"), parts)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["正文"]
    assert document.titles == ()


def test_a_document_under_another_part_name() -> None:
    document = f'<w:document xmlns:w="{W}"><w:body>{paragraph("正文")}</w:body></w:document>'
    assert open_document(zipped({"word/document2.xml": document}), "x").blocks


def test_a_document_put_into_the_document_is_told() -> None:
    remarks = opened(paragraph("前") + "<w:altChunk/>").remarks
    assert [code for code, _ in remarks] == ["part_unread"]


def test_a_table_of_absurd_width_is_left_out_and_told() -> None:
    document = opened(paragraph("前") + table(tc("a", '<w:gridSpan w:val="99999999"/>') + tc("1")))
    assert [code for code, _ in document.remarks] == ["table_too_large"]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"word/settings.xml": "<x/>"}, "part_missing"),
        ({"word/document.xml": "<x/>"}, "part_missing"),
        ({"word/document.xml": "<w:document"}, "xml_damaged"),
        ({"word/document.xml": ""}, "xml_damaged"),
    ],
)
def test_what_only_looks_like_word(members: dict[str, str], code: str) -> None:
    with pytest.raises(DocumentUnreadableError, match=r"x\.docx") as caught:
        open_document(zipped(members), "x.docx")
    assert caught.value.code == code


def test_pictures_only() -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        opened("<w:p><w:r><w:drawing/></w:r></w:p>")
    assert caught.value.code == "no_text"
