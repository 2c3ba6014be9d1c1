"""Loading: one reading of one original into the report it belongs to, and that report's rows anew."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive import editions
from archive.candidates import Candidate, Candidates, candidates_of, record_candidates
from archive.keys import Keys
from archive.regions import Regions
from archive.revisions import tell
from archive.tables import fill_report, forget_report
from archive.units import identify, unit_id
from parsers.title import Title, parse_title
from parsers.units import unit_level

# What may contradict a title, by the name that a person is told. Links have a problem of their own (`link_conflict`),
# as title and period have.
OTHERS = {
    "made_by": "text",
    "signature": "signature",
    "breadcrumb": "breadcrumb",
    "source": "source",
    "column": "column",
    "site_code": "site's code",
    "portal": "portal",
}
IS_REPORT = ("parsed", "partial", "tables_missing")


@dataclass(frozen=True)
class Source:
    """Where an original came from: its role, the area of its portal, its address, the unit that `add` was told."""

    role: str
    portal: str | None
    adcode: str | None
    url: str | None
    unit_given: str | None
    name: str


@dataclass(frozen=True)
class Loader:
    """What loading needs beside the reading: the database, the public keys, the tree of areas."""

    db: sqlite3.Connection
    keys: Keys
    regions: Regions
    parser_version: str

    def load(self, original: str, parsed: dict[str, Any], digest: str | None = None) -> None:
        """Put a reading in its place; `digest` is its content hash, if known. The caller holds the transaction."""
        source = source_of(self.db, original)
        touched = editions.detach(self.db, original)
        self._forget_problem(original)
        if parsed["status"] in IS_REPORT:
            parsed = self._with_unit_given(parsed, source)
            parsed, found = self._with_unit_of_place(original, parsed, source)
            report = self._report_of(original, parsed, source)
            editions.attach(self.db, report, original, source.role, parsed, digest)
            touched.add(report)
            self._note_links(original, parsed, source)
            self._note_candidates(original, parsed, source, found)
        else:
            self._note_problem(original, parsed, source)
        for report in sorted(touched):
            self.refresh(report)

    def refresh(self, report: int) -> None:
        """Write a report's rows anew from its current edition; a report that nothing carries any more is dropped."""
        current = editions.choose_current(self.db, report)
        if current is None:
            forget_report(self.db, report)
        else:
            fill_report(self.db, report, current, self.parser_version)
            tell(self.db, report)

    def _with_unit_given(self, parsed: dict[str, Any], source: Source) -> dict[str, Any]:
        if source.unit_given is None:
            return parsed
        return parsed | {"unit": source.unit_given, "unit_level": unit_level(source.unit_given)}

    def _with_unit_of_place(
        self, original: str, parsed: dict[str, Any], source: Source
    ) -> tuple[dict[str, Any], Candidates]:
        """A document that names no body is that of the body under which it stands; told, and never a silent choice."""
        found = candidates_of(self.db, original, parsed, source.adcode, source.unit_given, self.regions)
        named = found.unit_of_place() if parsed["unit"] is None else None
        if named is None:
            return parsed, found
        told = {
            "code": "unit_from_place",
            "message": f"the document names no body; its {named.evidence} says {named.value}",
        }
        return parsed | {
            "unit": named.value,
            "unit_level": unit_level(named.value),
            "problems": [*parsed["problems"], told],
        }, found

    def _note_candidates(self, original: str, parsed: dict[str, Any], source: Source, found: Candidates) -> None:
        """Keep all candidates; one that contradicts what the document is filed under is told, once a kind."""
        judged = list(found.judged(parsed["unit"], parsed["year"]))
        record_candidates(self.db, original, judged)
        for what, code in (("unit", "unit_conflict"), ("year", "year_conflict")):
            others = [one for one, agrees in judged if agrees is False and one.what == what and one.evidence in OTHERS]
            if not others:
                continue
            said = ", ".join(f"its {OTHERS[one.evidence]} says {self._shown(one)}" for one in others)
            message = f"{source.name}: filed as {parsed[what]}, but {said}"
            self._tell(original, source, code, message)

    def _shown(self, candidate: Candidate) -> str:
        region = self.regions.by_adcode.get(candidate.value)
        return candidate.value if region is None else f"{candidate.value} {region.name}"

    def _report_of(self, original: str, parsed: dict[str, Any], source: Source) -> int:
        unit, adcode, unit_key = None, None, "unknown"
        if parsed["unit"] is not None:
            seen_at = source.portal or host_of(source.url) or original[:8]
            identity = identify(parsed["unit"], parsed["unit_level"], source.adcode, self.regions, seen_at)
            unit = unit_id(self.db, self.keys, identity, parsed["unit"], parsed["unit_level"])
            adcode = identity.adcode
            unit_key = self.db.execute("SELECT key FROM units WHERE id = ?", (unit,)).fetchone()[0]
        # Without a unit or a year two documents cannot be told to be one report: each stands for itself.
        certain = unit is not None and parsed["year"] is not None
        key = f"{unit_key}-{parsed['year']}" if certain else f"{unit_key}-{parsed['year'] or 'undated'}-{original[:8]}"
        self.db.execute(
            "INSERT OR IGNORE INTO reports (key, unit_id, adcode, year, status, original, first_seen, last_seen,"
            " checks_failed, one_row_other, parser_version) VALUES (?, ?, ?, ?, ?, ?, '', '', 0, 0, ?)",
            (key, unit, adcode, parsed["year"], parsed["status"], original, self.parser_version),
        )
        return int(self.db.execute("SELECT id FROM reports WHERE key = ?", (key,)).fetchone()[0])

    def _note_problem(self, original: str, parsed: dict[str, Any], source: Source) -> None:
        reasons = "; ".join(problem["message"] for problem in parsed["problems"])
        self.db.execute(
            "INSERT INTO problems (portal, url, code, message, first_seen, last_seen)"
            " SELECT ?, ?, ?, ?, min(fetched_at), max(fetched_at) FROM fetches WHERE sha256 = ?",
            (
                source.portal,
                f"/originals/{original}",
                parsed["status"],
                f"{source.name}: {reasons}",
                original,
            ),
        )

    def _note_links(self, original: str, parsed: dict[str, Any], source: Source) -> None:
        """A list that calls a document by another year or unit than it bears: told with both, decided by a person."""
        for (anchor,) in self.db.execute(
            "SELECT DISTINCT anchor FROM fetches WHERE sha256 = ? AND role IN ('page', 'attachment') ORDER BY anchor",
            (original,),
        ).fetchall():
            title = parse_title(anchor or "")
            if title is None or not self._contradicts(title, parsed, source):
                continue
            bears = f"{parsed['unit'] or 'no unit'}, {parsed['year'] or 'no year'}"
            message = f"{source.name}: the link says {title.text}, the document {bears}"
            self._tell(original, source, "link_conflict", message)

    def _tell(self, original: str, source: Source, code: str, message: str) -> None:
        self.db.execute(
            "INSERT INTO problems (portal, url, code, message, first_seen, last_seen)"
            " SELECT ?, ?, ?, ?, min(fetched_at), max(fetched_at) FROM fetches WHERE sha256 = ?",
            (source.portal, f"/originals/{original}", code, message, original),
        )

    def _contradicts(self, title: Title, parsed: dict[str, Any], source: Source) -> bool:
        if None not in (title.year, parsed["year"]) and title.year != parsed["year"]:
            return True
        if title.unit is None or parsed["unit"] is None:
            return False
        linked, borne = (
            identify(unit, unit_level(unit), source.adcode, self.regions) for unit in (title.unit, parsed["unit"])
        )
        return linked != borne

    def _forget_problem(self, original: str) -> None:
        self.db.execute("DELETE FROM problems WHERE url = ? AND report_id IS NULL", (f"/originals/{original}",))


def host_of(url: str | None) -> str:
    """The host that an address names; empty where there is none that can be read."""
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


def source_of(db: sqlite3.Connection, original: str) -> Source:
    """Where an original came from; a crawl's word goes before that of `add`."""
    row = db.execute(
        "SELECT f.role, f.portal, p.adcode, f.url, f.unit_given, coalesce(f.url, f.anchor, f.sha256)"
        " FROM fetches f LEFT JOIN portals p ON p.portal = f.portal"
        " WHERE f.sha256 = ? AND f.role IS NOT NULL ORDER BY f.role = 'added',"
        " f.unit_given IS NULL, iif(f.unit_given IS NULL, f.id, -f.id) LIMIT 1",
        (original,),
    ).fetchone()
    return Source(*row)


def reading_before(
    db: sqlite3.Connection, original: str, parser_version: str, converter: str | None
) -> dict[str, Any] | None:
    """The last reading of an original by another parser version or converter, for telling what this one changes."""
    row = db.execute(
        "SELECT parsed FROM readings WHERE original = ? AND (parser_version <> ? OR converter IS NOT ?)"
        " ORDER BY rowid DESC LIMIT 1",
        (original, parser_version, converter),
    ).fetchone()
    return None if row is None else json.loads(row["parsed"])
