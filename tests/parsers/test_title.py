"""Titles, and the unit and year in them."""

from __future__ import annotations

import pytest

from parsers.flow import Text
from parsers.title import find_title, parse_title


@pytest.mark.parametrize(
    ("line", "unit", "year"),
    [
        ("青石县人民政府 2024 年政府信息公开工作年度报告", "青石县人民政府", 2024),
        ("青石县河东乡2024年度政府信息公开工作报告", "青石县河东乡", 2024),
        ("青石县水务局 2024年政府信息公开年度工作报告", "青石县水务局", 2024),
        ("青石县人民政府政府信息公开工作2023年度报告", "青石县人民政府", 2023),
        ("青石县人民政府信息公开2023年度报告", "青石县人民政府", 2023),
        ("青石县市场监管局2016 政务信息公开年度报告", "青石县市场监管局", 2016),
        ("青石县人民政府关于2019年度政府信息公开工作情况的报告", "青石县人民政府", 2019),
        ("2021年青石县教育局政府信息公开年度报告", "青石县教育局", 2021),
        ("2014年度青石县政府信息公开年报", "青石县", 2014),
        ("关于2016年政府信息公开工作的年度报告", None, 2016),
        ("2025年政府信息公开工作年度报告", None, 2025),
        ("青石县二〇二四年政府信息公开工作年度报告", "青石县", 2024),
        ("青石县（高新区）２０２３年政府信息公开工作年度报告", "青石县（高新区）", 2023),
        ("当前位置：首页 > 年报 > 青石县2024年政府信息公开工作年度报告", "青石县", 2024),
    ],
)
def test_titles(line: str, unit: str | None, year: int) -> None:
    title = parse_title(line)
    assert title is not None
    assert (title.unit, title.year) == (unit, year)
    assert title.text.endswith(("报告", "年报"))


@pytest.mark.parametrize(
    "line",
    [
        "青石县2023年度法治政府建设年度报告",
        "青石县政府信息公开网站年度报表",
        "关于做好2024年政府信息公开工作年度报告编制发布工作的通知",
        "一图读懂青石县2024年政府信息公开工作年度报告",
        "【图解】青石县2024年政府信息公开工作年度报告",
        "青石县2024年政府信息公开工作年度报告解读",
        "现发布《青石县2024年政府信息公开工作年度报告》",
        "根据要求，现公布2024年政府信息公开工作年度报告",
    ],
)
def test_what_is_no_title(line: str) -> None:
    assert parse_title(line) is None


def test_a_title_over_two_lines() -> None:
    lines = [Text("青石县人民政府办公室"), Text("2023年政府信息公开工作年度报告"), Text("按照规定编制。")]
    title, after = find_title(lines, ())
    assert title is not None
    assert (title.text, title.unit, after) == (
        "青石县人民政府办公室2023年政府信息公开工作年度报告",
        "青石县人民政府办公室",
        2,
    )


def test_a_menu_above_the_title_is_not_its_unit() -> None:
    title, _ = find_title([Text("网站首页"), Text("2023年政府信息公开工作年度报告")], ())
    assert title is not None
    assert title.unit is None


def test_links_to_other_reports_are_not_the_title() -> None:
    lines = [Text("青石县2021年政府信息公开工作年度报告", linked=True), Text("青石县2023年政府信息公开工作年度报告")]
    title, after = find_title(lines, ())
    assert title is not None
    assert (title.year, after) == (2023, 2)


def test_the_page_s_title_helps_when_the_text_names_no_unit() -> None:
    titles = ("青石县财政局2023年政府信息公开工作年度报告-公开目录-青石县",)
    title, after = find_title([Text("2023年政府信息公开工作年度报告")], titles)
    assert title is not None
    assert (title.text, title.unit, after) == ("青石县财政局2023年政府信息公开工作年度报告", "青石县财政局", 1)
