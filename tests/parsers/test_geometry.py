"""The page geometry on pages made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parsers.geometry.doubles import undoubled
from parsers.geometry.lattice import lattice
from parsers.geometry.page import Char, Page, Rule
from parsers.geometry.strokes import closed, joined, meeting
from parsers.geometry.tables import Sheet, printed, sheet_of
from parsers.geometry.text import cell_text
from parsers.geometry.turn import straight
from parsers.numbers import read_count


def chars(text: str, x: float, top: float, size: float = 10.0, step: float = 5.0) -> list[Char]:
    return [Char(char, x + at * step, top, x + (at + 1) * step, top + size) for at, char in enumerate(text)]


def page(*texts: list[Char], levels: tuple[Rule, ...] = (), uprights: tuple[Rule, ...] = ()) -> Page:
    return Page(1, 600, 800, tuple(char for text in texts for char in text), levels, uprights)


def texts(sheet: Sheet) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.grid.rows] for table in sheet.tables]


def box(x0: float, y0: float, x1: float, y1: float) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y0, x0, x1), Rule(y1, x0, x1)], [Rule(x0, y0, y1), Rule(x1, y0, y1)]


def test_a_rule_in_pieces_is_one_and_a_gap_parts_it() -> None:
    pieces = [Rule(10, 0, 50), Rule(11, 52, 100), Rule(10, 120, 150), Rule(40, 0, 1)]
    assert [(rule.start, rule.end) for rule in joined(pieces)] == [(0, 100), (120, 150)]


def test_two_tables_on_a_page_are_two_groups() -> None:
    one, other = box(0, 0, 100, 50), box(0, 200, 100, 250)
    assert len(meeting(one[0] + other[0], one[1] + other[1])) == 2


def test_a_piece_that_touches_two_groups_joins_them() -> None:
    one, other = box(0, 0, 100, 50), box(0, 90, 100, 140)
    groups = meeting([*one[0], *other[0]], [*one[1], *other[1], Rule(50, 0, 140)])
    assert [(len(levels), len(uprights)) for levels, uprights in groups] == [(4, 5)]


def test_open_sides_are_closed_where_three_rules_end() -> None:
    levels = [Rule(y, 0, 100) for y in (0, 20, 40)]
    _, uprights = closed(levels, [Rule(30, 0, 40), Rule(60, 0, 40)])
    assert sorted(rule.at for rule in uprights) == [0, 30, 60, 100]
    assert closed(levels[:2], [Rule(30, 0, 40)])[1] == [Rule(30, 0, 40)]


def test_merged_cells_are_one_slot() -> None:
    made = lattice(
        [Rule(0, 0, 90), Rule(20, 30, 90), Rule(40, 0, 90)],
        [Rule(0, 0, 40), Rule(30, 0, 40), Rule(60, 20, 40), Rule(90, 0, 40)],
    )
    assert made is not None
    spans = [(slot.row, slot.column, slot.rowspan, slot.colspan) for slot in made.slots]
    assert spans == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_a_space_open_to_the_outside_is_no_cell() -> None:
    # The lower right corner has neither a right nor a lower rule.
    made = lattice(
        [Rule(0, 0, 60), Rule(20, 0, 60), Rule(40, 0, 30)], [Rule(0, 0, 40), Rule(30, 0, 40), Rule(60, 0, 20)]
    )
    assert made is not None
    assert made.slot_at == ((0, 1), (2, -1))
    assert made.find(45, 30) == -1


def test_cells_merged_by_a_lost_rule_are_never_two_figures() -> None:
    # Between the two figures of the second row a piece of rule is missing.
    levels = tuple(Rule(y, 0, 90) for y in (0, 20, 40))
    uprights = (Rule(0, 0, 40), Rule(30, 0, 40), Rule(60, 0, 20), Rule(90, 0, 40))
    sheet = sheet_of(page(chars("12", 40, 25), chars("34", 70, 25), levels=levels, uprights=uprights))
    assert texts(sheet) == [[["", "", ""], ["", "12 34"]]]


def test_text_in_a_single_box_is_a_line() -> None:
    levels, uprights = box(0, 0, 100, 50)
    sheet = sheet_of(page(chars("box", 10, 20), levels=tuple(levels), uprights=tuple(uprights)))
    assert sheet.tables == ()
    assert [line.text for line in sheet.lines] == ["box"]


def test_second_prints_go_and_doubled_digits_stay() -> None:
    once = chars("1100", 0, 0)
    twice = [char._replace(x0=char.x0 + 0.7, x1=char.x1 + 0.7, top=char.top + 0.2) for char in once]
    assert undoubled(page(once, twice)).chars == tuple(once)
    narrow = chars("11", 0, 0, size=3, step=0.8)
    assert undoubled(page(narrow)).chars == tuple(narrow)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_as_an_upright_one_and_its_boxes_lie_where_they_are_shown(angle: int) -> None:
    turned = {
        90: [Char("a", 10, 700, 20, 705, 90), Char("b", 10, 695, 20, 700, 90)],
        180: [Char("a", 500, 10, 505, 20, 180), Char("b", 495, 10, 500, 20, 180)],
        270: [Char("a", 500, 10, 510, 15, 270), Char("b", 500, 15, 510, 20, 270)],
    }[angle]
    (line,) = sheet_of(straight(page(turned))).lines
    assert line.text == "ab"
    assert line.shown == (
        min(char.x0 for char in turned),
        min(char.top for char in turned),
        max(char.x1 for char in turned),
        max(char.bottom for char in turned),
    )


def test_letters_aslant_are_dropped() -> None:
    slanted = [Char("密", 100, 100, 160, 160, 40)] * 3
    assert [char.text for char in straight(page(chars("ab", 0, 0), slanted)).chars] == ["a", "b"]


def test_a_label_that_runs_up_or_down_in_its_cell() -> None:
    up = [Char("总", 0, 20, 10, 30, 90), Char("计", 0, 10, 10, 20, 90)]
    down = [Char("总", 0, 10, 10, 20, 270), Char("计", 0, 20, 10, 30, 270)]
    assert (cell_text(up, 12), cell_text(down, 12)) == ("总计", "总计")


def row(top: float, figures: dict[int, str]) -> list[Char]:
    return chars("label", 0, top) + [char for at, text in figures.items() for char in chars(text, 100 + 40 * at, top)]


def rows_of(*rows: list[Char]) -> list[tuple[str, list[str]]]:
    return [(line.label, [mark.text for mark in line.marks]) for line in sheet_of(page(*rows)).lines]


FULL = dict.fromkeys(range(7), "10")


def test_a_blank_among_columns_that_full_rows_show() -> None:
    found = rows_of(row(100, FULL), row(120, {0: "1", 6: "3"}), row(140, FULL), row(160, FULL))
    assert found[1] == ("label", ["1", "", "", "", "", "", "3"])


@pytest.mark.parametrize(
    "doubtful",
    [
        pytest.param([row(100, FULL), row(120, {0: "1"}), row(140, FULL)], id="too few full rows"),
        pytest.param([row(at, FULL) for at in (100, 120, 140)] + [row(160, {0: "1", 6: "3"})], id="below the table"),
        pytest.param([row(100, FULL), chars("12", 130, 120), row(140, FULL), row(160, FULL)], id="between two columns"),
    ],
)
def test_blanks_are_not_guessed(doubtful: list[list[Char]]) -> None:
    assert all("" not in marks for _, marks in rows_of(*doubtful))


def test_a_row_alone_on_its_page_is_closed_at_its_open_sides() -> None:
    inner = [Rule(x, 0, 20) for x in (20, 40, 60, 80)]
    _, uprights = closed([Rule(0, 0, 100), Rule(20, 0, 100)], inner)
    assert sorted(rule.at for rule in uprights) == [0, 20, 40, 60, 80, 100]


def two_by_two(*texts: list[Char], strokes: Sequence[Rule] = ()) -> Sheet:
    levels = (*(Rule(y, 0, 100) for y in (0, 20, 40)), *strokes)
    return printed(page(*texts, levels=levels, uprights=tuple(Rule(x, 0, 40) for x in (0, 50, 100))))


def test_figures_printed_over_each_other_are_no_figure() -> None:
    for shift in (0, 1.5, 2.2, 2.8):
        sheet = two_by_two(chars("a", 5, 5), chars("2102", 60, 5), chars("45", 65 + shift, 5))
        said = texts(sheet)[0][0][1]
        assert " " in said
        assert read_count(said) == (None, "text")


@pytest.mark.parametrize(("top", "sure"), [(5, True), (12, True), (14.5, False), (15.5, False), (17, True)])
def test_a_figure_that_a_level_rule_runs_through_is_nobody_s(top: float, sure: bool) -> None:
    (table,) = two_by_two(chars("a", 5, 5), chars("b", 5, 25), chars("12", 60, top)).tables
    assert [row[1].sure for row in table.grid.rows] == [sure, sure]
    assert [row[1].text for row in table.grid.rows] == (["12", ""] if top < 15 else ["", "12"])


@pytest.mark.parametrize(
    ("stroke", "sure"),
    [
        (Rule(9.5, 58, 72), False),
        (Rule(8.0, 64, 72), False),
        # Under the figure, over it, beside it.
        (Rule(13.8, 58, 72), True),
        (Rule(5.2, 58, 72), True),
        (Rule(9.5, 75, 90), True),
    ],
)
def test_a_figure_that_is_struck_out_is_not_believed(stroke: Rule, sure: bool) -> None:
    (table,) = two_by_two(chars("a", 5, 5), chars("12", 60, 5), chars("b", 5, 25), strokes=[stroke]).tables
    assert [(cell.text, cell.sure) for cell in table.grid.rows[0]] == [("a", True), ("12", sure)]
