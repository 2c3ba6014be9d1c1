"""Whole reports as PDF with the traits that make real files hard to read, each cell drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.parsers.pdfs import FONT
from tests.replica.figures import Figures
from tests.replica.grids import Box, Grid, disputes_grid, proactive_grids, requests_grid
from tests.replica.render_pdf import FONT_FILE
from tests.replica.story import as_it_is

WIDTH, HEIGHT = A4
SIZE = 8.0
_LEADING = 10.0
_LEFT = 60.0
_TOP, _BOTTOM = 70.0, HEIGHT - 70.0
_WIDTHS = {"proactive": [130.0, 110.0, 110.0, 110.0], "requests": [40.0, 60.0, 125.0, *[36.0] * 7]}
_WIDTHS["disputes"] = [32.0] * 15


@dataclass(frozen=True)
class Traits:
    """How a report is drawn.

    `rules`: all, levels (no upright ones) or none. `sides`: the outer upright rules. `turn`: the content runs up (90),
    down (270) or upside down (180); `rotate` is the page's own /Rotate. `twice`: every text is drawn twice.
    `repeat`: the header of table three again on its next page. `standing`: labels of the columns one letter a line.
    `turned_heads`: labels of the columns run up. `cut`: a page break runs through a row's label.
    """

    rules: str = "all"
    sides: bool = True
    turn: int = 0
    rotate: int = 0
    twice: bool = False
    repeat: bool = False
    standing: bool = False
    turned_heads: bool = False
    cut: bool = False
    watermark: bool = False


def hard_pdf(
    figures: Figures, traits: Traits, compress: bool = True, rewrite: Callable[[Grid], Grid] = as_it_is
) -> bytes:
    """A report of 青石县 for 2024 (2019 under the form of that year) with these figures."""
    drawing = _Drawing(traits, compress)
    year = 2019 if figures.form == "2019" else 2024
    drawing.text(f"青石县{year}年政府信息公开工作年度报告", 14)
    drawing.text(f"本报告按照《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自{year}年1月1日起，")
    drawing.text(f"至{year}年12月31日止。")
    drawing.text("一、总体情况")
    drawing.text("全年的公开工作按计划做完，网站上登了300条信息。")
    drawing.text("二、主动公开政府信息情况")
    for grid in proactive_grids(figures, separate=False):
        drawing.table(rewrite(grid))
    drawing.text("三、收到和处理政府信息公开申请情况")
    drawing.table(rewrite(requests_grid(figures)))
    drawing.text("四、政府信息公开行政复议、行政诉讼情况")
    drawing.table(rewrite(disputes_grid(figures)))
    drawing.text("五、存在的主要问题及改进情况")
    drawing.text("栏目更新得慢，明年改进。")
    drawing.text("六、其他需要报告的事项")
    drawing.text("没有收取信息处理费。")
    return drawing.bytes()


Placed = dict[tuple[int, int], Box]


class _Drawing:
    def __init__(self, traits: Traits, compress: bool) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE), subfontIndex=0))
        self.traits = traits
        self.out = BytesIO()
        # The page lies on its side when its content runs up or down; reportlab turns it once more when it is rotated.
        aside = (traits.turn in (90, 270)) != (traits.rotate in (90, 270))
        size = (HEIGHT, WIDTH) if aside else A4
        self.canvas = Canvas(self.out, pagesize=size, invariant=1, pageCompression=int(compress))
        self.page = 0
        self._begin()

    def _begin(self) -> None:
        self.page += 1
        self.y = _TOP
        turn = self.traits.turn
        if self.traits.rotate:
            self.canvas.setPageRotation(self.traits.rotate)
        if turn == 90:
            self.canvas.transform(0, 1, -1, 0, HEIGHT, 0)
        elif turn == 270:
            self.canvas.transform(0, -1, 1, 0, 0, WIDTH)
        elif turn == 180:
            self.canvas.transform(-1, 0, 0, -1, WIDTH, HEIGHT)
        if self.traits.watermark:
            self.canvas.saveState()
            self.canvas.translate(120, 200)
            self.canvas.rotate(40)
            self.write(0, HEIGHT - 60, "内部资料2024", 60)
            self.canvas.restoreState()

    def _end(self) -> None:
        self.write(WIDTH / 2 - 6, HEIGHT - 45, f"-{self.page}-")
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self._end()
        self.canvas.save()
        return self.out.getvalue()

    def write(self, x: float, top: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - top - size, text)
        if self.traits.twice:
            self.canvas.drawString(x + 0.4, HEIGHT - top - size, text)

    def text(self, line: str, size: float = 11.0) -> None:
        if self.y + size > _BOTTOM:
            self._end()
            self._begin()
        self.write(_LEFT, self.y, line, size)
        self.y += size + 8

    def table(self, grid: Grid) -> None:
        edges = [_LEFT]
        for width in _WIDTHS[grid.name]:
            edges.append(edges[-1] + width)
        placed = _placed(grid)
        heights = self._heights(grid, placed, edges)
        start = 0
        while start < len(heights):
            repeated = list(range(grid.header)) if start and self.traits.repeat else []
            space = _BOTTOM - self.y - sum(heights[row] for row in repeated)
            end = start
            while end < len(heights) and sum(heights[start : end + 1]) <= space:
                end += 1
            cut = 0.0
            if end < len(heights) and self.traits.cut and len(self._lines(placed, end, edges)) > 1:
                cut = _LEADING + 2
            if end > start:
                self._part(repeated, start, end, placed, heights, edges, cut)
            if end < len(heights):
                self._end()
                self._begin()
                if cut:
                    heights[end] -= _LEADING
            start = end
        self.y += 14

    def _lines(self, placed: Placed, row: int, edges: list[float]) -> list[str]:
        """The lines of the last label of a row."""
        labels = [(column, box) for (at, column), box in placed.items() if at == row and not box.path]
        column, box = max(labels, key=lambda label: label[0])
        return _wrapped(box.text, edges[column + box.cols] - edges[column])

    def _heights(self, grid: Grid, placed: Placed, edges: list[float]) -> list[float]:
        heights = [_LEADING + 6] * len(grid.rows)
        for (row, column), box in placed.items():
            lines = len(self._cell_lines(row < grid.header, box, edges[column + box.cols] - edges[column]))
            if box.rows == 1:
                heights[row] = max(heights[row], lines * _LEADING + 6)
        if self.traits.turned_heads and grid.name != "proactive":
            heights[grid.header - 1] = 60
        return heights

    def _cell_lines(self, head: bool, box: Box, width: float) -> list[str]:
        if head and self.traits.standing and box.cols == 1 and not box.path:
            return list(box.text)
        return _wrapped(box.text, width)

    def _part(
        self,
        repeated: list[int],
        start: int,
        end: int,
        placed: Placed,
        heights: list[float],
        edges: list[float],
        cut: float,
    ) -> None:
        rows = [*repeated, *range(start, end)]
        ys = [self.y]
        for row in rows:
            ys.append(ys[-1] + heights[row])
        for (row, column), box in placed.items():
            covered = [at for at, shown in enumerate(rows) if row <= shown < row + box.rows]
            if covered:
                top, bottom = ys[covered[0]], ys[covered[-1] + 1]
                first = rows[covered[0]] == row
                self._cell(row, column, box, (edges[column], top, edges[column + box.cols], bottom), edges, first)
        self.y = ys[-1]
        if cut:
            self._cut_row(end, placed, edges, cut)

    def _cut_row(self, row: int, placed: Placed, edges: list[float], height: float) -> None:
        """The upper half of a row: its label's first line and no figures; the rest stands on the next page."""
        for (at, column), box in list(placed.items()):
            if at > row or row >= at + box.rows:
                continue
            x0, x1 = edges[column], edges[column + box.cols]
            self._rules(x0, self.y, x1, self.y + height, edges)
            if at == row and not box.path and box.rows == 1:
                first, *rest = _wrapped(box.text, x1 - x0)
                self.write(x0 + 2, self.y + 2, first)
                placed[at, column] = Box("".join(rest), 1, box.cols)
        self.y += height

    def _cell(
        self,
        row: int,
        column: int,
        box: Box,
        place: tuple[float, float, float, float],
        edges: list[float],
        first: bool,
    ) -> None:
        x0, top, x1, bottom = place
        self._rules(x0, top, x1, bottom, edges)
        figures, header = {5: (4, 2), 11: (7, 3), 16: (15, 3)}[len(edges)]
        head = not box.path and column >= len(edges) - 1 - figures and row < header
        if not first or not box.text:
            return
        if self.traits.turned_heads and head and box.cols == 1 and len(edges) > 5:
            self.canvas.saveState()
            self.canvas.translate((x0 + x1) / 2 + SIZE / 2, HEIGHT - bottom + 3)
            self.canvas.rotate(90)
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawString(0, 0, box.text)
            self.canvas.restoreState()
            return
        lines = self._cell_lines(head, box, x1 - x0)
        y = (top + bottom) / 2 - len(lines) * _LEADING / 2 + 1
        for line in lines:
            width = pdfmetrics.stringWidth(line, FONT, SIZE)
            x = (x0 + x1 - width) / 2 if box.path or head else x0 + 2
            self.write(x, y, line)
            y += _LEADING

    def _rules(self, x0: float, top: float, x1: float, bottom: float, edges: list[float]) -> None:
        line = self.canvas.line
        if self.traits.rules != "none":
            for y in (top, bottom):
                line(x0, HEIGHT - y, x1, HEIGHT - y)
        if self.traits.rules == "all":
            for x in (x0, x1):
                if self.traits.sides or edges[0] < x < edges[-1]:
                    line(x, HEIGHT - top, x, HEIGHT - bottom)


def _wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for char in text:
        if pdfmetrics.stringWidth(lines[-1] + char, FONT, SIZE) > width - 4:
            lines.append("")
        lines[-1] += char
    return lines


def _placed(grid: Grid) -> Placed:
    return {(row, column): box for row, column, box in _places(grid)}


def _places(grid: Grid) -> Iterator[tuple[int, int, Box]]:
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            yield row, column, box
            taken |= {(row + down, column + right) for down in range(box.rows) for right in range(box.cols)}
