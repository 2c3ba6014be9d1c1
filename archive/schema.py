"""The schema: ordered migrations, each applied once and named in the table `migrations`."""

from __future__ import annotations

import sqlite3
from importlib import resources

from archive.clock import now


def migrations() -> list[tuple[str, str]]:
    """(name, SQL) of every migration, in order."""
    files = (file for file in resources.files("archive").joinpath("migrations").iterdir() if file.name.endswith(".sql"))
    return [(file.name.removesuffix(".sql"), file.read_text("utf-8")) for file in sorted(files, key=lambda f: f.name)]


def migrate(db: sqlite3.Connection) -> list[str]:
    """Bring a database up to date, each migration in a transaction of its own; gives the names applied now."""
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
    done = {row[0] for row in db.execute("SELECT name FROM migrations")}
    applied = []
    for name, sql in migrations():
        if name in done:
            continue
        # executescript commits what is open before it starts; the transaction stands in the script itself.
        moment = now()
        db.executescript(f"BEGIN;\n{sql}\nINSERT INTO migrations VALUES ('{name}', '{moment}');\nCOMMIT;")
        applied.append(name)
    return applied
