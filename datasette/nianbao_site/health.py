"""How the portals fare, for everybody to see: the page of their health."""

from __future__ import annotations

from typing import Any

from nianbao_site.config import archive_database

Row = dict[str, Any]

# What needs a person first.
HEALTH = """
SELECT * FROM health WHERE last_attempt IS NOT NULL
ORDER BY below_expectation DESC, status = 'ok', lists_changed = 0, status, portal
"""
WAITING = "SELECT portal, name, home FROM health WHERE last_attempt IS NULL ORDER BY portal"
LISTS = "SELECT * FROM lists_changed ORDER BY portal, url"
GONE = """
SELECT key, title, unit, year, last_seen, gone_since FROM reports
WHERE gone_since IS NOT NULL ORDER BY gone_since DESC, key LIMIT 200
"""


async def health_page(datasette: Any) -> dict[str, list[Row]]:
    """Portals asked so far, portals not asked yet, lists that changed, reports that are gone."""
    database = archive_database(datasette)

    async def rows(sql: str) -> list[Row]:
        return [dict(row) for row in (await database.execute(sql)).rows]

    return {
        "portals": await rows(HEALTH),
        "waiting": await rows(WAITING),
        "lists": await rows(LISTS),
        "gone": await rows(GONE),
    }
