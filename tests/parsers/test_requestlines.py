"""Labels of table three in lines of text, some of them on others' lines."""

from __future__ import annotations

import pytest

from parsers.requestlabels import known_rows
from parsers.requestlines import _after_others

BEFORE = next(row.position for row in known_rows() if row.code == "refused_petition")


@pytest.mark.parametrize(
    ("words", "alone", "code"),
    [
        ("2.重复申请（五）不予处理3.要求提供公开出版物", True, "refused_publication"),
        ("2.重复申请3.要求提供公开出版物", True, "refused_publication"),
        # Figures without words just before may be the first label's.
        ("2.重复申请（五）不予处理3.要求提供公开出版物", False, None),
        ("2.重复（五）不予处理3.要求提供公开出版物", True, None),
        ("4.无正当理由大量反复申请（五）不予处理3.要求提供公开出版物", True, None),
    ],
)
def test_a_merged_label_stands_on_the_line_below_a_row_left_blank(words: str, alone: bool, code: str | None) -> None:
    found = _after_others(words, BEFORE, alone)
    assert (None if found is None else found.code) == code
