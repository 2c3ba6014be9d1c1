"""What is quick for ordinary pages gives what the plain way gives: on pages made at random, by seed, and on PDFs."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import Counter
from dataclasses import astuple
from io import BytesIO
from itertools import pairwise
from random import Random

import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.document import Grid, GridCell
from parsers.formats import pdfium_chars, pdfium_rules
from parsers.formats.pdfium import opened, pages_of
from parsers.formats.pdfium_frame import frame_of
from parsers.geometry import columns, joining, tables, text
from parsers.geometry.doubles import _is_first, undoubled
from parsers.geometry.drawn import cut_runs, drawn_boxes, find
from parsers.geometry.lattice import Lattice, lattice
from parsers.geometry.lines import lines_of
from parsers.geometry.page import SNAP, Box, Char, Page, Rule
from parsers.geometry.placing import Tried, place
from parsers.geometry.strokes import closed, joined, meeting
from tests.parsers.hard_pdfs import Traits, hard_pdf
from tests.parsers.pdfs import Sheet
from tests.parsers.random_pages import orderly_page, random_page
from tests.replica.figures import recorded

SEEDS = range(0, 60, 15)
FIGURES = recorded("hongqi-2024")
by_seed = pytest.mark.parametrize("seed", SEEDS)


def pages(seed: int) -> list[Page]:
    """Pages of this seed and those after it."""
    return [random_page(Random(each)) for each in range(seed, seed + 15)]  # noqa: S311 not for secrets


def lattices(page: Page) -> list[Lattice]:
    groups = meeting(joined(page.levels), joined(page.uprights))
    made = [lattice(*closed(*group)) for group in groups if group[1]]
    return [each for each in made if each is not None]


@by_seed
def test_lines(seed: int) -> None:
    for page in pages(seed):
        assert [list(map(id, line)) for line in lines_of(page.chars)] == [
            list(map(id, line)) for line in _lines(page.chars)
        ]


def _lines(chars: tuple[Char, ...] | list[Char]) -> list[list[Char]]:
    found = sorted(chars, key=lambda char: char.x0)
    if found and all(char.top == found[0].top for char in found):
        return [found]
    lines: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(found, key=lambda char: char.top + char.bottom):
        here, high = (char.top + char.bottom) / 2, char.bottom - char.top
        if lines and here - middle < 0.5 * max(high, height):
            lines[-1].append(char)
        else:
            lines.append([char])
            middle, height = here, high
    return [sorted(line, key=lambda char: char.x0) for line in lines]


@by_seed
def test_second_prints(seed: int) -> None:
    for page in pages(seed):
        kept: dict[tuple[str, int, int], list[Char]] = {}
        once = tuple(char for char in page.chars if _is_first(kept, char))
        assert undoubled(page).chars == once


@by_seed
def test_rules_that_meet(seed: int) -> None:
    for page in pages(seed):
        levels, uprights = joined(page.levels), joined(page.uprights)
        met = [{*map(id, one), *map(id, other)} for one, other in meeting(levels, uprights)]
        for level in levels:
            for upright in uprights:
                along = level.start - SNAP <= upright.at <= level.end + SNAP
                if along and upright.start - SNAP <= level.at <= upright.end + SNAP:
                    assert any({id(level), id(upright)} <= group for group in met)
        count = Counter(rule for group in met for rule in group)
        assert set(count.values()) <= {1}
        assert {id(level) for level in levels} <= count.keys()


@by_seed
def test_slots(seed: int) -> None:
    for page in pages(seed):
        for levels, uprights in meeting(joined(page.levels), joined(page.uprights)):
            made = lattice(*closed(levels, uprights))
            assert made is None or _is_whole(made, *closed(levels, uprights))


@by_seed
def test_merged_cells_that_are_rectangles(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [lattices(page) for page in pages(seed)]
    assert any(slot.rowspan > 1 and slot.colspan > 1 for each in made for one in each for slot in one.slots)
    monkeypatch.setattr("parsers.geometry.lattice._block", lambda *_: None)
    assert made == [lattices(page) for page in pages(seed)]


def _is_whole(made: Lattice, levels: list[Rule], uprights: list[Rule]) -> bool:
    """Is a slot's number on both sides of no rule, and on both sides where there is none?"""
    for row, top in enumerate(made.ys[:-1]):
        for column, left in enumerate(made.xs[:-1]):
            here = made.slot_at[row][column]
            x, y = (left + made.xs[column + 1]) / 2, (top + made.ys[row + 1]) / 2
            if column and _edge(uprights, made.xs, column, y) is False:
                assert made.slot_at[row][column - 1] == here
            if row and _edge(levels, made.ys, row, x) is False:
                assert made.slot_at[row - 1][column] == here
    numbers = [number for row in made.slot_at for number in row if number >= 0]
    return list(dict.fromkeys(numbers)) == list(range(len(made.slots)))


def _edge(rules: list[Rule], edges: tuple[float, ...], number: int, along: float) -> bool:
    on = [rule for rule in rules if bisect(edges, rule.at) - 1 == number]
    return any(rule.start <= along <= rule.end for rule in on)


