"""The page of one report: what the document prints, what does not add up, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao_site.config import archive_database
from nianbao_site.forms import (
    Block,
    Cells,
    Line,
    Source,
    dispute_lines,
    layout,
    proactive_blocks,
    request_lines,
)
from nianbao_site.revisions import Change, changes

Row = dict[str, Any]

REPORT = """
SELECT r.*, u.key AS unit_key, u.name AS unit_name, u.kind AS unit_kind, g.name AS area,
       o.media_type, o.bytes, w.date AS withdrawn
FROM reports r
JOIN originals o ON o.sha256 = r.original
LEFT JOIN units u ON u.id = r.unit_id
LEFT JOIN regions g ON g.adcode = r.adcode
LEFT JOIN withdrawn w ON w.sha256 = r.original
"""
CELLS = "SELECT c.code, x.* FROM cells x JOIN codes c ON c.id = x.code_id WHERE x.report_id = ?"
CHECKS = """
SELECT k.*, ru.statement_zh, ru.statement_en FROM checks k
LEFT JOIN rules ru ON ru.rule = k.rule AND ru.version = k.version
WHERE k.report_id = ? ORDER BY k.status, k.rule, k.scope
"""
SECTIONS = "SELECT number, heading, text FROM sections WHERE report_id = ? ORDER BY number"
CLAIMS = "SELECT section, sentence, text, quantity, value, unit, approximate, table_value, agrees FROM claims"
LEGACY = "SELECT row, label, unit, column_label, kind, raw FROM legacy WHERE report_id = ? ORDER BY row, rowid"
EDITIONS = """
SELECT e.role, e.is_current, e.content_hash, o.original, o.url, o.first_seen, o.last_seen, w.date AS withdrawn
FROM editions e JOIN edition_originals o ON o.edition_id = e.id LEFT JOIN withdrawn w ON w.sha256 = o.original
WHERE e.report_id = ? ORDER BY e.is_current DESC, o.first_seen DESC, o.url
"""
PROBLEMS = "SELECT code, message, url, first_seen, last_seen FROM problems WHERE report_id = ? ORDER BY id"
YEARS = "SELECT key, year, original FROM reports WHERE unit_id = ? ORDER BY year"


@dataclass(frozen=True)
class ReportPage:
    """Everything that the page of a report prints."""

    report: Row
    proactive: list[Block]
    requests: list[Line]
    applicants: dict[str, list[str]]
    disputes: list[Line]
    results: list[str]
    checks: list[Row]
    uncertain: list[Row]
    failed_columns: set[str]
    failed_rows: set[str]
    failed_routes: set[str]
    sections: list[Row]
    claims: list[Row]
    legacy: list[Row]
    editions: list[Row]
    problems: list[Row]
    years: list[Row]
    history: list[Change]
    corrections: list[Change]

    @property
    def differing(self) -> int:
        """How many quantities in prose differ from the tables' figure."""
        return sum(claim["agrees"] == 0 for claim in self.claims)

    @property
    def name(self) -> str:
        """The title as printed, else who and when, else the key: never an empty heading."""
        report = self.report
        return (
            report["title"] or " ".join(str(part) for part in (report["unit"], report["year"]) if part) or report["key"]
        )


async def report_page(datasette: Any, *, key: str | None = None, row_id: str | None = None) -> ReportPage | None:
    """The page of the report with this public key, or this row; None when there is none."""
    database = archive_database(datasette)

    async def rows(sql: str, *parameters: Any) -> list[Row]:
        return [dict(row) for row in (await database.execute(sql, parameters)).rows]

    found = await rows(f"{REPORT} WHERE r.key = ?" if row_id is None else f"{REPORT} WHERE r.id = ?", row_id or key)
    if not found:
        return None
    report = found[0]
    report_id = report["id"]
    cells = Cells(await rows(CELLS, report_id), Source(report["original"], report["media_type"]))
    checks = await rows(CHECKS, report_id)
    failed = [check for check in checks if check["status"] == "fail"]
    return ReportPage(
        report=report,
        proactive=proactive_blocks(cells, report["form"]),
        requests=request_lines(cells, await rows("SELECT * FROM outcomes ORDER BY position")),
        applicants=layout()["applicants"],
        disputes=dispute_lines(cells, await rows("SELECT * FROM routes ORDER BY position")),
        results=layout()["results"],
        checks=failed,
        uncertain=[check for check in checks if check["status"] != "fail"],
        failed_columns={check["scope"] for check in failed if check["rule"] in ("flow", "items")},
        failed_rows={check["scope"] for check in failed if check["rule"] == "row"},
        failed_routes={check["scope"] for check in failed if check["rule"] == "dispute_total"},
        sections=await rows(SECTIONS, report_id),
        claims=await rows(f"{CLAIMS} WHERE report_id = ? ORDER BY agrees IS NULL, agrees, id", report_id),
        legacy=await rows(LEGACY, report_id),
        editions=await rows(EDITIONS, report_id),
        problems=await rows(PROBLEMS, report_id),
        years=await rows(YEARS, report["unit_id"]),
        history=await changes(datasette, "source", report=report_id),
        corrections=await changes(datasette, "parser", report=report_id),
    )
