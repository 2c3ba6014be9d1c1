"""The archive's folder, opened for writing by one process at a time.

archive.db         what was asked, kept, read and found (WAL; one writer)
site/archive.db    the snapshot that people see (archive/publish.py)
originals/         the files as the servers sent them (archive/originals.py)
warc/              every exchange with a server, in WARC files (archive/captures.py)
withdrawn/, withdrawn.csv   what is no longer shown, and why (archive/withdrawn.py)
keys.csv           the public keys of units and reports, append-only (archive/keys.py)
lock               held by the process that writes
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.captures import Captures
from archive.ledger import Ledger
from archive.originals import Originals
from archive.schema import migrate
from archive.seeds import seed
from archive.together import Connection

# Seconds that a write waits for another program to let go of the database.
PATIENCE = 60


class DataFolderError(Exception):
    """The data folder cannot be used."""


class ArchiveBusyError(Exception):
    """Another process is writing to this data folder."""


class ArchiveMissingError(Exception):
    """There is no archive in this folder yet."""


@dataclass(frozen=True)
class Archive:
    """An archive open for writing."""

    folder: Path
    db: Connection
    originals: Originals
    ledger: Ledger
    captures: Captures

    @staticmethod
    @contextmanager
    def open(folder: Path, make: bool = True) -> Iterator[Archive]:
        """Open the archive in `folder`, made when it is not there; what a killed process left open is mended.

        Raises DataFolderError, ArchiveBusyError and, unless it may be made, ArchiveMissingError.
        """
        if not make:
            _must_exist(folder)
        with _lock(folder):
            db = connect(folder / "archive.db")
            try:
                migrate(db)
                seed(db)
                captures = Captures(folder / "warc", db)
                captures.recover()
                originals = Originals(folder / "originals", aside=folder / "withdrawn")
                try:
                    yield Archive(folder, db, originals, Ledger(db, captures.tell), captures)
                finally:
                    captures.close()
            finally:
                db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make what is written within durable in groups, at the latest where a crawl begins or ends.

        Raises what keeps the last group from the disk.
        """
        self.originals.hold()
        self.captures.hold()
        self.db.hold(self.captures.sync, self.originals.flush)
        try:
            yield
        finally:
            try:
                self.db.release()
            finally:
                self.captures.release()
                self.originals.release()


def connect(path: Path) -> Connection:
    """A connection for writing: WAL, foreign keys checked, rows by name."""
    try:
        db = sqlite3.connect(path, timeout=PATIENCE, factory=Connection)
        db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.DatabaseError as error:
        raise DataFolderError(
            f"{path}: not a database that can be written ({error}); name another --data folder"
        ) from None
    # A kill loses nothing that was committed; what a power cut takes of it, the WARC files have, or is read again.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.row_factory = sqlite3.Row
    return db


def connect_for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that only reads, beside a writer. Raises ArchiveMissingError, DataFolderError."""
    path = _must_exist(folder)
    # On a folder that nobody can write, nothing can be kept beside the file while it is read, and nobody changes it.
    fixed = not os.access(folder, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    how = "immutable=1" if fixed else "mode=ro"
    db = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=PATIENCE)
    try:
        db.execute("SELECT 1 FROM migrations")
    except sqlite3.DatabaseError as error:
        raise DataFolderError(f"{path}: not an archive that can be read ({error}); restore it from a copy") from None
    db.row_factory = sqlite3.Row
    return db


def _must_exist(folder: Path) -> Path:
    path = folder / "archive.db"
    if not path.exists():
        raise ArchiveMissingError(f"{folder}: no archive here; make one with `nianbao crawl` or `nianbao add`")
    return path


@contextmanager
def beside_no_writer(folder: Path) -> Iterator[None]:
    """Hold off a writer of this folder where there may be one; makes nothing. Raises ArchiveBusyError."""
    if not (folder / "lock").exists():
        yield
        return
    with _lock(folder):
        yield


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise DataFolderError(
            f"{folder}: cannot be written ({error.strerror}); name a folder you may write to with --data"
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ArchiveBusyError(f"{folder}: another nianbao is writing here; wait until it has ended") from None
    try:
        yield
    finally:
        os.close(descriptor)
