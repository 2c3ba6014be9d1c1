"""What a printed cell says, and when it says nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.cells import Quantity, make_cell
from parsers.numbers import read_count
from parsers.report import Kind, Place


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("１２", 12),
        ("零", 0),
        ("0.0", 0),
        ("0件", 0),
        ("12 件", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("1,234,567", 1234567),
        (" 7\u00a0", 7),
        ("7\u200b", 7),
    ],
)
def test_numbers(raw: str, value: int) -> None:
    assert read_count(raw) == (value, "number")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("", "blank"),
        ("\u3000 \u00a0", "blank"),
        ("/", "slash"),
        ("／", "slash"),
        ("-", "dash"),
        ("——", "dash"),
        ("－", "dash"),
        ("无", "none"),
        ("-12", "text"),
        ("+3", "text"),
        ("12.5", "text"),
        ("1,23", "text"),
        ("12,3456", "text"),
        ("007", "text"),
        ("1 2", "text"),
        ("1\n2", "text"),
        ("5²", "text"),
        ("3①", "text"),
        ("\u202e12", "text"),
        ("约12", "text"),
        ("不适用", "text"),
    ],
)
def test_what_is_no_number_has_no_value(raw: str, kind: Kind) -> None:
    assert read_count(raw) == (None, kind)


@pytest.mark.parametrize(
    ("raw", "value"), [("+24", 24), ("-18", -18), ("－15", -15), ("−7", -7), ("＋3", 3), ("0", 0), ("5", 5)]
)
def test_signs_where_the_form_has_them(raw: str, value: int) -> None:
    assert read_count(raw, signed=True) == (value, "number")


def test_a_lone_dash_is_no_number_even_where_signs_are() -> None:
    assert read_count("-", signed=True) == (None, "dash")


@pytest.mark.parametrize(
    ("raw", "quantity", "header", "value", "note"),
    [
        ("1963.2989", "wan_yuan", "本年收费金额（单位：万元）", "1963.2989", None),
        ("31408.250917", "wan_yuan", "本年收费金额（单位：万元）", "31408.250917", None),
        ("0", "wan_yuan", "本年收费金额（单位：万元）", "0", None),
        ("1,963.29万元", "wan_yuan", "", "1963.29", None),
        ("19632989元", "wan_yuan", "本年收费金额（单位：万元）", "1963.2989", None),
        ("19632989", "wan_yuan", "本年收费金额（单位：元）", "1963.2989", None),
        ("12.5", "wan_yuan", "本年收费金额", "12.5", "unit_inferred"),
        ("12884.2万", "yuan", "采购总金额", "128842000", "unit_inferred"),
        ("160.5964万元", "yuan", "采购总金额", "1605964", None),
        ("318000元", "yuan", "采购总金额", "318000", None),
        ("61520437.80元", "yuan", "采购总金额", "61520437.80", None),
        ("1.2亿元", "yuan", "采购总金额", "120000000", None),
        ("96.5", "yuan", "采购总金额（万元）", "965000", None),
        ("96.5", "wan_yuan", "本年收费金额（单位：万\n元）", "96.5", None),
        ("96.5", "wan_yuan", "本年收费金额（单位：万 元）", "96.5", None),
        ("96.5", "wan_yuan", "本年收费金额（单位：千元）", "9.65", None),
        ("96.5", "wan_yuan", "本年收费金额单位万元", "96.5", None),
        ("96.5", "wan_yuan", "本年收费金额（单位：某元）", "96.5", "unit_inferred"),
        ("9\u200b6.5", "wan_yuan", "本年收费金额（单位：万元）", "96.5", None),
    ],
)
def test_money(raw: str, quantity: Quantity, header: str, value: str, note: str | None) -> None:
    cell = make_cell(raw, quantity, Place(), header)
    assert (cell.to_json()["value"], cell.kind, cell.note) == (value, "number", note)
    assert isinstance(cell.value, Decimal)


@pytest.mark.parametrize("raw", ["96.5", "0", "12,884"])
def test_a_bare_amount_of_procurement_has_no_value(raw: str) -> None:
    cell = make_cell(raw, "yuan", Place(), "采购总金额")
    assert (cell.value, cell.kind, cell.note, cell.raw) == (None, "text", "unit_missing", raw)


@pytest.mark.parametrize(("raw", "kind"), [("/", "slash"), ("", "blank"), ("无", "none"), ("-3元", "text")])
def test_money_that_is_none(raw: str, kind: Kind) -> None:
    assert make_cell(raw, "yuan", Place(), "采购总金额").kind == kind
