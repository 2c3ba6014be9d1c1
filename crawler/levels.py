"""Levels of a column that its family, or its place, vouches for: years and units whatever their address looks like."""

from __future__ import annotations

from collections.abc import Container, Sequence
from urllib.parse import urlsplit

from crawler import weights
from crawler.bodies import body_name
from crawler.harvest import Anchor, Page
from crawler.links import BARE_YEAR, Judged, Place, level_label
from crawler.titles import report_title, year_in
from crawler.urls import canonical, is_beside, is_under, trap
from parsers.units import unit_level

# Most of a list's links are titles, which name no level.
LONGEST_LEVEL = 30
BESIDE = "by its label alone:"


def vouched(anchor: Anchor, place: Place, foreign: bool) -> Judged:
    """A year or a unit that a family names. In a government's column alone, units are left out."""
    if BARE_YEAR.match(anchor.label):
        return _level(anchor, "year named by the list", weights.IN_COLUMN_YEAR, foreign)
    if place.government_only and body_name(anchor.label):
        return Judged(anchor, "skip", 0, ("scope: units",))
    return _level(anchor, "unit named by the list", weights.IN_COLUMN_UNIT, foreign)


def neighbours(levels: Sequence[Anchor], page: Page, label: str) -> list[Anchor]:
    """Of the levels that a report's page names, those that are news: a year's page repeats what the one before it said.

    `label` is what led to the page.
    """
    if BARE_YEAR.match(label):
        return []
    title = report_title(page.title) or report_title(label)
    own = None if title is None else title.year
    return [level for level in levels if own is None or year_in(level.label) != own]


def overlooked(anchor: Anchor, place: Place, menu: Container[str], foreign: bool) -> Judged | None:
    """A level of a column that the table of weights does not know.

    A county's in its city's column; a unit's own report column, linked from a column but kept elsewhere; the rest of a
    section; and levels that lie beside their column, where addresses say nothing. `menu` holds what stands on the home
    page too, which says nothing of this column.
    """
    if place.column is None or foreign or canonical(anchor.url) in menu or trap(anchor.url):
        return None
    label, under = level_label(anchor.label), is_under(anchor.url, place.column)
    if len(label) > LONGEST_LEVEL:
        return None
    beside = not under and is_beside(anchor.url, place.column, place.page)
    if beside and (BARE_YEAR.match(label) or weights.YEARS_GONE_BY.match(label)):
        return _level(anchor, "year beside the column", weights.IN_COLUMN_YEAR, foreign)
    label = weights.YEAR_BEFORE.sub("", label)
    if beside and weights.GOVERNMENT_GROUP.match(label):
        return _level(anchor, f"{BESIDE} government", weights.IN_COLUMN_UNIT, foreign)
    if (under or beside) and weights.MORE.match(anchor.label):
        return _level(anchor, f"{BESIDE} more", weights.IN_COLUMN_MORE, foreign)
    return None if place.government_only else _overlooked_unit(anchor, label, under, beside, foreign)


def _overlooked_unit(anchor: Anchor, label: str, under: bool, beside: bool, foreign: bool) -> Judged | None:
    if unit_level(label) == "county" and under:
        return _level(anchor, "county in column", weights.IN_COLUMN_UNIT, foreign)
    if beside and (weights.UNIT_GROUP.match(label) or body_name(label) is not None):
        return _level(anchor, f"{BESIDE} unit", weights.IN_COLUMN_UNIT, foreign)
    parts = urlsplit(anchor.url)
    path = f"{parts.path}?{parts.query}"
    slug = any(
        signal.pattern.search(path) for signal in weights.PATHS if signal.where == "path" and signal.weight >= 60
    )
    if not slug or body_name(label) is None:
        return None
    return _level(anchor, "unit in column, kept elsewhere", weights.IN_COLUMN_UNIT, foreign)


def is_level(label: str) -> bool:
    """Whether what led to a page names a body, or the rest of a section: nothing branches off it by labels alone."""
    return bool(weights.MORE.match(label)) or body_name(label) is not None


def trial_of(judged: Judged) -> str | None:
    """What kind of level it is that only its label speaks for; None for any other."""
    return next((reason.rsplit(" ", 1)[0] for reason in judged.reasons if reason.startswith(BESIDE)), None)


def _level(anchor: Anchor, reason: str, weight: int, foreign: bool) -> Judged:
    return Judged(anchor, "list", weight, (f"{reason} {weight:+d}",), year_in(anchor.label), foreign)
