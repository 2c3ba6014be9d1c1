"""What offices make of the form's labels and rows. Figures stay what they are; some rows go, some are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.matrix.layout import cells_in, from_placed, matching, placed, with_row, without_row
from tests.replica.grids import Box, Grid, respell
from tests.replica.statutory import GROUPS, OTHER_GROUP
from tests.replica.story import as_it_is

LOCAL_ROWS = ("其他主动公开文件", "9.属于工作秘密")
MISSING_ROW = "3.要求提供公开出版物"
_LEAVES = {label: code for group in (*GROUPS, OTHER_GROUP) for code, label in group.leaves}
_MISSPELT = {
    "现行有效件数": "先行有效件数",
    "本年废止件数": "本年废纸件数",
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "4.无正当理由大量反复申请": "4.无正当理由大量返复申请",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或从新出具以获取信息",
    "一、本年新收政府信息公开申请数量": "一、本年新收政府信息公开申请数",
    "四、结转下年度继续办理": "四、结转下年继续办理",
    "8.属于行政查询事项": "8.属于行政查询事顶",
    "社会公益组织": "社会公益组识",
    "其他对外管理服务事项": "其他对外管理服务事顶",
}
_PUNCTUATED = {
    "2.其他法律行政法规禁止公开": "2.其他法律、行政法规禁止公开",
    "3.危及“三安全一稳定”": "3、危及'三安全一稳定'",
    "1.属于国家秘密": "1、属于国家秘密：",
    "（七）总计": "（七）、总计：",
    "三、本年度办理结果": "三 . 本年度办理结果：",
    "（一）予以公开": "(一)、予以公开",
    "本年增/减": "本年增／减",
    "规章": "规章：",
}
_INSTRUCTED = {
    "1.重复申请": "1.重复申请（填写说明：同一申请人就同一内容）",
    "6.属于四类过程性信息": "6.属于四类过程性信息（讨论记录、过程稿、磋商信函、请示报告）",
    "行政许可": "行政许可（件）",
    "（一）予以公开": "（一）予以公开（含部分由他人代领的）",
    "二、上年结转政府信息公开申请数量": "二、上年结转政府信息公开申请数量（件）",
}


@dataclass(frozen=True)
class Wording:
    """A way to print the form. `rewrite` changes a table; `gone` are the paths (beginnings) that it leaves out.

    `local` are labels of rows that no form has; `lacks` is true where a row that must be there is not, and the
    report so is partial. In rows that begin with `shaky` a blank cell may look like one that is not there.
    """

    rewrite: Callable[[Grid], Grid] = as_it_is
    gone: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    lacks: bool = False
    shaky: tuple[str, ...] = ()


def _relabelled(labels: Mapping[str, str]) -> Callable[[Grid], Grid]:
    return lambda grid: _each_label(grid, lambda label: labels.get(label, label))


def _each_label(grid: Grid, how: Callable[[str], str]) -> Grid:
    rows = (tuple(box if box.path else replace(box, text=how(box.text)) for box in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _respelt(spelling: str) -> Callable[[Grid], Grid]:
    return lambda grid: _each_label(grid, lambda label: respell(label, spelling))


def _unnumbered(label: str) -> str:
    """Leaves without their number, but for the last, which would say nothing."""
    return label[2:] if label in _LEAVES and label[1] == "." and label != "3.其他" else label


def _without_regulations(grid: Grid) -> Grid:
    return without_row(grid, "规章") if grid.name == "proactive" and cells_in(grid, "规章") else grid


def _without_publications(grid: Grid) -> Grid:
    return without_row(grid, MISSING_ROW) if grid.name == "requests" else grid


def _with_local_rows(grid: Grid) -> Grid:
    if grid.name == "proactive" and cells_in(grid, "规章"):
        return with_row(grid, _stock_label(grid), [Box(LOCAL_ROWS[0]), Box("41"), Box("0"), Box("43")])
    if grid.name == "requests":
        return with_row(grid, "8.属于行政查询事项", [Box(LOCAL_ROWS[1]), *(Box(str(9001 + at)) for at in range(7))])
    return grid


def _stock_label(grid: Grid) -> str:
    return "规范性文件" if cells_in(grid, "规范性文件") else "行政规范性文件"


def _with_notes(grid: Grid) -> Grid:
    """A note below tables two and three."""
    note = (Box("注：1.本表由2个科室汇总；2.统计到12月31日为止。", cols=grid.width),)
    return replace(grid, rows=(*grid.rows, note)) if grid.name != "disputes" else grid


def _with_header_again(grid: Grid) -> Grid:
    """The header of table three once more in its middle, as a page break leaves it."""
    if grid.name != "requests":
        return grid
    return _cut_in_two(grid, grid.rows[: grid.header])


def _with_outer_twice(grid: Grid) -> Grid:
    """三、本年度办理结果 printed twice: each page has a part of its own."""
    return _cut_in_two(grid, ()) if grid.name == "requests" else grid


def _cut_in_two(grid: Grid, between: tuple[tuple[Box, ...], ...]) -> Grid:
    """Rows put in before the group （四）; the label over both halves printed in each."""
    boxes = placed(grid)
    cut = next(row for (row, _), box in boxes.items() if matching(box.text, "（四）无法提供"))
    found: dict[tuple[int, int], Box] = {}
    for (row, column), box in boxes.items():
        if row < cut < row + box.rows:
            found[row, column] = replace(box, rows=cut - row)
            found[cut + len(between), column] = replace(box, rows=row + box.rows - cut)
        else:
            found[row if row < cut else row + len(between), column] = box
    for (row, column), box in placed(replace(grid, rows=between)).items() if between else ():
        found[cut + row, column] = box
    return from_placed(grid, found)


def _with_shifted_rows(grid: Grid) -> Grid:
    """（七）总计 one column to the left, an empty cell behind its figures: it lost a label's column."""
    if grid.name != "requests":
        return grid
    rows = list(grid.rows)
    for at, row in enumerate(rows):
        labels = [box for box in row if not box.path]
        if len(labels) == 1 and labels[0].text == "（七）总计" and labels[0].cols == 2:
            rows[at] = (Box("（七）总计"), *row[1:], Box(""))
    return replace(grid, rows=tuple(rows))


