"""Dates, periods and signatures as printed."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.dates import find_date, lone_date, published_date, stated_period

YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自 2023 年 1 月 1日\n起至 2023 年 12 月 31 日止",
        "数据从2023年1月1日至12月31日",
        "期限为2023年1月1日-12月31日",
        "自2023年1月1日起，至2023年12月31日止",
        "统计时间2023.1.1—2023.12.31",
        "二〇二三年一月一日至二〇二三年十二月三十一日",
    ],
)
def test_the_stated_period(text: str) -> None:
    assert stated_period(text) == YEAR_2023


def test_a_span_in_the_text_is_no_period() -> None:
    assert stated_period("2023年5月1日至5月31日开展了宣传月活动。") is None
    assert stated_period("宣传月从2023年5月1日至5月31日。数据自2023年1月1日至12月31日。") == YEAR_2023


def test_a_part_of_a_year_counts_when_the_figures_are_said_to_be_of_it() -> None:
    assert stated_period("数据统计期限为2023年4月1日至2023年12月31日") == (date(2023, 4, 1), date(2023, 12, 31))


def test_impossible_dates_are_none() -> None:
    assert find_date("2023年2月30日") is None
    assert stated_period("2023年1月1日至2022年12月31日") is None


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("2024年1月9日", ("", date(2024, 1, 9))),
        ("青石县人民政府 2024年1月9日", ("青石县人民政府", date(2024, 1, 9))),
        ("二〇二四年一月二十日", ("", date(2024, 1, 20))),
        ("（2024年1月9日）", ("", date(2024, 1, 9))),
        ("截至2024年1月9日已办结", None),
    ],
)
def test_a_date_on_its_own_line(line: str, wanted: tuple[str, date] | None) -> None:
    assert lone_date(line) == wanted


def test_published_only_where_the_text_says_so() -> None:
    assert published_date("来源：办公室 发布日期：2024-01-16 09:00") == date(2024, 1, 16)
    assert published_date("发布时间 2024年1月16日") == date(2024, 1, 16)
    assert published_date("成文日期：2024-01-16") is None
