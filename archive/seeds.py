"""What every archive holds before its first report: areas, codes of the forms, rules."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.regions import read_regions
from parsers.forms import codes, outcomes, routes
from parsers.rules import rules


def seed(db: sqlite3.Connection) -> None:
    """Fill regions, outcomes, routes, codes and rules; filled again it only renews labels."""
    with db:
        _upsert(db, "regions", "adcode", [vars(region) | {"parent_adcode": region.parent} for region in read_regions()])
        _upsert(db, "outcomes", "outcome", [vars(outcome) for outcome in outcomes()])
        _upsert(db, "routes", "route", [vars(route) for route in routes()])
        _upsert(db, "codes", "code", [vars(code) for code in codes()])
        _upsert(db, "rules", "rule, version", [vars(rule) for rule in rules()])


def _upsert(db: sqlite3.Connection, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] in rows[0]]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f":{column}" for column in columns)
    renewed = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key.split(", "))
    db.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {renewed}",  # noqa: S608 our own names
        rows,
    )
