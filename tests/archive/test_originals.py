from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.originals import OriginalMissingError, Originals


def test_bytes_are_kept_under_their_own_hash(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    stored = store.put(b"\x80 raw, not decoded")
    assert stored.is_new
    assert stored.sha256 == hashlib.sha256(b"\x80 raw, not decoded").hexdigest()
    assert store.read(stored.sha256) == b"\x80 raw, not decoded"
    assert store.path(stored.sha256).parent.name == stored.sha256[:2]


def test_an_original_is_never_overwritten(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    first = store.put(b"same")
    before = store.path(first.sha256).stat()
    again = store.put(b"same")
    after = store.path(first.sha256).stat()
    assert not again.is_new
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_nothing_half_written_is_listed(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    kept = store.put(b"whole").sha256
    (store.path(kept).parent / ".writing-torn").write_bytes(b"who")
    assert list(store) == [kept]


def test_a_missing_original_is_named(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    with pytest.raises(OriginalMissingError, match="restore it from a copy"):
        store.read("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "G" * 64, "0" * 64 + "\n"])
def test_what_is_no_hash_has_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no sha256"):
        Originals(tmp_path).path(name)
