"""What is missing on this machine before a first crawl: each thing looked at, what was found, what to do about it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from archive.clock import ClockError, now
from archive.office import PACKAGES, converter
from archive.store import ArchiveBusyError, ArchiveMissingError, DataFolderError, beside_no_writer, connect_for_reading
from crawler.contact import is_all_on_loopback

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
# A portal of fifty reports takes some hundred megabytes, with the exchanges as the wire gave them.
LEAST_FREE = 5_000_000_000
# The day that this was written: no clock that is right shows an earlier one.
EARLIEST = "2026-11-01"
PROXIES = ("http_proxy", "https_proxy")


@dataclass(frozen=True)
class Finding:
    """One thing looked at, what was found, and what to do ("" for nothing); `needed` or only nice to have."""

    subject: str
    found: str
    advice: str = ""
    needed: bool = True

    def __str__(self) -> str:
        if not self.advice:
            return f"ok: {self.subject}: {self.found}"
        return f"{'missing' if self.needed else 'optional'}: {self.subject}: {self.found}; {self.advice}"


def examine(data: Path, contact: str | None, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at everything a crawl into `data` needs. Changes nothing."""
    yield _contact(contact, environment)
    yield from _proxies(environment)
    yield _clock(data)
    yield _folder(data)
    yield _lock(data)
    yield _disk(data)
    yield _office()
    yield _models()
    yield _font()


def _contact(contact: str | None, environment: Mapping[str, str]) -> Finding:
    if contact:
        return Finding("contact", contact)
    if is_all_on_loopback(environment):
        return Finding("contact", "none, and none needed: every request goes to a proxy on this machine")
    advice = "give --contact URL or set NIANBAO_CONTACT to an address under which portals can reach you"
    return Finding("contact", "none is set", advice)


def _proxies(environment: Mapping[str, str]) -> Iterator[Finding]:
    named = {name: environment.get(name) or environment.get(name.upper()) or "" for name in PROXIES}
    if not any(named.values()):
        yield Finding("proxy", "none is set; hosts are asked directly")
    for name, proxy in named.items():
        if proxy and _host(proxy) is None:
            yield Finding("proxy", f"{name} is {proxy}", f"set {name} to an address such as http://127.0.0.1:3128")
        elif proxy:
            yield Finding("proxy", f"{name} leads to {_host(proxy)}")
    if bool(named["http_proxy"]) != bool(named["https_proxy"]):
        told = "only one of http_proxy and https_proxy is set"
        yield Finding("proxy", told, "set both, or the other scheme's requests go out directly", needed=False)


def _host(proxy: str) -> str | None:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
        address = f"{parts.hostname}:{parts.port or 80}"
    except ValueError:
        return None
    return address if parts.hostname else None


def _clock(data: Path) -> Finding:
    set_right = "set the machine's clock right (or unset NIANBAO_NOW): dates of fetches are evidence"
    try:
        moment = now()
    except ClockError as error:
        return Finding("clock", str(error), "unset NIANBAO_NOW")
    latest = _latest_fetch(data)
    if moment < max(EARLIEST, latest or ""):
        before = f"the archive's last request of {latest}" if latest and latest > moment else EARLIEST
        return Finding("clock", f"{moment}, before {before}", set_right)
    if os.environ.get("NIANBAO_NOW"):
        return Finding("clock", f"{moment}, given by NIANBAO_NOW", set_right)
    return Finding("clock", moment)


def _latest_fetch(data: Path) -> str | None:
    try:
        with closing(connect_for_reading(data)) as db:
            row = db.execute("SELECT max(fetched_at) FROM fetches").fetchone()
    except (ArchiveMissingError, DataFolderError, sqlite3.DatabaseError):
        return None
    return None if row[0] is None else str(row[0])


def _folder(data: Path) -> Finding:
    existing = _nearest(data)
    advice = "name a folder you may write to with --data, or give access to this one"
    if not existing.is_dir():
        return Finding("data folder", f"{existing} is no folder", advice)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Finding("data folder", f"{existing} cannot be written ({error.strerror})", advice)
    return Finding("data folder", f"{data} can be written" if existing == data else f"{data} can be made")


def _lock(data: Path) -> Finding:
    try:
        with beside_no_writer(data):
            return Finding("lock", "nobody else is writing there")
    except ArchiveBusyError:
        return Finding("lock", "another nianbao is writing there", "wait until it has ended")
    except DataFolderError as error:
        return Finding("lock", str(error), "give access to the file named lock in it")


def _disk(data: Path) -> Finding:
    free = shutil.disk_usage(_nearest(data)).free
    found = f"{free / 1e9:.1f} GB free"
    if free < LEAST_FREE:
        return Finding("disk", found, f"make room: {LEAST_FREE / 1e9:.0f} GB are expected for a few dozen portals")
    return Finding("disk", found)


def _nearest(folder: Path) -> Path:
    """The folder itself or, where it is still to be made, the one that it would be made in."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


def _office() -> Finding:
    name = converter()
    if name is None:
        advice = (
            f"install it, or DOC, WPS and RTF stay unread (Debian, Ubuntu: sudo apt-get install {' '.join(PACKAGES)})"
        )
        return Finding("LibreOffice", "soffice was not found", advice)
    return Finding("LibreOffice", name)


def _models() -> Finding:
    package = find_spec("rapidocr")
    folder = Path(package.origin).parent / "models" if package is not None and package.origin else None
    kinds = {path.name for path in folder.glob("*.onnx")} if folder is not None else set()
    if any("_det_" in name for name in kinds) and any("_rec_" in name for name in kinds):
        return Finding("recognition of scans", f"{len(kinds)} models in the package rapidocr")
    return Finding(
        "recognition of scans", "the package rapidocr has no models", "install it anew: make clean, then make demo"
    )


def _font() -> Finding:
    if FONT.exists():
        return Finding("Chinese font", FONT.name)
    advice = "only the demo and the tests need it (Debian, Ubuntu: sudo apt-get install fonts-wqy-zenhei)"
    return Finding("Chinese font", f"{FONT.name} was not found", advice, needed=False)
