"""A report's cells laid out as the statutory form prints them, each with the way to its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from datasette.utils import parse_metadata

from nianbao_site.config import FOLDER
from nianbao_site.originals import PDF, TEXT_TYPES, shown_type

NUMBERING = re.compile(r"^(?:[一二三四五六]、|（[一二三四五六七]）|\d+\.)")
WORDING = re.compile(r"[^（，、“”,(]+")


@dataclass(frozen=True)
class Printed:
    """One cell as printed: raw text and kind, the link to its place, and what to say of the place."""

    code: str
    raw: str
    kind: str
    note: str | None
    href: str
    place: str


@dataclass(frozen=True)
class Line:
    """A row of a table: its label in both languages and its cells; a heading has none. None: not printed."""

    label: str
    label_en: str = ""
    code: str = ""
    cells: tuple[Printed | None, ...] = ()


@dataclass(frozen=True)
class Block:
    """One of the small tables of table two: banner, column heads, rows."""

    banner: str
    columns: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Source:
    """The file that the cells were read from."""

    sha256: str
    media_type: str

    def link(self, page: int | None, wording: str) -> str:
        """Address of a place: the page of a PDF; in a text, where this wording stands."""
        shown = shown_type(self.media_type)
        if shown == PDF and page is not None:
            return f"/originals/{self.sha256}#page={page}"
        if shown in TEXT_TYPES and wording:
            return f"/originals/{self.sha256}#:~:text={quote(wording)}"
        return f"/originals/{self.sha256}"


@cache
def layout() -> dict[str, Any]:
    """The content of forms.yaml."""
    content: dict[str, Any] = parse_metadata((FOLDER / "forms.yaml").read_text("utf-8"))
    return content


def wording(label: str) -> str:
    """The words of a row's label that are looked for in a text: no numbering, up to the first punctuation."""
    found = WORDING.match(NUMBERING.sub("", label.strip()))
    return found[0].strip() if found else ""


class Cells:
    """The printed cells of one report, by code."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], source: Source) -> None:
        self.rows = {row["code"]: row for row in rows}
        self.source = source

    def get(self, code: str, label: str) -> Printed | None:
        """The cell of this code; `label` is the row's, for finding its place in a text."""
        row = self.rows.get(code)
        if row is None:
            return None
        return Printed(
            code=code,
            raw=row["raw"],
            kind=row["kind"],
            note=row["note"],
            href=self.source.link(row["page"], wording(label)),
            place=_place(row),
        )

    def has(self, prefix: str) -> bool:
        """Whether any cell's code begins so."""
        return any(code.startswith(prefix) for code in self.rows)


def _place(row: Mapping[str, Any]) -> str:
    if row["page"] is None:
        return "原件中的位置 · its place in the original"
    place = f"原件第 {row['page']} 页 · page {row['page']} of the original"
    if row["x0"] is None:
        return place
    return f"{place} ({row['x0']:.0f}, {row['top']:.0f} – {row['x1']:.0f}, {row['bottom']:.0f} pt)"


def proactive_blocks(cells: Cells, form: str | None) -> list[Block]:
    """Table two. Without a known form, the layout that more of the cells belong to."""
    layouts = layout()["proactive"]
    if form not in layouts:
        form = max(layouts, key=lambda name: sum(f"proactive.{item}" in cells.rows for item in _items(layouts[name])))
    blocks = []
    for block in layouts[form]:
        lines = [
            Line(label, cells=tuple(cells.get(f"proactive.{item}", label) for item in items))
            for label, *items in block["rows"]
        ]
        if any(cell for line in lines for cell in line.cells):
            blocks.append(Block(block["banner"], block["columns"], lines))
    return blocks


def _items(blocks: list[dict[str, Any]]) -> list[str]:
    return [item for block in blocks for _, *items in block["rows"] for item in items]


def request_lines(cells: Cells, outcomes: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Table three: the rows that the document prints, in the form's order, under the form's headings."""
    lines: list[Line] = []
    heading = ""
    for row in outcomes:
        code = row["outcome"]
        if not cells.has(f"requests.{code}."):
            continue
        group, label = _group(row["label_zh"])
        if label.startswith("（一）"):
            lines.append(Line(layout()["processed"]))
        if group and group != heading:
            lines.append(Line(group))
        heading = group
        printed = tuple(cells.get(f"requests.{code}.{applicant}", label) for applicant in layout()["applicants"])
        lines.append(Line(label, row["label_en"].rpartition(": ")[2] if group else row["label_en"], code, printed))
    return lines


def _group(label: str) -> tuple[str, str]:
    """（三）不予公开：1.属于国家秘密 → its heading and its own label; a row without a heading has ""."""
    heading, colon, own = label.partition("：")
    return (heading, own) if colon else ("", label)


def dispute_lines(cells: Cells, routes: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Table four: one row per route, five results each."""
    return [
        Line(
            row["label_zh"],
            row["label_en"],
            row["route"],
            tuple(cells.get(f"disputes.{row['route']}.{result}", row["label_zh"]) for result in layout()["results"]),
        )
        for row in routes
        if cells.has(f"disputes.{row['route']}.")
    ]
