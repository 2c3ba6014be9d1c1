"""What is known at a glance is what a longer look would find: each shortcut held to the way round."""

from __future__ import annotations

import random
import re
import unicodedata
from itertools import product

import pytest
from lxml import etree

from parsers import claims, headings
from parsers.disputeheader import dispute_header
from parsers.document import Grid, GridCell
from parsers.formats.html import parse, read_html
from parsers.headcells import head_of
from parsers.headers import banner_keys, banner_number
from parsers.labels import key, may_begin, nfkc
from parsers.requestheader import is_contradicted, request_header
from tests.replica.statutory import SECTIONS

# The plane of all common characters, and those beyond it that NFKC makes others of.
EVERY_CHARACTER = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
EVERY_CHARACTER += [chr(code) for code in range(0x2F800, 0x2FA20)]
PROSE = (
    "全年发布信息1,208条，同比增长20%；受理申请三十余件（其中网络申请12件），答复率100%。",
    "2023年1月1日至12月31日，依据青政办发〔2023〕12号和《青石县政务公开条例》第三条、第十四条公开约6.5万次。",
    "电话0955-5096217，传真0955—5096218，手机13800001111，网址https://www.example.gov.cn/a?b=1，邮箱a.b@example.gov.cn。",
    "“三审三校”近百余次，超过五百家，突破上万人次，过半数的百分之九十五，12345热线，9:30，（三）三分之一。",
)


def test_a_text_in_compatibility_form_whatever_stands_beside_a_wide_mark() -> None:
    for mark, char in product("，）…\u3000", EVERY_CHARACTER):
        text = f"{char}{mark}{char}"
        assert nfkc(text) == unicodedata.normalize("NFKC", text)


def test_a_key_does_not_begin_with_what_its_text_cannot_begin_with() -> None:
    letters = {"第", "行"}
    for char in EVERY_CHARACTER:
        for rest in ("第二十条第（一）项", "行政复议", "\u0301", "\u3099"):
            if not may_begin(char + rest, letters):
                assert key(char + rest)[:1] not in letters


def test_a_banner_is_found_under_every_spelling_of_its_label() -> None:
    for label, numbers in banner_keys().items():
        for text in (label, f" {label}", f"（{label}", "\n".join(label), f"\u200b{label}", f"{label}："):
            assert banner_number(text) == numbers
    assert banner_number("根据第二十条第（一）项") is None


def test_no_line_is_known_for_no_heading_that_a_longer_look_finds_one() -> None:
    beginnings = [*EVERY_CHARACTER, "", "# ", "**", "#一", " \u200b", "第一部分 "]
    for beginning, line in product(beginnings, (SECTIONS[0], *(line[2:] for line in SECTIONS))):
        text = beginning + line
        if headings._OTHER.match(text):
            assert headings._heading(text, 0) is None, text


@pytest.mark.parametrize("text", PROSE)
def test_blots_and_numbers_are_the_same_with_and_without_their_first_look(text: str) -> None:
    unguarded = re.compile(claims._NUMBER.pattern.replace(claims._NUMBER_BEGINS, "", 1))
    assert unguarded.pattern != claims._NUMBER.pattern
    rng = random.Random(text)  # noqa: S311 not for secrets
    for _ in range(400):
        begin = rng.randrange(len(text))
        piece = text[begin : begin + rng.randrange(60)] + rng.choice(("", text[: rng.randrange(30)]))
        flat = claims._fold(piece)
        assert flat == "".join(claims._normal(char) for char in piece)
        if "@" not in flat:
            assert spans(claims._BLOTS, flat) == spans(claims._BLOTS_WITH_MAIL, flat)
        assert spans(claims._NUMBER, flat) == spans(unguarded, flat)


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def header(texts: dict[tuple[int, int], str], down: int = 0) -> Grid:
    """Three header rows, the first in row `down`, under a heading where that is not the first of all."""
    spans = {(0, 0): (3, 3), (0, 3): (1, 7), (1, 3): (2, 1), (1, 4): (1, 5), (1, 9): (2, 1)}
    cells = [
        GridCell(text, row + down, column, *spans.get((row, column), (1, 1))) for (row, column), text in texts.items()
    ]
    return Grid((*([GridCell("表三", 0, 0, down, 10)] if down else []), *cells))


