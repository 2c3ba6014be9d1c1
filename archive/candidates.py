"""Whose report a document is, and of which year: every candidate kept, a contradiction told (portals.md, section 6.6).

What the document says itself goes before where it stands: its breadcrumb, its source, the links that led to it, its
column, its site's code, its portal. Where it names no body, its breadcrumb or column may; where it contradicts them, it
is believed and a person is told.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.regions import Regions
from archive.units import Identity, identify
from parsers.bodies import body_in, is_group
from parsers.title import parse_title
from parsers.units import unit_level

# The order in which they are believed (portals.md, section 6.6; for a document's own words contract.md).
UNITS = (
    "given",
    "title",
    "made_by",
    "signature",
    "breadcrumb",
    "source",
    "anchor",
    "column",
    "site_code",
    "portal",
)
YEARS = ("title", "period", "signed", "published", "text", "anchor", "column")
# What names a body for a document that names none itself. A source is often who put the page there.
NAMING = ("breadcrumb", "anchor", "column")
# What names an area alone.
AREAS = ("site_code", "portal")
SPECIFIC = ("department", "township", "zone")
# Whose business it is to publish what is others'.
PUBLISHERS = re.compile(r"融媒|新闻|网信|传媒|电视台|日报|信息中心|大数据|电子政务|政务服务|网站|本网")
BARE_YEAR = re.compile(r"^(20[0-3]\d)年?(?:度?)(?:年报|年度报告)?$")
STEPS_UP = 6


@dataclass(frozen=True)
class Candidate:
    """A unit's name (an area's six digits for `site_code` and `portal`) or a year, and what says so."""

    what: str
    evidence: str
    value: str


@dataclass(frozen=True)
class Candidates:
    """All candidates of one document, and the home area by which names without an area are placed."""

    every: tuple[Candidate, ...]
    home: str | None
    regions: Regions

    def identity(self, candidate: Candidate) -> Identity | None:
        """The body that a candidate names; for an area its government. None where it cannot be placed."""
        if candidate.evidence in AREAS:
            return Identity(candidate.value, "government", "") if candidate.value in self.regions.by_adcode else None
        found = identify(candidate.value, unit_level(candidate.value), self.home, self.regions)
        return found if found.kind is not None and found.adcode is not None else None

    def unit_of_place(self) -> Candidate | None:
        """The body that the document's place names, where all that name one name the same."""
        named = [(found, self.identity(found)) for found in self.every if found.evidence in NAMING]
        named = [(found, body) for found, body in named if found.what == "unit"]
        bodies = {body for _, body in named}
        return named[0][0] if len(bodies) == 1 and None not in bodies else None

    def judged(self, unit: str | None, year: int | None) -> Iterator[tuple[Candidate, bool | None]]:
        """Each candidate, and whether it agrees with the unit and the year that the document is filed under.

        None where it says neither the same nor the contrary: an office that publishes for others, an unknown name.
        """
        body = None if unit is None else identify(unit, unit_level(unit), self.home, self.regions)
        for found in self.every:
            if found.what == "year":
                yield found, None if year is None else _agrees(found.value == str(year), _is_other_year(found, year))
                continue
            other = self.identity(found)
            if body is None or other is None:
                yield found, None
            else:
                is_same = other.adcode == body.adcode if found.evidence in AREAS else other == body
                yield found, _agrees(is_same, self._is_other(found, body, other))

    def _is_other(self, found: Candidate, body: Identity, other: Identity) -> bool:
        if body.adcode is None or other.adcode is None:
            return False
        if body.adcode not in self.regions.lineage(other.adcode) and other.adcode not in self.regions.lineage(
            body.adcode
        ):
            return True
        if other.kind not in SPECIFIC or (found.evidence == "source" and PUBLISHERS.search(found.value)):
            # A government or its office publishes for its bodies.
            return False
        if body.kind not in SPECIFIC:
            return found.evidence in ("breadcrumb", "column") and body.adcode == other.adcode
        return body.adcode == other.adcode and not _may_be_one(body.name, other.name)


