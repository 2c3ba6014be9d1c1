from __future__ import annotations

from pathlib import Path

import pytest

from archive.keys import Keys, KeysFileError, slug


def test_a_key_is_made_once_and_survives(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    assert Keys(path).key_of("640303:government:", "640303-hongsibu") == "640303-hongsibu"
    assert Keys(path).key_of("640303:government:", "another-wish") == "640303-hongsibu"


def test_a_taken_key_gets_a_number(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.csv")
    assert [keys.key_of(identity, "410702-weisheng") for identity in "abc"] == [
        "410702-weisheng",
        "410702-weisheng-2",
        "410702-weisheng-3",
    ]


def test_the_file_is_only_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    Keys(path).key_of("a", "one")
    before = path.read_bytes()
    Keys(path).key_of("b", "two")
    assert path.read_bytes().startswith(before)


def test_a_torn_last_line_was_in_no_transaction(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    path.write_text("identity,key\na,one\nb", "utf-8")
    assert Keys(path).by_identity == {"a": "one"}


def test_a_torn_line_does_not_swallow_the_next_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    path.write_text("identity,key\na,one\nb", "utf-8")
    Keys(path).key_of("c", "three")
    assert Keys(path).by_identity == {"a": "one", "c": "three"}


def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.csv"
    path.write_text("a;b\n", "utf-8")
    with pytest.raises(KeysFileError, match="first line"):
        Keys(path)


def test_names_become_pinyin() -> None:
    assert slug("新庄集乡") == "xinzhuangjixiang"
    assert slug("！") == "unit"
