"""Every loss is found and named: a flipped byte, a cut file, a missing one, a database unlike the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.fixity import Loss, inventory, sha256_of, verify
from archive.store import Archive
from tests.archive.factory import keep
from tests.archive.test_load import URL


def losses(folder: Path) -> dict[str, Loss | None]:
    return {item.sha256: loss for item, loss in verify(inventory(folder).items, workers=2)}


@pytest.mark.parametrize(
    ("left", "what"), [(b"hurT", "changed"), (b"hu", "truncated (2 of 4 bytes)"), (b"", "truncated"), (None, "missing")]
)
def test_every_loss_of_an_original_is_found(archive: Archive, left: bytes | None, what: str) -> None:
    sound, hurt = keep(archive, b"sound", URL), keep(archive, b"hurt", URL + "2")
    path = archive.originals.path(hurt)
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    found = losses(archive.folder)
    assert found[sound] is None
    loss = found[hurt]
    assert loss is not None
    assert loss.what.startswith(what)
    assert loss.place == str(path)


def test_one_flipped_bit_in_many_megabytes_is_found(archive: Archive) -> None:
    big = bytes(range(256)) * 20_000
    sha256 = keep(archive, big, URL)
    path = archive.originals.path(sha256)
    assert sha256_of(path) == (sha256, len(big))
    with path.open("r+b") as file:
        file.seek(len(big) - 7)
        byte = file.read(1)[0]
        file.seek(len(big) - 7)
        file.write(bytes([byte ^ 1]))
    assert losses(archive.folder)[sha256] == Loss("changed", str(path))


def test_a_sound_file_left_by_a_kill_is_no_loss_and_is_told(archive: Archive) -> None:
    sha256 = archive.originals.put(b"no row yet").sha256
    assert losses(archive.folder) == {sha256: None}
    assert inventory(archive.folder).unlisted == 1


def test_a_file_without_a_row_must_be_what_its_name_says(archive: Archive) -> None:
    sha256 = archive.originals.put(b"no row yet").sha256
    archive.originals.path(sha256).write_bytes(b"something else")
    assert losses(archive.folder)[sha256] is not None


def test_what_is_no_original_is_told_apart(archive: Archive) -> None:
    keep(archive, b"one", URL)
    stray = archive.folder / "originals" / "ab" / ".writing-x"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"half")
    assert inventory(archive.folder).strays == [stray]


def test_a_withdrawn_original_is_verified_where_it_lies(archive: Archive) -> None:
    sha256 = keep(archive, b"one", URL)
    with archive.db:
        archive.db.execute("INSERT INTO withdrawn VALUES (?, '2026-01-05', 'a person')", (sha256,))
    archive.originals.set_aside(sha256)
    assert losses(archive.folder) == {sha256: None}


def test_a_damaged_database_is_a_loss(archive: Archive) -> None:
    for number in range(300):
        keep(archive, f"file {number}".encode(), f"{URL}?{number}")
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = archive.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'fetches_url'").fetchone()
    (size,) = archive.db.execute("PRAGMA page_size").fetchone()
    archive.db.close()
    with (archive.folder / "archive.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert [loss.what for loss in inventory(archive.folder).losses][:1] == ["database damaged"]
