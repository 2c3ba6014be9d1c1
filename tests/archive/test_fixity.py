"""Every loss is found and named: a flipped byte, a cut file, a missing one, a database unlike the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.exchange import Exchange
from archive.fixity import Loss, sha256_of, verify
from archive.inventory import inventory, warc_losses
from archive.store import Archive
from tests.archive.factory import keep
from tests.archive.test_load import URL


def losses(folder: Path) -> dict[str, Loss | None]:
    return {item.sha256: loss for item, loss in verify(inventory(folder).originals, workers=2)}


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
    archive.captures.close()
    archive.db.close()
    with (archive.folder / "archive.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert [loss.what for loss in inventory(archive.folder).losses][:1] == ["database damaged"]


def exchange(archive: Archive, number: int) -> Exchange:
    crawl = archive.db.execute("SELECT max(id) FROM crawls").fetchone()[0]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    body = f"<p>{number}</p>".encode() * 200
    return Exchange(crawl, "hongqi", f"{URL}?{number}", "GET", b"GET / HTTP/1.1\r\n\r\n", head, body)


def captured(archive: Archive, count: int = 20, close: bool = True) -> Path:
    """A WARC file of so many answers."""
    archive.ledger.begin_crawl("hongqi")
    for number in range(count):
        archive.captures.write(exchange(archive, number))
    if close:
        archive.captures.close()
    return archive.captures.files()[0]


def told(archive: Archive) -> list[str]:
    return [str(loss) for _, found in warc_losses(inventory(archive.folder)) for loss in found]


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("close", [True, False])
def test_sound_warc_files_are_sound(archive: Archive, close: bool) -> None:
    captured(archive, close=close)
    assert told(archive) == []
    assert [file.seal is None for file in inventory(archive.folder).warc] == [not close]


@pytest.mark.parametrize("close", [True, False])
def test_one_flipped_byte_in_a_warc_file_is_found_and_its_record_named(archive: Archive, close: bool) -> None:
    path = captured(archive, close=close)
    offsets = [row[0] for row in archive.db.execute("SELECT warc_offset FROM captures ORDER BY id")]
    flip(path, offsets[7] + 40)
    found = told(archive)
    assert [line.startswith("changed") for line in found] == ([True, False] if close else [False])
    assert found[-1] == f"record damaged: {path}, byte {offsets[7]}"


def test_a_flipped_byte_that_no_record_shows_is_found_all_the_same(archive: Archive) -> None:
    path = captured(archive)
    # The time in a gzip member's head: no checksum of the record covers it.
    flip(path, archive.db.execute("SELECT max(warc_offset) FROM captures").fetchone()[0] + 4)
    assert told(archive) == [f"changed: {path}"]


def test_a_truncated_warc_file_is_found(archive: Archive) -> None:
    path = captured(archive)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size - 30)
    assert told(archive)[0] == f"truncated ({size - 30} of {size} bytes): {path}"


def test_a_missing_warc_file_is_found(archive: Archive) -> None:
    path = captured(archive)
    path.unlink()
    assert told(archive) == [f"missing: {path}"]


def test_a_place_in_the_database_at_which_nothing_stands_is_found(archive: Archive) -> None:
    path = captured(archive)
    with archive.db:
        archive.db.execute("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 3")
    assert [line.split(":")[0] for line in told(archive)] == ["no record where the database says"]
    assert str(path) in told(archive)[0]


def test_the_torn_end_of_a_file_that_is_still_open_is_no_loss(archive: Archive) -> None:
    path = captured(archive, close=False)
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half a record")
    assert told(archive) == []
