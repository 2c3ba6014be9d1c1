"""What a link promises: a score with its reasons. Pure functions over the table in crawler/weights.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler import weights
from crawler.harvest import Anchor
from crawler.titles import ZERO, Title, report_title, veto, year_in
from crawler.urls import is_under, trap
from crawler.weights import Kind, Signal

BARE_YEAR = re.compile(
    rf"^(?:20(?:0[8-9]|[1-3]\d)|二[{ZERO}][{ZERO}一二三][{ZERO}一二三四五六七八九](?=年))(?:年度?)?(?:年报|年度报告|度)?$"
)
FILE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|jpe?g|png|gif|bmp|mp4|mp3|apk|exe|css|js)$",
    re.IGNORECASE,
)

# What is read of a label is kept for labels, not for paragraphs that someone made a link.
LONGEST_LABEL = 120


@dataclass(frozen=True)
class Place:
    """Where a link was found: how deep, under which heading, in which column (its prefix), on whose portal.

    `home_site` is the site of the portal's home page, `page` the address of the page itself, `label` what led
    to it.
    """

    depth: int
    home_site: str
    heading: str = ""
    page: str = ""
    label: str = ""
    column: str | None = None
    government_only: bool = False


@dataclass(frozen=True)
class Judged:
    """A link and what it promises: its kind, score and the reasons; `year` is what its label names."""

    anchor: Anchor
    kind: Kind
    score: int
    reasons: tuple[str, ...]
    year: int | None = None
    foreign: bool = False

    @property
    def reason(self) -> str:
        """The reasons as the ledger shows them."""
        return f"{self.kind} {self.score}: {', '.join(self.reasons)}"


def judge(anchor: Anchor, place: Place, site: str) -> Judged:
    """Judge one link found at `place`; `site` is the site of the link's own host."""
    # Most of a page's links say nothing of the kind: they are not to cost anything.
    if anchor.label and not weights.RELEVANT.search(anchor.label):
        found = _as_part_of_column(anchor, place)
    else:
        found = (
            _as_report(anchor)
            or _as_hub(anchor, place)
            or _as_vetoed(anchor)
            or (_as_column(anchor, place, weights.TELLING_LABEL) or _as_part_of_column(anchor, place))
            or _as_column(anchor, place)
        )
    if found is None:
        return Judged(anchor, "skip", 0, ("no sign",))
    if name := trap(anchor.url):
        return Judged(anchor, "skip", 0, (f"trap: {name}",))
    kind, signs = found
    if kind == "skip":
        return Judged(anchor, "skip", sum(weight for _, weight in signs), tuple(name for name, _ in signs))
    foreign = site != place.home_site
    if foreign:
        signs.append(("other site", weights.OTHER_SITE))
    if place.depth:
        signs.append((f"depth {place.depth}", weights.PER_HOP * place.depth))
    score = sum(weight for _, weight in signs)
    reasons = tuple(f"{name} {weight:+d}" for name, weight in signs)
    return Judged(anchor, kind if score >= weights.FLOOR else "skip", score, reasons, year_in(anchor.label), foreign)


Found = tuple[Kind, list[tuple[str, int]]] | None


class _Said(NamedTuple):
    """What a label says, wherever it stands."""

    title: Title | None
    hub: Signal | None
    veto: str | None
    column: Signal | None


def _said(label: str) -> _Said:
    return _read_label(label) if len(label) < LONGEST_LABEL else _read_label.__wrapped__(label)


@lru_cache(8192)  # a portal's pages bear the same menus
def _read_label(label: str) -> _Said:
    return _Said(
        report_title(label), _first(weights.HUB_LABELS, label), veto(label), _first(weights.COLUMN_LABELS, label)
    )


def _as_report(anchor: Anchor) -> Found:
    title = _said(anchor.label).title
    if title is None or title.year is None:
        return None
    if title.cut:
        return "report", [("title cut short", weights.TRUNCATED_TITLE)]
    return "report", [("title", weights.REPORT_TITLE)]


def _as_hub(anchor: Anchor, place: Place) -> Found:
    if place.column is not None:
        return None
    signal = _said(anchor.label).hub
    if signal is None:
        return None
    if signal.name == "unit directory" and place.government_only:
        return "skip", [("scope: units", 0)]
    return "hub", [(f"{signal.name} {anchor.label}", signal.weight)]


def _as_vetoed(anchor: Anchor) -> Found:
    said = _said(anchor.label)
    # 各部门信息公开年报 is a menu's whole label, and no sentence about all departments.
    reason = None if said.column is weights.EXACT_LABEL else said.veto
    return None if reason is None else ("skip", [(f"veto {reason}", -100)])


def _as_column(anchor: Anchor, place: Place, least: int = 0) -> Found:
    label = _said(anchor.label).column
    # Inside a column 部门年报 is a level of it.
    if label is not None and label.weight < least:
        return None
    if (label is None and anchor.label) or FILE.search(urlsplit(anchor.url).path):
        return None
    signs: list[tuple[str, int]] = []
    if label:
        signs.append((f"{label.name} {anchor.label}", label.weight))
    # Slugs speak only for a link that says something of the kind, or nothing at all: anchors outrank them.
    if signs or not anchor.label:
        path = _first(weights.PATHS, _path(anchor.url), "path") or _first(weights.PATHS, anchor.script, "script")
        if path:
            signs.append((path.name, path.weight))
    if not signs:
        return None
    if place.government_only and weights.UNIT_GROUP.search(anchor.label):
        return "skip", [("scope: units", 0)]
    if len({match.group() for label in anchor.beside for match in weights.MENU.finditer(label)}) >= 2:
        signs.append(("menu neighbours", weights.MENU_NEIGHBOURS))
    if _speaks_of_reports(place.heading):
        signs.append(("heading", weights.COLUMN_HEADING))
    return "column", signs


def _as_part_of_column(anchor: Anchor, place: Place) -> Found:
    """Years and units are expanded only inside a column, and only under its own prefix."""
    if place.column is None or not is_under(anchor.url, place.column) or FILE.search(urlsplit(anchor.url).path):
        return None
    label = level_label(anchor.label)
    if BARE_YEAR.match(label):
        return "list", [("year in column", weights.IN_COLUMN_YEAR)]
    if weights.YEARS_GONE_BY.match(label):
        return "list", [("years gone by in column", weights.IN_COLUMN_YEAR)]
    # 2024年县直部门: both levels in one.
    label = weights.YEAR_BEFORE.sub("", label)
    if weights.GOVERNMENT_GROUP.match(label):
        return "list", [("government in column", weights.IN_COLUMN_UNIT)]
    if weights.UNIT_GROUP.search(label) or weights.UNIT_NAME.search(label):
        if place.government_only:
            return "skip", [("scope: units", 0)]
        return "list", [("unit in column", weights.IN_COLUMN_UNIT)]
    return None


def level_label(label: str) -> str:
    """What a level of a column is called, without what a menu draws around it."""
    return label.strip(weights.TRIMMINGS)


def _speaks_of_reports(heading: str) -> bool:
    return any(word in heading for word in ("年报", "年度报告")) and "信息公开" in heading


def _first(signals: tuple[Signal, ...], text: str, where: str = "label") -> Signal | None:
    return next((signal for signal in signals if signal.where == where and signal.pattern.search(text)), None)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_unit_directory(judged: Judged) -> bool:
    """Whether a hub leads to departments or townships."""
    return any(reason.startswith("unit directory") for reason in judged.reasons)
