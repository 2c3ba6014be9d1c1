"""Statistics tables of reports before 2019, read as (label, unit, column, cell) from any grid that has such columns.

There was no one form: 统计指标｜单位｜统计数 (about 2014 to 2018), 指标名称｜计量单位｜2016年度｜历年累计 and others.
So a header is known by its kinds of columns, and nothing is made of a row's meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.cells import unreadable
from parsers.document import Document, Grid, GridCell
from parsers.labels import bare, key
from parsers.numbers import empty_kind, read_count, read_decimal
from parsers.report import Cell, LegacyFigure, Problem

_LABEL = re.compile(r"统计指标|指标(?:名称)?|统计项目|项目(?:名称)?|统计内容|内容|类别|名称")
_UNIT = re.compile(r"(?:计量|统计)?单位")
_CODE = re.compile(r"代码|序号|编号|指标代码")
_FIGURE = re.compile(
    r"统计(?:数|数据|数量|结果|值)|数量|数值|数据|数目|总数|合计|本年度?|当年|上年度?|(?:本年度?|当年|历年|总)?累计数?|本年度?数|"
    r"(?:20\d\d年?度?(?:统计)?数?|20\d\d年度?(?:统计)?(?:数据|数量)?)|截至.{0,12}累计"
)
_REMARK = re.compile(r"[(（](?:单位[:：])?(件|条|次|篇|个|人|人次|份|元|万元|项|处)[)）]$")


@dataclass(frozen=True)
class Columns:
    """One table's columns: spans (first column, the one after the last) of labels, unit and figures with headers."""

    labels: tuple[int, int]
    unit: tuple[int, int] | None
    figures: tuple[tuple[int, int, str], ...]


def read_legacy(document: Document) -> tuple[list[LegacyFigure], list[Problem]]:
    """Every figure of the statistics tables in document order, and the rows that could not be told apart."""
    figures: list[LegacyFigure] = []
    problems: list[Problem] = []
    layout: list[Columns] = []
    width, row = 0, 0
    for grid in (block for block in document.blocks if isinstance(block, Grid)):
        # A table goes on in the next grid (the next page) where that has as many columns and no header.
        layout = layout if grid.width == width else []
        width = grid.width
        for number, cells in enumerate(grid.rows):
            begun = [cell for cell in cells if cell.row == number]
            header = columns_of(begun)
            if header:
                layout = header
                continue
            for columns in layout:
                found = _row(grid, cells, begun, columns, row + 1)
                if found is None:
                    label = bare("".join(cell.text for cell in begun))
                    problems.append(
                        Problem(
                            "row_not_aligned", f"statistics table: the cells of a row cannot be told apart: {label}"
                        )
                    )
                elif found:
                    row += 1
                    figures += found
    return figures, problems


def columns_of(cells: Sequence[GridCell]) -> list[Columns]:
    """The tables that a header row opens, side by side; none where these cells are no header."""
    tables: list[Columns] = []
    start: int | None = None
    unit: tuple[int, int] | None = None
    end = 0
    figures: list[tuple[int, int, str]] = []

    def close() -> None:
        if start is not None and figures:
            tables.append(Columns((start, end), unit, tuple(figures)))

    for cell in cells:
        text = key(cell.text)
        if _LABEL.fullmatch(text) and (start is None or figures):
            close()
            start, end, unit, figures = cell.column, cell.end, None, []
        elif start is None or not text:
            end = cell.end if start is not None and unit is None and not figures else end
        elif _UNIT.fullmatch(text):
            unit = (cell.column, cell.end)
        elif _FIGURE.fullmatch(text):
            figures.append((cell.column, cell.end, bare(cell.text)))
        elif not _CODE.fullmatch(text) and not figures:
            return []
    close()
    return tables


def _row(
    grid: Grid, cells: Sequence[GridCell], begun: Sequence[GridCell], columns: Columns, number: int
) -> list[LegacyFigure] | None:
    """The figures of one row; empty for a heading, None where cells do not stand under their columns."""
    labels = _under(cells, columns.labels)
    label = " ".join(text for cell in labels if (text := bare(cell.text)))
    printed = [_under(begun, (start, end)) for start, end, _ in columns.figures]
    if not label or not any(printed) or _is_heading(labels, columns):
        return []
    if any(len(cells) > 1 or (cells and cells[0] in labels) for cells in printed):
        return None
    if not grid.fixed and len(begun) < len(columns.figures) + 1 + (columns.unit is not None):
        # Tabs made these columns: a row with fewer cells may have lost one anywhere.
        return None
    unit_cells = _under(cells, columns.unit) if columns.unit else []
    unit = bare(unit_cells[0].text) if len(unit_cells) == 1 else ""
    remark = _REMARK.search(label)
    unit = "" if empty_kind(unit) else unit
    made = [
        LegacyFigure(number, label, unit or (remark[1] if remark else None), header or None, _cell(found[0], unit))
        for found, (_, _, header) in zip(printed, columns.figures, strict=True)
        if found
    ]
    is_section = columns.unit is not None and not unit and all(figure.cell.kind != "number" for figure in made)
    return [] if is_section else made


def _is_heading(labels: Sequence[GridCell], columns: Columns) -> bool:
    """Does a label run on over the figures, as headings do?"""
    first = columns.figures[0][0]
    return any(cell.end > first for cell in labels)


def _under(cells: Sequence[GridCell], span: tuple[int, int]) -> list[GridCell]:
    return [cell for cell in cells if cell.column < span[1] and cell.end > span[0]]


def _cell(cell: GridCell, unit: str) -> Cell:
    """The cell as printed: a count, or an amount (a Decimal) where it has a fraction or the row's unit is money."""
    raw = cell.text.strip()
    if not cell.sure:
        return unreadable(cell)
    count, kind = read_count(raw)
    amount, own = read_decimal(raw)
    if kind not in ("number", "text"):
        return Cell(None, kind, raw, cell.place)
    if amount is not None and own in ("", unit) and (count is None or unit.endswith("元")):
        return Cell(amount, "number", raw, cell.place)
    return Cell(count, kind, raw, cell.place)
