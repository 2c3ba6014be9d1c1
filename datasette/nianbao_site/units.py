"""The page of one publishing body: its reports over the years, side by side and never summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao_site.config import archive_database

Row = dict[str, Any]

UNIT = """
SELECT u.*, g.name AS area, p.name AS parent_name, p.key AS parent_key,
       s.name AS successor_name, s.key AS successor_key
FROM units u LEFT JOIN regions g ON g.adcode = u.adcode
LEFT JOIN units p ON p.id = u.parent_id LEFT JOIN units s ON s.id = u.successor_id
"""
YEARS = """
SELECT r.key, r.checks_failed, r.status, s.*, d.denied_total, d.unable_total, d.refused_total,
       d.other_total AS other_sum
FROM reports r
LEFT JOIN summary s ON s.report_id = r.id
LEFT JOIN derived d ON d.report_id = r.id
WHERE r.unit_id = ? ORDER BY r.year, r.key
"""
CHILDREN = """
SELECT u.key, u.name, u.kind, count(r.id) AS reports, min(r.year) AS first_year, max(r.year) AS last_year
FROM units u LEFT JOIN reports r ON r.unit_id = u.id
WHERE u.parent_id = ? GROUP BY u.id ORDER BY u.kind, u.name
"""

# Rows of the record: column of `summary` or `derived` → label.
FIGURES = (
    ("new_received", "本年新收申请", "requests received"),
    ("carried_in", "上年结转", "carried in"),
    ("granted_full", "予以公开", "granted in full"),
    ("granted_partial", "部分公开", "granted in part"),
    ("denied_total", "不予公开（合计）", "denied, summed"),
    ("unable_total", "无法提供（合计）", "unable to provide, summed"),
    ("refused_total", "不予处理（合计）", "refused, summed"),
    ("other_sum", "其他处理", "other"),
    ("total_processed", "办理结果总计", "processed, as printed"),
    ("carried_out", "结转下年度", "carried out"),
    ("reconsideration_total", "行政复议", "reconsiderations"),
    ("reconsideration_corrected", "其中结果纠正", "of which corrected"),
    ("litigation_direct_total", "直接起诉", "direct lawsuits"),
    ("litigation_direct_corrected", "其中结果纠正", "of which corrected"),
    ("litigation_after_reconsideration_total", "复议后起诉", "lawsuits after reconsideration"),
    ("litigation_after_reconsideration_corrected", "其中结果纠正", "of which corrected"),
    ("licensing_decisions", "行政许可决定", "licensing decisions"),
    ("penalty_decisions", "行政处罚决定", "penalty decisions"),
    ("coercion_decisions", "行政强制决定", "coercion decisions"),
)


@dataclass(frozen=True)
class UnitPage:
    """Everything that the page of a unit prints."""

    unit: Row
    names: list[Row]
    years: list[Row]
    children: list[Row]
    figures: tuple[tuple[str, str, str], ...] = FIGURES

    @property
    def forms(self) -> set[str]:
        """The forms that its reports use: more than one is a warning to the reader."""
        return {row["form"] for row in self.years if row["form"]}


async def unit_page(datasette: Any, *, key: str | None = None, row_id: str | None = None) -> UnitPage | None:
    """The page of the unit with this public key, or this row; None when there is none."""
    database = archive_database(datasette)

    async def rows(sql: str, *parameters: Any) -> list[Row]:
        return [dict(row) for row in (await database.execute(sql, parameters)).rows]

    found = await rows(f"{UNIT} WHERE u.key = ?" if row_id is None else f"{UNIT} WHERE u.id = ?", row_id or key)
    if not found:
        return None
    unit = found[0]["id"]
    return UnitPage(
        unit=found[0],
        names=await rows("SELECT * FROM unit_names WHERE unit_id = ? ORDER BY first_year, name", unit),
        years=await rows(YEARS, unit),
        children=await rows(CHILDREN, unit),
    )
