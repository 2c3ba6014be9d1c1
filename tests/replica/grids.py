"""The three statutory tables as grids of boxes, which HTML and PDF render alike."""

from __future__ import annotations

from dataclasses import dataclass

from tests.replica.figures import Figures
from tests.replica.statutory import (
    AFTER,
    APPLICANTS,
    BEFORE,
    CORNER_NOTE,
    GROUPS,
    ONE_ROW_OTHER,
    OTHER_GROUP,
    PROACTIVE,
    PROCESSED,
    RESULTS,
    ROUTES,
    TOTAL,
    Banner,
    Group,
)


@dataclass(frozen=True)
class Box:
    """A cell and how many rows and columns it takes; `path` is set where a figure stands."""

    text: str
    rows: int = 1
    cols: int = 1
    path: str | None = None


@dataclass(frozen=True)
class Grid:
    """Rows of boxes, each where it begins (what a span covers is left out), and the grid's width."""

    name: str
    width: int
    header: int
    rows: tuple[tuple[Box, ...], ...]


def proactive_grids(figures: Figures, separate: bool) -> list[Grid]:
    """Table two: one grid, or one for each of its parts."""
    parts = [(banner, _banner_rows(banner, figures)) for banner in PROACTIVE[figures.form]]
    if separate:
        return [Grid("proactive", 4, 2, tuple(rows)) for _, rows in parts]
    return [Grid("proactive", 4, 2, tuple(row for _, rows in parts for row in rows))]


def _banner_rows(banner: Banner, figures: Figures) -> list[tuple[Box, ...]]:
    """A part's rows, its last column widened to make four in all; a row with no printed cell is left out."""
    rows = [(Box(banner.banner, cols=4),), _widened([Box("信息内容"), *map(Box, banner.columns)])]
    for label, codes in banner.rows:
        paths = [f"proactive.{code}" for code in codes]
        if any(path in figures.cells for path in paths):
            rows.append(_widened([Box(label), *(_figure(figures, path) for path in paths)]))
    return rows


def _widened(row: list[Box]) -> tuple[Box, ...]:
    last = row[-1]
    return (*row[:-1], Box(last.text, last.rows, 5 - len(row), last.path))


def requests_grid(figures: Figures) -> Grid:
    """Table three: three label columns and seven figures."""
    labels = [label for _, label in APPLICANTS]
    rows: list[tuple[Box, ...]] = [
        (Box(CORNER_NOTE, rows=3, cols=3), Box("申请人情况", cols=7)),
        (Box(labels[0], rows=2), Box("法人或其他组织", cols=5), Box(labels[6], rows=2)),
        tuple(map(Box, labels[1:6])),
    ]
    rows += [(Box(label, cols=3), *_counts(figures, code)) for code, label in BEFORE]
    inner = _processed_rows(figures)
    rows.append((Box(PROCESSED, rows=len(inner)), *inner[0]))
    rows += inner[1:]
    rows.append((Box(AFTER[1], cols=3), *_counts(figures, AFTER[0])))
    return Grid("requests", 10, 3, tuple(rows))


def _processed_rows(figures: Figures) -> list[tuple[Box, ...]]:
    rows: list[tuple[Box, ...]] = []
    for group in GROUPS if figures.one_row_other else (*GROUPS, OTHER_GROUP):
        rows += _group_rows(group, figures)
    last = [ONE_ROW_OTHER, TOTAL] if figures.one_row_other else [TOTAL]
    return rows + [(Box(label, cols=2), *_counts(figures, code)) for code, label in last]


def _group_rows(group: Group, figures: Figures) -> list[tuple[Box, ...]]:
    if not group.label:
        return [(Box(label, cols=2), *_counts(figures, code)) for code, label in group.leaves]
    rows: list[tuple[Box, ...]] = [(Box(label), *_counts(figures, code)) for code, label in group.leaves]
    return [(Box(group.label, rows=len(rows)), *rows[0]), *rows[1:]]


def _counts(figures: Figures, outcome: str) -> list[Box]:
    return [_figure(figures, f"requests.{outcome}.{who}") for who, _ in APPLICANTS]


def disputes_grid(figures: Figures) -> Grid:
    """Table four: fifteen figures in one row."""
    return Grid(
        "disputes",
        15,
        3,
        (
            (Box("行政复议", rows=2, cols=5), Box("行政诉讼", cols=10)),
            (Box("未经复议直接起诉", cols=5), Box("复议后起诉", cols=5)),
            tuple(Box(label) for _ in ROUTES for _, label in RESULTS),
            tuple(_figure(figures, f"disputes.{route}.{result}") for route in ROUTES for result, _ in RESULTS),
        ),
    )


def _figure(figures: Figures, path: str) -> Box:
    return Box(figures.cells[path], path=path)


_HALF_WIDTH = str.maketrans({"（": "(", "）": ")", "，": ","})
_ALIASES = {
    "现行有效件数": "现有有效件数",
    "本年处理决定数量": "本年处理决定事项",
    "一、本年新收政府信息公开申请数量": "一、本年新收到政府信息公开申请数量",
    "2.其他法律行政法规禁止公开": "2.其他法律、行政法规禁止公开",
    "7.属于行政执法案卷": "7.属于行政执法案件",
}


def respell(label: str, spelling: str) -> str:
    """A label as a careless office prints it: statutory, halfwidth, spaced or alias."""
    if spelling == "halfwidth" and not label.startswith("第二十条"):
        return label.translate(_HALF_WIDTH).replace(".", ". ")
    if spelling == "spaced" and len(label) in (3, 4):
        return f"{label[:2]} {label[2:]}"
    if spelling == "alias":
        return _ALIASES.get(label, label)
    return label