def _with_groups_in_leaves(grid: Grid) -> Grid:
    """No merged label （三） to （六）: it is printed in the same cell as the first of its leaves."""
    if grid.name != "requests":
        return grid
    found = placed(grid)
    for (row, column), box in list(found.items()):
        if column == 1 and box.cols == 1 and not box.path:
            for down in range(box.rows):
                leaf = found.pop((row + down, 2))
                found[row + down, 1] = Box((f"{box.text} " if down == 0 else "") + leaf.text, cols=2)
    return from_placed(grid, found)


WORDINGS: dict[str, Wording] = {
    "statutory": Wording(),
    "half-width": Wording(_respelt("halfwidth")),
    "spaced": Wording(_respelt("spaced")),
    "alias": Wording(_respelt("alias")),
    "misspelt": Wording(_relabelled(_MISSPELT)),
    "punctuated": Wording(_relabelled(_PUNCTUATED)),
    "instructed": Wording(_relabelled(_INSTRUCTED)),
    "unnumbered": Wording(lambda grid: _each_label(grid, _unnumbered)),
    "no-regulations": Wording(_without_regulations, gone=("proactive.regulations",)),
    "missing-row": Wording(_without_publications, gone=("requests.refused_publication.",), lacks=True),
    "local-rows": Wording(_with_local_rows, local=LOCAL_ROWS),
    "notes": Wording(_with_notes),
    "header-again": Wording(_with_header_again),
    "outer-twice": Wording(_with_outer_twice),
    "shifted-rows": Wording(_with_shifted_rows, shaky=("requests.",)),
    "groups-in-leaves": Wording(_with_groups_in_leaves),
}
