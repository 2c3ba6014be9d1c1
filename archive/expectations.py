"""What may be expected of a portal, suggested from what the archive holds of it; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.clock import now
from archive.status import government_years, last_due
from archive.store import connect_for_reading

# Of ten reports one may go without a crawl having failed; of fewer than that, none.
SLACK = 10


@dataclass(frozen=True)
class Suggestion:
    """A portal's line with the expectations that its last complete crawl bears out, and due years it has not got.

    `reports` is what that crawl found; None where no crawl was complete, of which nothing is to be expected yet.
    """

    fields: dict[str, str]
    reports: int | None
    missing: tuple[int, ...]


def suggestions(folder: Path) -> list[Suggestion]:
    """A suggestion for each portal of an archive, by slug. Raises ArchiveMissingError."""
    db = connect_for_reading(folder)
    found = []
    for row in db.execute(
        "SELECT portal, adcode, name, home, platform, expect_min, expect_since, notes FROM portals ORDER BY portal"
    ).fetchall():
        (crawl,) = db.execute(
            "SELECT max(id) FROM crawls WHERE portal = ? AND outcome = 'done'", (row["portal"],)
        ).fetchone()
        fields = {name: "" if row[name] is None else str(row[name]) for name in row.keys()}  # noqa: SIM118 a Row
        if crawl is None:
            found.append(Suggestion(fields, None, ()))
            continue
        # A page and its attachments are one report.
        (reports,) = db.execute(
            "SELECT count(DISTINCT iif(purpose = 'attachment', parent_url, url)) FROM fetches"
            " WHERE crawl_id = ? AND role IS NOT NULL",
            (crawl,),
        ).fetchone()
        years = government_years(db, row["portal"])
        missing = tuple(year for year in range(min(years), last_due(now()) + 1) if year not in years) if years else ()
        fields["expect_min"] = str(max(reports - reports // SLACK, row["expect_min"] or 0))
        fields["expect_since"] = fields["expect_since"] or (str(min(years)) if years else "")
        found.append(Suggestion(fields, reports, missing))
    db.close()
    return found
