"""Who published: bodies found by (area, kind, normalised name), never joined by likeness (design.md, decision 6)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from archive.keys import Keys, slug
from archive.regions import Regions

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
OFFICE = re.compile(r"^(?:人民)?(?:政府)?(?:办公室|办公厅|办)$")


@dataclass(frozen=True)
class Identity:
    """What makes a body one: its area (None: not known), its kind, and its name without area and rank words."""

    adcode: str | None
    kind: str | None
    name: str

    def __str__(self) -> str:
        return f"{self.adcode or ''}:{self.kind or ''}:{self.name}"


def identify(name: str, level: str | None, home: str | None, regions: Regions) -> Identity:
    """The identity of a printed unit name. `home`: the area of the portal it was seen on, None for a file added."""
    printed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    kind = KINDS.get(level or "")
    located = regions.locate(printed, home, far=kind == "government")
    if located is None:
        return Identity(home if kind != "government" else None, kind, printed)
    if kind == "government" and GOVERNMENT.sub("", located.rest) == "":
        return Identity(located.adcode, kind, "")
    if kind == "office" and OFFICE.match(located.rest):
        return Identity(located.adcode, kind, "")
    if kind == "township":
        return Identity(located.adcode, kind, GOVERNMENT.sub("", located.rest).removesuffix("办事处"))
    return Identity(located.adcode, kind, located.rest)


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


def refresh_units(db: sqlite3.Connection) -> None:
    """Names, spans of years and parents, from the reports as they are now."""
    db.execute("DELETE FROM unit_names")
    db.execute(
        "INSERT INTO unit_names SELECT unit_id, unit, min(year), max(year), 'title' FROM reports"
        " WHERE unit_id IS NOT NULL AND unit IS NOT NULL GROUP BY unit_id, unit"
    )
    db.execute("UPDATE units SET parent_id = NULL")
    db.execute("DELETE FROM units WHERE id NOT IN (SELECT unit_id FROM reports WHERE unit_id IS NOT NULL)")
    db.execute(
        "UPDATE units SET name = (SELECT name FROM unit_names WHERE unit_id = units.id"
        " ORDER BY last_year DESC, length(name), name LIMIT 1)"
    )
    db.execute(
        "UPDATE units SET parent_id = CASE WHEN kind = 'government' THEN"
        " (SELECT g.id FROM units g JOIN regions r ON r.parent_adcode = g.adcode"
        "  WHERE r.adcode = units.adcode AND g.kind = 'government')"
        " ELSE (SELECT g.id FROM units g WHERE g.adcode = units.adcode AND g.kind = 'government') END"
    )
