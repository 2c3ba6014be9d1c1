"""Who published: bodies found by (area, kind, normalised name), never joined by likeness (design.md, decision 6)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from archive.keys import Keys, slug
from archive.regions import Located, Regions

KINDS = {
    "province": "government",
    "prefecture": "government",
    "county": "government",
    "office": "office",
    "department": "department",
    "township": "township",
    "zone": "zone",
}
GOVERNMENT = re.compile(r"(?:人民)?政府$")
RANKS = "区县市旗"
# 区财政局, 县政府办公室: a rank without its area's name; 市场, 市政, 区域 … are words of their own.
BARE_RANK = re.compile(rf"本?([{RANKS}])(?=(?:人民)?政府)|([{RANKS}])(?![场政容民域划监{RANKS}])")
# Areas of two characters (城区, 郊区) have names that streets and offices elsewhere begin with, too.
TELLING_NAME = 3
OFFICE = re.compile(r"^(?:人民)?(?:政府)?(?:办公室|办公厅|办)$")


@dataclass(frozen=True)
class Identity:
    """What makes a body one: its area (None: not known), its kind, and its name without area and rank words.

    Where the area is not known, `seen_at` keeps bodies of one name apart: 财政局 of two places are two.
    """

    adcode: str | None
    kind: str | None
    name: str
    seen_at: str = ""

    def __str__(self) -> str:
        return f"{self.adcode or self.seen_at}:{self.kind or ''}:{self.name}"


def identify(name: str, level: str | None, home: str | None, regions: Regions, seen_at: str = "") -> Identity:
    """The identity of a printed unit name.

    `home` is the area of the portal it was seen on, None for a file added; `seen_at` names the portal, the host or
    the file, for a body that cannot be placed.
    """
    printed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    kind = KINDS.get(level or "")
    located = _locate(printed, kind, home, regions)
    if located is not None:
        return Identity(located.adcode, kind, _own_name(kind, located.rest))
    if home is not None and kind != "government":
        return Identity(home, kind, _own_name(kind, printed))
    return Identity(None, kind, _own_name(kind, printed) or printed, seen_at)


def _own_name(kind: str | None, rest: str) -> str:
    """What is left of a name when its area is known; nothing for the area's own government and office."""
    if kind in ("government", "township"):
        rest = GOVERNMENT.sub("", rest)
    if kind == "township":
        return rest.removesuffix("办事处")
    return "" if kind == "office" and OFFICE.match(rest) else rest


def _locate(printed: str, kind: str | None, home: str | None, regions: Regions) -> Located | None:
    """The area that a name begins with: near home, or elsewhere where the name says so beyond doubt."""
    near = regions.locate(printed, home, far=kind == "government")
    if near is not None:
        return near
    bare = BARE_RANK.match(printed)
    if bare and home in regions.by_adcode and regions.by_adcode[home].name.endswith(bare[1] or bare[2]):
        return Located(home, printed[bare.end() :], 1)
    if kind not in ("office", "department"):
        return None
    far = regions.locate(printed, home)
    return far if far is not None and len(regions.by_adcode[far.adcode].name) >= TELLING_NAME else None


def unit_id(db: sqlite3.Connection, keys: Keys, identity: Identity, name: str, level: str | None) -> int:
    """The row of a body, made when it is new. `name` is shown until a later report prints another."""
    key = keys.key_of(str(identity), _wanted_key(db, identity))
    row = db.execute("SELECT id FROM units WHERE key = ?", (key,)).fetchone()
    if row is not None:
        return int(row[0])
    portal = _own_portal(db, identity.adcode)
    made = db.execute(
        "INSERT INTO units (key, kind, name, level, adcode, portal) VALUES (?, ?, ?, ?, ?, ?)",
        (key, identity.kind, name, level, identity.adcode, portal),
    )
    return int(made.lastrowid or 0)


def _wanted_key(db: sqlite3.Connection, identity: Identity) -> str:
    if identity.adcode is None:
        return f"unplaced-{slug(identity.name)}"
    area = _own_portal(db, identity.adcode) or slug(_stem(db, identity.adcode))
    if identity.kind == "government":
        return f"{identity.adcode}-{area}"
    if identity.kind == "office" and not identity.name:
        return f"{identity.adcode}-{area}-office"
    return f"{identity.adcode}-{slug(identity.name)}"


def _stem(db: sqlite3.Connection, adcode: str) -> str:
    """An area's name without its rank: 红旗区 → 红旗, but 城区 stays."""
    name = str(db.execute("SELECT name FROM regions WHERE adcode = ?", (adcode,)).fetchone()[0])
    return name[:-1] if len(name) > 2 and name[-1] in "区县市旗" else name


def _own_portal(db: sqlite3.Connection, adcode: str | None) -> str | None:
    rows = db.execute("SELECT portal FROM portals WHERE adcode = ? ORDER BY portal", (adcode,)).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def refresh_units(db: sqlite3.Connection, place_seen: Callable[[], None] = lambda: None) -> None:
    """Names, spans of years and parents, from the reports as they are now.

    `place_seen` gives their rows to bodies that were seen without a report (archive/listed.py).
    """
    db.execute("DELETE FROM unit_names")
    db.execute(
        "INSERT INTO unit_names SELECT unit_id, unit, min(year), max(year), 'title' FROM reports"
        " WHERE unit_id IS NOT NULL AND unit IS NOT NULL GROUP BY unit_id, unit"
    )
    db.execute("UPDATE units SET parent_id = NULL, evidence = 'report'")
    place_seen()
    db.execute(
        "DELETE FROM units WHERE evidence = 'report'"
        " AND id NOT IN (SELECT unit_id FROM reports WHERE unit_id IS NOT NULL)"
    )
    db.execute(
        "UPDATE units SET name = (SELECT name FROM unit_names WHERE unit_id = units.id"
        " ORDER BY last_year IS NULL, last_year DESC, length(name), name LIMIT 1)"
    )
    db.execute(
        "UPDATE units SET parent_id = CASE WHEN kind = 'government' THEN"
        " (SELECT g.id FROM units g JOIN regions r ON r.parent_adcode = g.adcode"
        "  WHERE r.adcode = units.adcode AND g.kind = 'government')"
        " ELSE (SELECT g.id FROM units g WHERE g.adcode = units.adcode AND g.kind = 'government') END"
    )
