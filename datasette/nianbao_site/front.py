"""The front page: how much is in the archive, how fresh it is, and what to ask it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nianbao_site.config import DATABASE, archive_database
from nianbao_site.revisions import changes

FRONT_LINES = 20

FIGURES = """
SELECT
    (SELECT count(*) FROM reports) AS reports,
    (SELECT count(DISTINCT unit_id) FROM reports) AS units,
    (SELECT min(year) FROM reports) AS first_year,
    (SELECT max(year) FROM reports) AS last_year,
    (SELECT count(*) FROM checks WHERE status = 'fail') AS failed_checks,
    (SELECT count(*) FROM reports WHERE checks_failed > 0) AS failing_reports,
    (SELECT count(*) FROM portals) AS portals,
    (SELECT count(*) FROM portals WHERE status = 'ok') AS portals_ok,
    (SELECT count(*) FROM portals WHERE status NOT IN ('ok', 'new')) AS portals_shut,
    (SELECT max(last_success) FROM portals) AS last_success,
    (SELECT count(*) FROM originals) AS originals
"""
# Reports with something to see first: the newest year, the fullest table.
LATEST = """
SELECT r.key, r.title, r.unit, r.year, r.checks_failed, s.new_received, s.kind
FROM reports r LEFT JOIN summary s ON s.report_id = r.id
ORDER BY r.year DESC, s.new_received DESC, r.key LIMIT 8
"""


async def front_page(datasette: Any) -> dict[str, Any]:
    """What the front page prints: figures, the latest reports, the prepared questions."""
    database = archive_database(datasette)
    figures = dict((await database.execute(FIGURES)).first())
    # Millions of rows: the snapshot's own count is taken where there is one.
    figures["cells"] = (await database.table_counts(1000)).get("cells")
    latest = [dict(row) for row in (await database.execute(LATEST)).rows]
    questions = list((await datasette.get_canned_queries(DATABASE, None)).values())
    revised = await changes(datasette, "source", limit=FRONT_LINES)
    return {"figures": figures, "latest": latest, "questions": questions, "revised": revised}


def snapshot_time(datasette: Any) -> str:
    """When the database shown was written, to the minute, in UTC."""
    written = Path(archive_database(datasette).path).stat().st_mtime
    return datetime.fromtimestamp(written, UTC).strftime("%Y-%m-%d %H:%M UTC")
