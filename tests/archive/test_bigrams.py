"""The bigram index finds what LIKE finds."""

from __future__ import annotations

import random
import sqlite3

import pytest

from archive.bigrams import NOTHING, grams, match

ALPHABET = "公开信息申请罚款政府\U00020000〇"
OTHER = [" ", "，", "。", "2024", "GDP", "、", "（", "）", "\n\n"]


@pytest.fixture
def db() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
    made.execute("CREATE VIRTUAL TABLE fts USING fts5 (grams, content='', tokenize='unicode61')")
    return made


def fill(db: sqlite3.Connection, texts: list[str]) -> None:
    db.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(texts))
    db.executemany("INSERT INTO fts (rowid, grams) VALUES (?, ?)", [(n, grams(text)) for n, text in enumerate(texts)])


def found(db: sqlite3.Connection, query: str) -> set[int]:
    return {row[0] for row in db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match(query),))}


def like(db: sqlite3.Connection, *words: str) -> set[int]:
    rows = db.execute("SELECT id, text FROM texts").fetchall()
    return {row[0] for row in rows if all(word in row[1] for word in words)}


def generated(rng: random.Random) -> str:
    pieces = rng.choices([*ALPHABET, *OTHER], weights=[4] * len(ALPHABET) + [1] * len(OTHER), k=rng.randint(1, 60))
    return "".join(pieces)


def test_han_words_of_any_length_are_found_as_like_finds_them(db: sqlite3.Connection) -> None:
    rng = random.Random(640303)  # noqa: S311 texts to try things on
    fill(db, [generated(rng) for _ in range(400)])
    hits = 0
    for length in (1, 2, 2, 3, 4, 5, 7):
        for _ in range(40):
            word = "".join(rng.choices(ALPHABET, k=length))
            assert found(db, word) == like(db, word), word
            hits += len(found(db, word))
    assert hits > 1000


def test_several_words_must_all_occur(db: sqlite3.Connection) -> None:
    rng = random.Random(410702)  # noqa: S311 texts to try things on
    fill(db, [generated(rng) for _ in range(300)])
    for _ in range(60):
        words = ["".join(rng.choices(ALPHABET, k=rng.randint(1, 3))) for _ in range(2)]
        assert found(db, "　".join(words)) == like(db, *words), words


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        ("本年收到罚款决定", "罚款", True),
        ("行政罚，款项", "罚款", False),
        ("政府信息\n公开年度", "信息公开", True),
        ("政府信息 \n 公开年度", "信息公开", True),
        ("上一段\n\n下一段", "段下", False),
        ("2024年度报告", "2024年", True),
        ("12024年度报告", "2024年", False),
        ("共受理５件", "受理5件", True),
        ("第5条第一款", "第5条", True),
        ("第5类", "第5条", False),
        ("使用OA系统", "oa系统", True),
        ("使用OA系统", "系统", True),
        ("使用 Office 软件", "office", True),
        ("字", "字", True),
    ],
)
def test_a_term_is_found_where_it_stands(db: sqlite3.Connection, text: str, query: str, hit: bool) -> None:
    fill(db, [text])
    assert bool(found(db, query)) is hit


@pytest.mark.parametrize("query", ["", "   ", '"', "，。", "* - ^ : ( )", "\x00", "'; --"])
def test_nothing_to_look_for_finds_nothing(db: sqlite3.Connection, query: str) -> None:
    fill(db, ["公开", "a b c"])
    assert match(query) == NOTHING
    assert found(db, query) == set()


@pytest.mark.parametrize(
    "query",
    [
        '"公开',
        "公开*",
        "NOT 公开",
        "公开 OR",
        "NEAR(公开 信息)",
        "grams:公开",
        "{grams}: 公",
        "公\x00开",
        "^公",
        "AND AND AND",
        '""""',
        "%' OR 1=1 --",
        "\ud7ff\ufffe",
        "a" * 50_000,
        "公" * 5_000,
        "公 " * 5_000,
    ],
)
def test_no_input_is_syntax(db: sqlite3.Connection, query: str) -> None:
    fill(db, ["公开"])
    assert isinstance(found(db, query), set)


def test_an_entry_can_be_deleted_from_the_contentless_index(db: sqlite3.Connection) -> None:
    fill(db, ["公开信息", "公开"])
    db.execute("INSERT INTO fts (fts, rowid, grams) VALUES ('delete', 0, ?)", (grams("公开信息"),))
    assert found(db, "公开") == {1}
