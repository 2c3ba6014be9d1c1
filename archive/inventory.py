"""What an archive must hold: the database against the disk, both ways, and every kept byte against its hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.fixity import Item, Loss, verify
from archive.originals import SHA256, Originals
from archive.store import connect_for_reading
from archive.warc_fixity import WarcFile, lost_records, misplaced, sealed, warc_files


@dataclass
class Inventory:
    """What is to be compared. `unlisted` files have no row: a kill can leave one, and the next crawl takes it up.

    `strays` are files where only originals belong; `losses` is what is wrong with the database itself.
    """

    originals: list[Item] = field(default_factory=list)
    warc: list[WarcFile] = field(default_factory=list)
    unlisted: int = 0
    strays: list[Path] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def inventory(folder: Path) -> Inventory:
    """What the database lists and what lies on the disk. Raises ArchiveMissingError, DataFolderError."""
    shown, aside = Originals(folder / "originals"), Originals(folder / "withdrawn")
    db = connect_for_reading(folder)
    sound = [row[0] for row in db.execute("PRAGMA quick_check(20)")]
    found = Inventory(losses=[Loss("database damaged", told) for told in sound if told != "ok"])
    withdrawn = {row[0] for row in db.execute("SELECT sha256 FROM withdrawn")}
    listed = dict(db.execute("SELECT sha256, bytes FROM originals ORDER BY sha256").fetchall())
    found.warc = warc_files(folder / "warc", db)
    db.close()
    for sha256, size in listed.items():
        found.originals.append(Item(sha256, (aside if sha256 in withdrawn else shown).path(sha256), size))
    for store in (shown, aside):
        for path in sorted(path for path in store.folder.glob("*/*") if path.is_file()):
            if not SHA256.fullmatch(path.stem) or path != store.path(path.stem):
                found.strays.append(path)
            elif path.stem not in listed:
                found.originals.append(Item(path.stem, path, None))
                found.unlisted += 1
    return found


def losses(found: Inventory) -> Iterator[tuple[int, list[Loss]]]:
    """(bytes compared, what is lost of originals and of the database) as the comparison goes on."""
    yield 0, found.losses
    for item, loss in verify(found.originals):
        yield item.size or 0, [loss] if loss is not None else []


def warc_losses(found: Inventory) -> Iterator[tuple[int, list[Loss]]]:
    """(bytes compared, what is lost of the WARC files) as the comparison goes on."""
    whole = sealed(found.warc)
    broken = set()
    for item, loss in verify(whole):
        broken |= {item.path} if loss is not None else set()
        yield item.size or 0, [loss] if loss is not None else []
    for file in found.warc:
        if not file.path.exists():
            yield 0, [Loss("missing", str(file.path))] if file.seal is None else []
        elif file.seal is None or file.path in broken:
            yield 0, [*misplaced(file), *lost_records(file)]
        else:
            yield 0, list(misplaced(file))