@by_seed
def test_boxes_between_the_lines_as_drawn(seed: int) -> None:
    for page in pages(seed):
        for made in lattices(page):
            assert drawn_boxes(made, page) == tuple(_box(made.box_of(slot), page) for slot in made.slots)


def _box(box: Box, page: Page) -> Box:
    x0, top, x1, bottom = box
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return (
        _drawn(page.uprights, x0, y),
        _drawn(page.levels, top, x),
        _drawn(page.uprights, x1, y),
        _drawn(page.levels, bottom, x),
    )


def _drawn(rules: tuple[Rule, ...], near: float, along: float) -> float:
    ordered = sorted(rules)
    ats = [rule.at for rule in ordered]
    close = ordered[bisect_left(ats, near - 2 * SNAP) : bisect(ats, near + 2 * SNAP)]
    places = [rule.at for rule in close if rule.start <= along <= rule.end]
    return (places[0] + places[-1]) / 2 if places else near


@by_seed
def test_runs_that_a_border_cuts_and_the_cells_of_characters(seed: int) -> None:
    for page in pages(seed):
        made = [each for each in lattices(page) if len(each.xs) > 2]
        boxes = [drawn_boxes(each, page) for each in made]
        cut = [_cut(page, each) for each in boxes]
        assert cut == [cut_runs(page.lines, each) for each in boxes]
        tried = [Tried(*each) for each in zip(made, boxes, cut, strict=True)]
        outside = place(page.chars, tried)
        plain: list[dict[int, list[Char]]] = [{} for _ in made]
        left = [char for char in page.chars if not _placed(char, tried, plain)]
        assert outside == left
        assert [each.cells for each in tried] == plain


def _placed(char: Char, tried: list[Tried], cells: list[dict[int, list[Char]]]) -> bool:
    for table, inside in zip(tried, cells, strict=True):
        x = next(
            ((run[0].x0 + run[-1].x1) / 2 for run in reversed(table.cut) if any(char is each for each in run)),
            (char.x0 + char.x1) / 2,
        )
        slot = find(table.made, table.boxes, x, (char.top + char.bottom) / 2)
        if slot >= 0:
            inside.setdefault(slot, []).append(char)
            return True
    return False


def _cut(page: Page, boxes: tuple[Box, ...]) -> list[list[Char]]:
    borders = {x for box in boxes for x in box[::2]}
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    lines = [line for line in page.lines if top <= (line[0].top + line[0].bottom) / 2 < bottom]
    return [run for line in lines for run in text.runs_of(line) if _is_cut(run, borders)]


