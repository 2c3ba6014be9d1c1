"""What changed: the latest revisions, one report's history, and the feed. Our own corrections stand apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from nianbao_site.config import archive_database
from nianbao_site.labels import Label

Row = dict[str, Any]

ATOM = "http://www.w3.org/2005/Atom"
LATEST = """
SELECT v.*, r.key, r.title, r.unit, r.year, r.last_seen, c.label_zh, c.label_en
FROM revisions v JOIN reports r ON r.id = v.report_id LEFT JOIN codes c ON c.code = v.what
WHERE v.cause = ? AND (? IS NULL OR v.report_id = ?) ORDER BY v.seen DESC, r.key, v.url, v.rowid LIMIT ?
"""
EVENTS = {
    "gone": Label("已从网站撤下，副本保留", "gone from the portal; the copy is kept"),
    "back": Label("又回到网站", "back on the portal"),
    "address": Label("换了网址", "at another address"),
    "document": Label("同一单位同一年度的另一份文件", "a second document for the same unit and year"),
    "file": Label("文件已换，两份都没有读出内容", "another file; nothing could be read in either"),
    "title": Label("标题", "title"),
    "signed": Label("落款日期", "date under the text"),
    "unit": Label("单位", "unit"),
    "year": Label("年度", "year"),
    "form": Label("格式", "form"),
}
SHOWN = 400


@dataclass(frozen=True)
class Line:
    """One changed cell or passage, or one event: what it is, and what stood and stands there."""

    what: str
    label: Label
    old: str | None
    new: str | None

    @property
    def is_event(self) -> bool:
        """Whether something happened to the report as a whole."""
        return self.what in ("gone", "back", "address", "document", "file")


@dataclass
class Change:
    """What was seen changed in one report at one time."""

    key: str
    name: str
    seen: str
    cause: str
    url: str | None
    portal: str | None
    parser_version: str | None
    lines: list[Line] = field(default_factory=list)


async def changes(datasette: Any, cause: str, *, report: int | None = None, limit: int = SHOWN) -> list[Change]:
    """The latest changes with this cause, newest first, the lines of one report and time together."""
    found = await archive_database(datasette).execute(LATEST, (cause, report, report, limit))
    rows = [dict(row) for row in found.rows]
    return [_change(list(group)) for _, group in groupby(rows, lambda row: (row["seen"], row["key"], row["url"]))]


def _change(rows: list[Row]) -> Change:
    first = rows[0]
    name = first["title"] or " ".join(str(part) for part in (first["unit"], first["year"]) if part) or first["key"]
    lines = [Line(row["what"], _label(row), row["old"], row["new"]) for row in rows]
    facts = {column: first[column] for column in ("key", "seen", "cause", "url", "portal", "parser_version")}
    return Change(name=name, lines=lines, **facts)


def _label(row: Row) -> Label:
    what = str(row["what"])
    if row["label_zh"]:
        return Label(row["label_zh"], row["label_en"])
    if what.startswith("sections."):
        _, number, passage = what.split(".")
        where = "标题" if passage == "0" else f"第{passage}段"
        return Label(f"正文第{number}节{where}", f"text, section {number}, passage {passage}")
    if what.startswith("legacy."):
        return Label(what.split(".", 2)[2], "figure of the old table")
    return EVENTS.get(what, Label(what, ""))


async def atom(datasette: Any, base: str) -> str:
    """The portals' latest changes as an Atom feed. `base` is the site's address, without a slash at its end."""
    latest = await changes(datasette, "source", limit=200)
    feed = Element("feed", xmlns=ATOM)
    _text(feed, "id", f"{base}/revisions")
    _text(feed, "title", "年报变更 nianbao: revisions")
    _text(feed, "updated", latest[0].seen if latest else "1970-01-01T00:00:00Z")
    SubElement(feed, "link", rel="self", href=f"{base}/revisions.atom")
    SubElement(SubElement(feed, "author"), "name").text = "nianbao"
    for change in latest:
        entry = SubElement(feed, "entry")
        page = f"{base}/reports/{change.key}"
        _text(entry, "id", f"{page}#{change.seen}-{change.url or ''}")
        _text(entry, "title", change.name)
        _text(entry, "updated", change.seen)
        SubElement(entry, "link", href=f"{page}#history")
        _text(entry, "summary", "\n".join(_told(line) for line in change.lines))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode")


def _text(parent: Element, tag: str, text: str) -> None:
    # Characters that XML cannot hold come from documents: they are left out.
    SubElement(parent, tag).text = "".join(one for one in text if one in "\t\n\r" or one >= " ")


def _told(line: Line) -> str:
    if line.is_event:
        return f"{line.label.zh} {line.label.en}: {line.old or ''} {line.new or ''}".strip()
    old, new = ("—" if value is None else value or "（空白）" for value in (line.old, line.new))
    return f"{line.label.zh}: {old} → {new}"
