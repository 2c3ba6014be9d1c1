"""What the site says about tables, columns, codes and questions is what the schema holds, both ways."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.utils import parse_metadata

from archive.schema import migrate, migrations
from parsers.forms import codes, outcomes
from parsers.quantities import quantities

SITE = Path(__file__).resolve().parent.parent.parent / "datasette"
METADATA: dict[str, Any] = parse_metadata((SITE / "metadata.yaml").read_text("utf-8"))["databases"]["archive"]
TABLES: dict[str, Any] = METADATA["tables"]
QUERIES: dict[str, Any] = METADATA["queries"]
LABELS: dict[str, Any] = parse_metadata((SITE / "labels.yaml").read_text("utf-8"))
LAYOUT: dict[str, Any] = parse_metadata((SITE / "forms.yaml").read_text("utf-8"))
HAN = re.compile("[\u4e00-\u9fff]")
SHADOWS = "sections_fts_"


def schema() -> dict[str, list[str]]:
    db = sqlite3.connect(":memory:")
    migrate(db)
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    return {
        name: [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
        for name in names
        if not name.startswith(SHADOWS)
    }


def is_bilingual(text: str) -> bool:
    zh, mark, en = text.partition(" · ")
    return bool(mark and HAN.search(zh) and re.search("[A-Za-z]{2}", en))


def test_every_table_and_view_is_described_and_nothing_else() -> None:
    assert set(TABLES) == set(schema())


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_is_described_and_nothing_else(table: str) -> None:
    assert set(TABLES[table]["columns"]) == set(schema()[table])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_descriptions_are_in_both_languages(table: str) -> None:
    texts = {"": TABLES[table]["description"], **TABLES[table]["columns"]}
    assert [name for name, text in texts.items() if not is_bilingual(text)] == []
    assert HAN.search(TABLES[table]["title"])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_label_and_sort_columns_exist(table: str) -> None:
    about = TABLES[table]
    for column in (about.get(key) for key in ("label_column", "sort", "sort_desc", "fts_pk")):
        assert column is None or column in schema()[table]


@pytest.mark.parametrize("table", ["proactive", "requests", "disputes", "summary"])
def test_every_figure_names_its_unit(table: str) -> None:
    who = {"report_id", "outcome", "route", "unit", "kind", "area", "year", "form", "status"}
    figures = {name: text for name, text in TABLES[table]["columns"].items() if name not in who}
    assert [name for name, text in figures.items() if "单位：" not in text] == []


def test_there_are_ten_questions_that_say_what_they_do_not_prove() -> None:
    assert len(QUERIES) >= 10
    for about in QUERIES.values():
        assert is_bilingual(about["description"])
        assert "不能说明" in about["description"]
        assert re.search(r"\bnot\b", about["description"])
        assert re.fullmatch(r"[^？]+？ .+", about["title"])


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_columns_of_each_question_are_described(name: str) -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    db.create_function("escape_fts", 1, lambda _: '""')
    named = dict.fromkeys(re.findall(r":(\w+)", QUERIES[name]["sql"]), "")
    columns = {column[0] for column in db.execute(QUERIES[name]["sql"], named).description}
    described = {column for about in TABLES.values() for column in about["columns"]}
    own = set(QUERIES[name].get("columns", {}))
    assert columns - described - own == set()
    assert own - columns == set()


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_no_question_adds_a_government_to_its_departments(name: str) -> None:
    sql = QUERIES[name]["sql"].lower()
    summed = re.search(r"\b(?:sum|avg|total)\(\s*(?!r\.)[a-z.]*(?:received|processed|granted|denied|total)", sql)
    assert summed is None or "governments" in sql


def test_every_code_that_the_schema_allows_has_a_label() -> None:
    sql = "\n".join(text for _, text in migrations())
    allowed = re.findall(r'CHECK \("?(\w+)"? IN \(([^)]*)\)', sql)
    missing = [
        (column, code)
        for column, values in allowed
        for code in re.findall(r"'(\w+)'", values)
        if code not in LABELS.get(column, {})
    ]
    assert allowed
    assert missing == []


def test_every_quantity_in_prose_has_a_label_and_nothing_else() -> None:
    assert set(LABELS["quantity"]) == set(quantities())


def test_every_label_is_chinese_and_english() -> None:
    wrong = [(column, code) for column, codes in LABELS.items() for code, label in codes.items() if len(label) != 2]
    assert wrong == []


def test_no_label_is_that_of_another_vocabulary() -> None:
    # The outcomes of a crawl and of the statutory form stand in columns of one name.
    assert set(LABELS["outcome"]) & {outcome.outcome for outcome in outcomes()} == set()


def test_the_layout_of_table_two_is_that_of_the_codes() -> None:
    labels = {code.item: code for code in codes() if code.item}
    seen = set()
    for form, blocks in LAYOUT["proactive"].items():
        for block in blocks:
            for label, *items in block["rows"]:
                assert len(items) == len(block["columns"])
                for item, column in zip(items, block["columns"], strict=True):
                    assert form in labels[item].forms
                    seen.add(item)
                    if labels[item].forms == form:
                        assert labels[item].label_zh == f"{label}：{column}"
    assert seen == set(labels)


def test_the_layout_knows_every_applicant_and_result() -> None:
    assert list(LAYOUT["applicants"]) == list(dict.fromkeys(code.applicant for code in codes() if code.applicant))
    assert LAYOUT["results"] == list(dict.fromkeys(code.result for code in codes() if code.result))
