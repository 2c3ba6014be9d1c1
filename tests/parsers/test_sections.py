"""The six sections: headings against table rows that look like them, tables of contents, a page's own text."""

from __future__ import annotations

import pytest

from parsers.flow import Text
from parsers.headings import find_heading
from parsers.sections import headings_of, sections_of
from tests.replica.statutory import SECTIONS as FORM


def told(lines: list[Text]) -> dict[int, str]:
    return {section.number: section.text for section in sections_of(lines, headings_of(lines), 0)}


@pytest.mark.parametrize(("number", "line"), list(enumerate(FORM, start=1)))
def test_the_form_s_headings(number: int, line: str) -> None:
    heading = find_heading(f" {line}")
    assert heading is not None
    assert (heading.number, heading.text, heading.rest) == (number, line, "")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("一、概述", 1),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("五、存在问题及下一步工作计划", 5),
        ("五、政府信息公开工作存在的主要问题及改进措施", 5),
        ("六、其他需报告的事项", 6),
        ("总体情况", 1),
        ("第二部分 主动公开政府信息情况", 2),
    ],
)
def test_variants(line: str, number: int) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert heading.number == number


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "（一）主动公开情况",
        "二、强化培训",
        "一、总体情况……1",
        "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等部分。",
        "一、总体情况、二、主动公开政府信息情况、三、收到和处理政府信息公开申请情况",
    ],
)
def test_what_looks_like_a_heading_and_is_none(line: str) -> None:
    assert find_heading(line) is None


def test_text_on_the_heading_s_line_belongs_to_the_section() -> None:
    heading = find_heading("六、其他需要报告的事项：无")
    assert heading is not None
    assert (heading.number, heading.rest) == (6, "无")


def test_table_rows_do_not_cut_section_three() -> None:
    rows = [Text(line) for line in ("一、本年新收政府信息公开申请数量", "四、结转下年度继续办理", "表后的一句话。")]
    lines = [Text(FORM[0]), Text("开头。"), Text(FORM[2]), *rows, Text(FORM[3]), Text("没有。")]
    assert list(told(lines)) == [1, 3, 4]
    assert told(lines)[3].endswith("表后的一句话。")


def test_a_table_of_contents_loses_against_the_text() -> None:
    body = [Text(piece) for heading in FORM for piece in (heading, f"{heading[0]}的正文。")]
    found = told([*(Text(line) for line in FORM), *body])
    assert [found[number] for number in range(1, 7)] == [f"{number}的正文。" for number in "一二三四五六"]


def test_sections_without_text_stay_when_their_tables_are_pictures() -> None:
    lines = [Text(FORM[0]), Text("开头。"), *map(Text, FORM[1:5]), Text("不足。"), Text(FORM[5]), Text("无。")]
    assert list(told(lines)) == [1, 2, 3, 4, 5, 6]


def test_lines_that_go_on_are_joined_and_spaces_dropped() -> None:
    lines = [Text(FORM[0]), Text("2023 年共发布信息 6491 条，内"), Text("容全面。", fresh=False), Text("另起一段。")]
    assert told(lines)[1] == "2023年共发布信息6491条，内容全面。\n另起一段。"


def test_the_site_s_text_after_the_article_is_left_out() -> None:
    inside = (1, 2)
    article = [Text(line, inside=inside) for line in (FORM[0], "开头。", FORM[5], "没有。", "青石县")]
    assert told([Text("首页", inside=(1,)), *article, Text("版权所有", inside=(1,))])[6] == "没有。\n青石县"
    assert (
        told([*article, Text("上一篇：2022年报告", inside=inside), Text("主办：县政府", inside=inside)])[6]
        == "没有。\n青石县"
    )


def test_a_sentence_that_begins_like_a_button_stays() -> None:
    lines = [
        Text(FORM[0]),
        Text("开头。"),
        Text(FORM[5]),
        Text("关闭了三个长期没有更新的政务新媒体账号，并向社会公告。"),
    ]
    assert told(lines)[6].startswith("关闭了三个")