def candidates_of(
    db: sqlite3.Connection,
    original: str,
    parsed: dict[str, Any],
    adcode: str | None,
    unit_given: str | None,
    regions: Regions,
) -> Candidates:
    """What a reading, the links that led to a document, and its portal say. `adcode` is the portal's area."""
    found = [Candidate(one["what"], one["evidence"], one["value"]) for one in parsed.get("candidates", ())]
    found += [] if unit_given is None else [Candidate("unit", "given", unit_given)]
    found += [] if adcode is None else [Candidate("unit", "portal", adcode)]
    found += _linked(db, original)
    order = {("unit", name): place for place, name in enumerate(UNITS)}
    order |= {("year", name): len(UNITS) + place for place, name in enumerate(YEARS)}
    every = sorted(dict.fromkeys(found), key=lambda one: order[one.what, one.evidence])
    return Candidates(tuple(every), adcode, regions)


def record_candidates(db: sqlite3.Connection, original: str, judged: list[tuple[Candidate, bool | None]]) -> None:
    """Write a document's candidates in the place of those known before."""
    db.execute("DELETE FROM candidates WHERE original = ?", (original,))
    db.executemany(
        "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?)",
        [
            (original, rank, found.what, found.evidence, found.value, agrees)
            for rank, (found, agrees) in enumerate(judged)
        ],
    )


def _linked(db: sqlite3.Connection, original: str) -> Iterator[Candidate]:
    """What the links say that led to a document: to itself, to the page that it is attached to, to its column."""
    links = db.execute(
        "SELECT DISTINCT portal, anchor, parent_url, role FROM fetches"
        " WHERE sha256 = ? AND role IN ('page', 'attachment') ORDER BY portal, anchor, parent_url",
        (original,),
    ).fetchall()
    for portal, anchor, parent, role in links:
        yield from _said_by(anchor, "anchor")
        found, steps = set[str](), 0
        while parent is not None and steps < STEPS_UP:
            row = db.execute(
                "SELECT anchor, parent_url, role FROM fetches WHERE url = ? AND portal IS ?"
                " AND outcome NOT IN ('gone', 'soft_404', 'error', 'blocked', 'robots') ORDER BY id DESC LIMIT 1",
                (parent, portal),
            ).fetchone()
            if row is None:
                break
            # The page that a file is attached to was linked as the report itself.
            evidence = "anchor" if role == "attachment" and row["role"] is not None else "column"
            for said in _said_by(row["anchor"], evidence):
                # The nearest level tells, those above it only group.
                if said.what not in found:
                    yield said
                found.add(said.what)
            role, parent, steps = row["role"], row["parent_url"], steps + 1


def _said_by(label: str | None, evidence: str) -> Iterator[Candidate]:
    title = parse_title(label or "")
    if title is not None:
        if title.unit is not None and not is_group(title.unit):
            yield Candidate("unit", evidence, title.unit)
        if title.year is not None:
            yield Candidate("year", evidence, str(title.year))
        return
    if (body := body_in(label or "")) is not None:
        yield Candidate("unit", evidence, body)
    elif year := BARE_YEAR.match(re.sub(r"\s+", "", label or "")):
        yield Candidate("year", evidence, year[1])


def _agrees(is_same: bool, is_other: bool) -> bool | None:
    return False if is_other else True if is_same else None


def _is_other_year(found: Candidate, year: int) -> bool:
    """A column may be named for the year in which it was filled, or hold those of some years; never of one to come."""
    if found.evidence == "column":
        return int(found.value) < year
    return found.evidence in ("title", "period", "anchor") and int(found.value) != year


def _may_be_one(one: str, other: str) -> bool:
    """Whether one name may be the other shortened: 卫健局, 卫生健康局. Nothing is joined for it, only left untold."""
    short, long = sorted((re.sub(r"委员会$", "委", name) for name in (one, other)), key=len)
    # An iterator is used up: each character must come behind the one before it.
    letters = iter(long)
    return all(letter in letters for letter in short)