WHOLE = {
    (0, 0): "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    (0, 3): "申请人情况",
    (1, 3): "自然人",
    (1, 4): "法人或其他组织",
    (1, 9): "总计",
    (2, 4): "商业企业",
    (2, 5): "科研机构",
    (2, 6): "社会公益组织",
    (2, 7): "法律服务机构",
    (2, 8): "其他",
}


def test_a_header_is_read_as_itself_however_many_alike_were_read_before() -> None:
    swapped = WHOLE | {(2, 4): "科研机构", (2, 5): "商业企业"}
    lacking = WHOLE | {(2, 8): ""}
    for down in (0, 2, 0):
        whole, other, short = (
            request_header(header(texts, down), range(down, down + 3)) for texts in (WHOLE, swapped, lacking)
        )
        assert whole is not None
        assert other is not None
        assert short is None
        assert whole.applicants[1:3] == ("commercial", "research") == other.applicants[2:0:-1]
        assert whole.spans == other.spans
        assert is_contradicted(header(swapped, down), range(down, down + 3))
        assert not is_contradicted(header(lacking, down), range(down, down + 3))
    assert dispute_header(header(WHOLE), range(3)) is None


def test_a_cell_merged_over_rows_of_a_header_is_one_and_two_alike_are_two() -> None:
    rows = head_of(header(WHOLE, 1), range(1, 4)).rows
    assert rows[0][0] == rows[2][0]
    twins = head_of(Grid((GridCell("其他", 0, 0), GridCell("其他", 0, 1))), range(1)).rows[0]
    assert twins[0] != twins[1]


_TAGS = ("p", "span", "b", "br", "sup", "del", "script", "input", "div", "font", "li", "textarea")
_ATTRIBUTES = (
    "",
    "",
    "",
    ' style="color:red"',
    " hidden",
    ' style="display: none"',
    ' style="font-size:0"',
    " class=a",
)
_ATTRIBUTES_TOO = (' style="text-decoration:line-through"', ' style="visibility:hidden"', ' value="7"', ' type="radio"')


def made_up(rng: random.Random, depth: int = 0) -> str:
    """The inside of a cell: elements in elements."""
    parts = []
    for _ in range(rng.randrange(3)):
        tag, attributes = rng.choice(_TAGS), rng.choice(_ATTRIBUTES + _ATTRIBUTES_TOO)
        inside = made_up(rng, depth + 1) if depth < 3 else "深"
        words = rng.choice(("", "1", " ", "甲\n乙", "&#160;2", "\u30003"))
        parts.append(f"{words}<{tag}{attributes}>" + ("" if tag in ("br", "input") else f"{inside}</{tag}>"))
    return "".join(parts) + rng.choice(("", "4", "\n"))


def shown(element: etree._Element) -> str:
    """What an element and the text behind it print, said in the fewest words."""
    style = element.get("style", "")
    tail = element.tail or ""
    unseen = element.get("hidden") is not None or "none" in style or "visibility" in style
    if element.tag == "script" or unseen or ("font-size" in style and not len(element)):
        return tail
    inside = (element.text or "") + "".join(map(shown, element))
    if element.tag == "input":
        inside = element.get("value", "") if element.get("type") is None else ""
    if element.tag in ("sup", "del", "textarea") or "line-through" in style:
        inside = f"[{inside}]"
    return (f"\v{inside}\v" if element.tag in ("p", "br", "div", "li") else inside) + tail


def test_the_text_of_a_cell_of_elements_in_elements() -> None:
    rng = random.Random(7)  # noqa: S311 not for secrets
    for _ in range(1500):
        page = f"<table><tr><td>{made_up(rng)}</td><td>1</td></tr></table>"
        (grid,) = read_html(page, "a.html").blocks
        root = parse(page)
        assert isinstance(grid, Grid)
        assert root is not None
        cell = next(root.iter("td"))
        text = (cell.text or "") + "".join(map(shown, cell))
        lines = (
            re.sub(r"[ \t\r\n\f\xa0\u3000]+", " ", re.sub(r"(?<=甲)\n(?=乙)", "", line)) for line in text.split("\v")
        )
        assert grid.cells[0].text == "\n".join(line.strip() for line in lines if line.strip()), page


def test_control_characters_part_digits_and_marks_of_byte_order_do_not() -> None:
    for code in (*range(9), 11, *range(14, 32), 127):
        root = parse(f"<p>1{chr(code)}2\ufeff3</p></body{chr(code)}>behind")
        assert root is not None
        assert "".join(root.itertext()).split() == ["1", "23behind"]
    assert parse(" \x00\ufeff\u3000</body></html>\x0b") is None
