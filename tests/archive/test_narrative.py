from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from typing import Any

import pytest

from archive.editions import content_hash
from archive.integers import within_limits
from archive.narrative import table_value
from archive.publish import publish
from archive.store import Archive
from tests.archive.factory import cell, reading
from tests.archive.test_load import load

CELLS = {
    "requests.new_received.total": cell("74"),
    "requests.new_received.natural_person": cell("70"),
    "requests.carried_in.total": cell("1"),
    "requests.granted_partial.total": cell(""),
    "proactive.procurement_amount": cell("1") | {"value": "128842000"},
    "proactive.admin_fees_wan_yuan": cell("1") | {"value": "12.345"},
}


def claim(quantity: str | None, value: int | str, unit: str = "件", about: bool = False) -> dict[str, Any]:
    sentence = f"电话13812345678，数量{value}{unit}。"
    return {
        "section": 1,
        "sentence": sentence,
        "text": sentence[:-1],
        "quantity": quantity,
        "value": value,
        "unit": unit,
        "approximate": about,
    }


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (claim("requests_new_received", 74), (74, True)),
        (claim("requests_new_received", 75), (75, True)),
        (claim("requests_new_received", 70), (70, True)),
        (claim("requests_new_received", 73), (74, False)),
        (claim("requests_new_received", 70, about=True), (74, True)),
        (claim("requests_granted_partial", 0), None),
        (claim("requests_denied", 0), None),
        (claim("items_published", 74, "条"), None),
        (claim(None, 74), None),
        (claim("procurement_amount", "12884.2", "万元"), ("12884.2", True)),
        (claim("procurement_amount", "1.29", "亿元"), ("1.28842", True)),
        (claim("procurement_amount", 128842000, "元"), (128842000, True)),
        (claim("admin_fees", 9, "万元"), ("12.345", False)),
    ],
)
def test_prose_held_against_the_tables(stated: dict[str, Any], expected: tuple[int | str, bool] | None) -> None:
    found = table_value(stated, CELLS)
    assert (found and (str(found[0].normalize()), found[1])) == (
        expected and (str(Decimal(expected[0]).normalize()), expected[1])
    )


def figure(raw: str) -> dict[str, Any]:
    return {"row": 1, "label": "收到申请数", "unit": "件", "column": "统计数", "cell": cell(raw)}


def rows(db: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608 our own names


def test_claims_and_old_tables_are_kept_and_published_without_mobile_numbers(archive: Archive) -> None:
    parsed = reading(claims=[claim("requests_new_received", 4), claim(None, "2.5", "倍")], legacy=[figure("5")])
    load(archive, b"one", parsed)
    db = sqlite3.connect(publish(archive))
    sentence = "电话138********，数量{}。"
    assert rows(db, "claims") == [
        (1, 1, 1, sentence.format("4件"), sentence.format("4件")[:-1], "requests_new_received", 4, "件", 0, 3, 0),
        (2, 1, 1, sentence.format("2.5倍"), sentence.format("2.5倍")[:-1], None, 2.5, "倍", 0, None, None),
    ]
    assert rows(db, "legacy") == [(1, 1, "收到申请数", "件", "统计数", 5, "number", "5")]
    assert "13812345678" not in "\n".join(db.iterdump())
    assert len(json.loads(db.execute("SELECT parsed FROM editions").fetchone()[0])["claims"]) == 2


def test_a_reading_made_before_there_were_claims_still_loads(archive: Archive) -> None:
    load(archive, b"one", reading())
    assert rows(archive.db, "claims") == []
    assert rows(archive.db, "legacy") == []


def test_the_rows_are_replaced_when_a_report_is_read_anew(archive: Archive) -> None:
    load(archive, b"one", reading(claims=[claim(None, 1), claim(None, 2)], legacy=[figure("5")]))
    load(archive, b"one", reading(claims=[claim(None, 3)], legacy=[figure("")]))
    assert [row[6] for row in rows(archive.db, "claims")] == [3]
    assert [row[5:] for row in rows(archive.db, "legacy")] == [(None, "blank", "")]


def test_the_content_hash_knows_old_tables_and_only_these() -> None:
    before = content_hash(reading(), "0")
    assert content_hash(reading(legacy=[], claims=[claim(None, 1)]), "0") == before
    assert content_hash(reading(legacy=[figure("5")]), "0") != before
    assert content_hash(reading(legacy=[figure("5")]), "0") != content_hash(reading(legacy=[figure("6")]), "0")


def test_a_quantity_beyond_any_count_is_told_and_left_out(archive: Archive) -> None:
    huge = 10**30
    kept = within_limits(reading(claims=[claim(None, huge), claim(None, 3)], legacy=[figure(str(huge))]))
    assert [one["value"] for one in kept["claims"]] == [3]
    assert kept["legacy"][0]["cell"]["kind"] == "text"
    assert kept["problems"][0]["code"] == "number_too_large"
    load(archive, b"one", kept)
    assert len(rows(archive.db, "claims")) == 1


def test_a_telephone_number_under_an_old_table_is_no_figure(archive: Archive) -> None:
    load(archive, b"one", reading(legacy=[figure("13812345678")]))
    assert [row[5:] for row in rows(archive.db, "legacy")] == [(None, "text", "138********")]