def _is_cut(run: list[Char], borders: set[float]) -> bool:
    slacks = [0.25 * (char.x1 - char.x0) for char in run]
    through = [(char.x0 + slack, char.x1 - slack) for char, slack in zip(run, slacks, strict=True)]
    digits = [pair for pair in pairwise(run) if all(char.text.isdigit() for char in pair)]
    between = [((one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2) for one, other in digits]
    return any(left < border < right for left, right in (*through, *between) for border in borders)


@by_seed
def test_texts_of_cells(seed: int) -> None:
    told: Counter[bool] = Counter()
    orderly = [orderly_page(Random(each), odd=True) for each in range(seed, seed + 15)]  # noqa: S311
    for page in (*pages(seed), *orderly):
        for made in lattices(page):
            tried = [Tried(made, drawn_boxes(made, page), [])]
            place(page.chars, tried)
            for chars in tried[0].cells.values():
                quick = text.text_at_once(chars)
                told[quick is not None] += 1
                if quick is not None:
                    (line,) = _lines(chars)
                    assert quick == _spaced(line)
    assert told[True] > 100


@pytest.mark.parametrize(("odd", "least"), [(False, 55), (True, 5)])
def test_pages_without_a_figure_over_a_border_or_near_another(odd: bool, least: int) -> None:
    told: Counter[bool] = Counter()
    for seed in range(60):
        page = orderly_page(Random(seed), odd)  # noqa: S311 not for secrets
        quick = tables._at_once(page)
        told[quick is not None] += 1
        assert quick is None or _plain(quick) == _plain(tables.sheet_of(undoubled(page)))
    assert told[True] >= least
    assert not odd or told[False] > told[True]


def _plain(sheet: tables.Sheet) -> tuple[object, ...]:
    """What is compared by identity, by its parts."""
    cells = [[astuple(cell) for cell in table.grid.cells] for table in sheet.tables]
    edges = [(table.page, table.box, table.xs, table.at_top, table.at_bottom) for table in sheet.tables]
    return sheet.lines, cells, edges, sheet.height


@by_seed
def test_words_set_apart(seed: int) -> None:
    for page in pages(seed):
        for line in page.lines:
            assert text.spaced(line) == _spaced(line)


def _spaced(line: list[Char]) -> str:
    said = line[0].text
    for before, char in pairwise(line):
        high, higher = before.bottom - before.top, char.bottom - char.top
        digits = before.text.isdigit() and char.text.isdigit()
        over = digits and char.x0 - before.x0 < 0.45 * (before.x1 - before.x0)
        apart = over or char.x0 - before.x1 > text.WORD_GAP * higher
        said += " " * (apart or (digits and min(high, higher) < 0.75 * max(high, higher))) + char.text
    return said


@by_seed
def test_lines_that_may_end_with_figures(seed: int) -> None:
    for page in pages(seed):
        for line in page.lines:
            if columns._figures_at_end(columns._tokens(line)):
                assert columns._LAST.fullmatch(line[-1].text)


@by_seed
def test_rows_that_are_repeated(seed: int) -> None:
    random = Random(seed)  # noqa: S311 not for secrets
    for _ in range(100):
        upper, lower = _grid(random), _grid(random)
        same = 0
        for above, below in zip(upper.rows, lower.rows, strict=False):
            texts = ["".join(cell.text.split()) for cell in above]
            if texts != ["".join(cell.text.split()) for cell in below] or any(map(str.isdigit, "".join(texts))):
                break
            same += 1
        assert joining._repeated_rows(upper, lower) == same
        assert joining._height(upper) == len(upper.rows)


def _grid(random: Random) -> Grid:
    cells = []
    for row in range(random.randint(0, 4)):
        down, texts = random.choice((1, 1, 1, 2)), random.choice((("a", "b "), ("a", "b"), ("a", " b"), ("1", "b")))
        cells += [GridCell(words, row, column, down) for column, words in enumerate(texts)]
    random.shuffle(cells)
    return Grid(tuple(cells))


def odd_letters() -> bytes:
    """Letters beyond 65,536, ligatures, unusual spaces, large and turned ones: each on a page of its own."""
    sheet = Sheet()
    for odd in ("𠮷𠀋田", "a\u2003b", "ﬁn", "年-\n度", "ab\u00adc", "", " "):
        sheet.write(60, 100, f"甲{odd}1 2")
        sheet.next_page()
    sheet.write(60, 100, "大", 60)
    sheet.next_page()
    sheet.write(-5, 100, "半在页外1")
    sheet.next_page()
    sheet.canvas.rotate(3)
    sheet.write(60, 100, "几乎平1")
    return sheet.bytes()


def many_letters() -> bytes:
    """More letters on a page than are asked for at once."""
    sheet = Sheet()
    for row in range(60):
        sheet.write(20, 20 + 12 * row, f"{row} " * 20)
    return sheet.bytes()


def cropped() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 300), invariant=1)
    canvas.setCropBox((50, 60, 250, 240))
    for row in range(30):
        canvas.drawString(10, 10 * row, "0 1 22 333 4444 55555 666666 7777777 88888888 999999999 0")
    canvas.save()
    return out.getvalue()


HARD = {
    "plain": Traits(),
    "labels run up": Traits(turned_heads=True),
    "twice": Traits(twice=True),
    "watermark": Traits(watermark=True),
    "upside down": Traits(turn=180),
}
FILES = {name: hard_pdf(FIGURES, traits) for name, traits in HARD.items()}
FILES |= {"odd letters": odd_letters(), "many letters": many_letters(), "cropped": cropped()}


@pytest.mark.parametrize("name", HARD)
def test_rules_of_one_stroke(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = list(pages_of(FILES[name], name))
    assert any(page.levels and page.uprights for page in quick)
    monkeypatch.setattr("parsers.formats.pdfium_rules._one_line", pdfium_rules._pairs)
    assert quick == list(pages_of(FILES[name], name))


@pytest.mark.parametrize("angle", [-1.0, 0.0, float("nan"), float("inf")])
def test_an_angle_that_is_no_number_is_an_unknown_one(angle: float) -> None:
    assert [pdfium_chars._degrees(angle, rotation) for rotation in (0, 90, 180, 270)] == [0, 270, 180, 90]


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_page_with_such_an_angle_is_read(rotation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    file = hard_pdf(FIGURES, Traits(rotate=rotation))
    plain = list(pages_of(file, "plain"))
    monkeypatch.setattr(pdfium_chars, "_ANGLE", lambda *_: float("nan"))
    assert list(pages_of(file, "odd")) == plain


@pytest.mark.parametrize("name", FILES)
def test_characters_at_once(name: str) -> None:
    told: Counter[bool] = Counter()
    with opened(FILES[name], name) as (document, count):
        for number in range(count):
            page = pdfium.FPDF_LoadPage(document, number)
            frame, letters = frame_of(page), pdfium.FPDFText_LoadPage(page)
            asked = letters, pdfium.FPDFText_CountChars(letters), frame, name
            quick = pdfium_chars._at_once(*asked)
            told[quick is not None] += 1
            plain = pdfium_chars._on_page(pdfium_chars._one_by_one(*asked), frame)
            assert quick is None or quick == plain
            assert pdfium_chars.chars_of(page, frame, name) == plain
            pdfium.FPDFText_ClosePage(letters)
            pdfium.FPDF_ClosePage(page)
    assert told[True] or name in ("labels run up", "upside down", "watermark")
