"""Labels however they are spaced, numbered and misprinted."""

from __future__ import annotations

import pytest

from parsers.labels import begins_with, distance, key, nearly
from parsers.requestlabels import find_row, known_rows

POSITION = {row.code: row.position for row in known_rows()}


def test_keys_forget_spaces_brackets_and_quotes() -> None:
    assert key("(二) 部分公开 (区分处理的, 只计这一情形)") == key("（二）部分公开（区分处理的，只计这一情形）")
    assert key('3.危及"三安全 一稳定"') == key("3.危及“三安全一稳定”")


@pytest.mark.parametrize(
    ("one", "other", "wanted"), [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "", 3), ("ab", "ba", 2)]
)
def test_distance(one: str, other: str, wanted: int) -> None:
    assert distance(one, other) == wanted


def test_short_labels_are_never_nearly_another() -> None:
    assert not nearly("2重复申请", "3重复申请")
    assert not nearly("属于工作秘密", "属于国家秘密")
    assert nearly("5属于三类内部事物信息", "5属于三类内部事务信息")


@pytest.mark.parametrize(
    ("label", "last", "code"),
    [
        ("一、本年新收到政府信息公开申请数量", "", "new_received"),
        ("(一) 予以公开", "", "granted_full"),
        ("予以公开", "", "granted_full"),
        ("(二) 部分公开", "", "granted_partial"),
        ("2.其他法律、行政法规禁止公开", "", "denied_other_law"),
        ("2.其他法律行政止公开", "", "denied_other_law"),
        ("7.属于行政执法案件", "", "denied_enforcement_file"),
        ("1. 属于国家秘密", "", "denied_state_secret"),
        ("三、本年度办理结果（一）予以公开", "", "granted_full"),
        ("（三）不予公开1.属于国家秘密", "", "denied_state_secret"),
        ("1.属于国家秘密（填写说明：按件）", "", "denied_state_secret"),
        ("4.保护第三方合法权意", "denied_three_securities", "denied_third_party"),
        ("3.其他", "", "other_misc"),
        ("3.其它", "", "other_misc"),
        ("其他", "other_fee_overdue", "other_misc"),
        ("(六)其他处理", "", "other_total"),
        ("（七）总计", "", "total_processed"),
        ("13.属于四类过程性信息（讨论记录、过程稿）", "", "denied_process_info"),
    ],
)
def test_rows_of_table_three(label: str, last: str, code: str) -> None:
    found = find_row(label, POSITION.get(last, -1))
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("label", "last"),
    [
        ("9.属于工作秘密", "denied_admin_query"),
        ("其他", "granted_full"),
        ("（三）不予公开", "granted_partial"),
        ("三、本年度办理结果", "carried_in"),
        ("大量反复申请", "refused_publication"),
        ("4.保护第三方合法权意", "granted_full"),
        ("（二）部分公开（只计这一情形）00000001.属于国家秘密", "granted_full"),
    ],
)
def test_what_no_row_is_called(label: str, last: str) -> None:
    assert find_row(label, POSITION[last]) is None


def test_a_bare_qita_under_its_group_is_the_leaf() -> None:
    found = find_row("其他", -1, ("（六）其他处理",))
    assert found is not None
    assert found.code == "other_misc"


def test_a_remark_after_a_label_is_one_bracket() -> None:
    assert begins_with("规章（件）", "规章")
    assert not begins_with("规章（件）其他", "规章")
    assert not begins_with("规章制度", "规章")
