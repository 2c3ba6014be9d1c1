"""Labels of table three in lines of text, some of them on others' lines."""

from __future__ import annotations

import pytest

from parsers.document import Document, Mark, Paragraph
from parsers.found import Found
from parsers.lines import lines_of
from parsers.report import Place
from parsers.requestlabels import OTHER_LEAVES, known_rows
from parsers.requestlines import _after_others, read_requests

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


HEADER = ["申请人情况", "（本列数据的勾稽关系为：第一项加第二项之和 法人或其他组织", "自然人 社会公益组识 总计"]
CODES = [row.code for row in known_rows() if row.code not in OTHER_LEAVES]
LABELS = {row.code: row.labels[0] for row in known_rows()}
FIRST = [f"{LABELS[code]} 1 0 0 0 0 0 1" for code in CODES[: CODES.index("refused_excessive")]]
LAST = ["（七）总计 8 0 0 0 0 0 8", "四、结转下年度继续办理 9 0 0 0 0 0 9"]
TORN = ["4.无正当理由大量返复申请 2 0 0 0 0 0 2", "5.要求行政机关确认或从新出具以", "3 0 0 0 0 0 3", "获取信息"]
OTHER = ["（六）其他处理 4 0 0 0 0 0 4"]


def totals(*parts: list[str], marked: dict[str, str] | None = None) -> dict[str, str | None]:
    """The last figures of the rows that are read in these lines; None for a row whose figures are nobody's."""
    place = Place(None, None)
    blocks = []
    for text in [line for part in parts for line in part]:
        marks = tuple(Mark(figure, place) for figure in (marked or {}).get(text, "").split())
        label = text.removesuffix((marked or {}).get(text, "")).strip()
        blocks.append(Paragraph(text, label=label if marks else "", marks=marks))
    found = Found()
    read_requests(lines_of(Document(tuple(blocks))), found)
    return {row.code: None if row.figures is None else row.figures["total"].raw for row in found.requests}


def test_a_header_printed_again_takes_no_misprint_from_the_label_below_it() -> None:
    whole = dict.fromkeys(CODES, "1") | dict(zip(CODES[-5:], "23489", strict=True))
    assert totals(HEADER, FIRST, TORN, OTHER, LAST) == whole
    assert totals(HEADER, FIRST, TORN[:1], HEADER, TORN[1:], OTHER, LAST) == whole
    # A header of other words is no header: with them the label has a misprint too many.
    other = [line.replace("组识", "组职") for line in HEADER]
    assert totals(HEADER, FIRST, TORN[:1], other, TORN[1:], OTHER, LAST).get("refused_reissue") is None


def test_rows_with_a_blank_among_torn_labels_cost_only_themselves() -> None:
    blank = [line.replace("3 0 0 0 0 0 3", "3 0 0 0 0 3") for line in TORN]
    found = totals(HEADER, FIRST, blank, OTHER, LAST)
    assert [found[code] for code in CODES[-5:]] == ["2", None, "4", "8", "9"]


def test_a_row_in_two_pieces_among_torn_labels_is_not_taken_for_two_rows() -> None:
    pieces = [*TORN[:2], "3 0 0", "获取信息 0 0 0 3", "（六）其他处理"]
    found = totals(HEADER, FIRST, pieces, LAST)
    assert [found.get(code) for code in CODES[-5:]] == ["2", None, None, "8", "9"]


def test_a_merged_label_before_a_row_of_strokes_closes_no_table() -> None:
    strokes = "三、本年 2.重复申请 / / / / / / /"
    found = totals(HEADER, FIRST[:-2], [strokes], FIRST[-1:], LAST, marked={strokes: "/ / / / / / /"})
    assert [found[code] for code in CODES[-2:]] == ["8", "9"]
