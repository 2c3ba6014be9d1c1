"""An archive (ZIP, or gzip of one file) as the files in it, its caps kept. Which is the report is not decided here."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.gzip import Gzip
from parsers.formats.package import MOST_UNPACKED, Package
from parsers.formats.sniff import sniff_bytes

MOST_FILES = 60
# An archive in the archive is opened, one in that is not.
_DEPTH = 2
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
Remark = tuple[str, str]


@dataclass
class Bundle:
    """The files of an archive by their names in it, and what could not be taken out: (code, message)."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def is_bundle(data: bytes) -> bool:
    """Is this an archive that can be opened?"""
    return sniff_bytes(data) in ("zip", "gzip")


def read_bundle(data: bytes, file: str) -> Bundle:
    """The files of an archive and of archives in it. Raises DocumentUnreadableError when it cannot be opened."""
    bundle = Bundle()
    _open(data, file, MOST_UNPACKED, "", 1, bundle)
    return bundle


def _open(data: bytes, file: str, left: int, prefix: str, depth: int, bundle: Bundle) -> int:
    """Take an archive's files out; gives how many bytes may still be unpacked after it."""
    package = Package(data, file, left) if sniff_bytes(data) == "zip" else Gzip(data, file, left)
    _unpack(package, prefix, depth, bundle)
    return package.left


def _unpack(package: Package | Gzip, prefix: str, depth: int, bundle: Bundle) -> None:
    for name in package.names:
        shown = prefix + shown_name(name, package.is_unicode(name))
        if _is_litter(shown):
            continue
        if len(bundle.files) >= MOST_FILES:
            bundle.remarks.append(("too_many_members", f"only the first {MOST_FILES} files of the archive were read"))
            return
        try:
            data = package.read(name, MOST_UNPACKED)
            if not is_bundle(data):
                bundle.files.append((shown, data))
            elif depth < _DEPTH:
                package.left = _open(data, shown, package.left, f"{shown}/", depth + 1, bundle)
            else:
                bundle.remarks.append(
                    ("nested_too_deep", f"{shown} is an archive in an archive in an archive; not opened")
                )
        except DocumentUnreadableError as error:
            bundle.remarks.append((error.code, error.message))


def shown_name(name: str, is_unicode: bool) -> str:
    """A member's name as its maker wrote it: in old archives the bytes are the maker's own, in China GB18030."""
    if is_unicode:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _is_litter(name: str) -> bool:
    """What the maker's machine added."""
    parts = name.lower().split("/")
    return "__macosx" in parts or parts[-1] in _LITTER or parts[-1].startswith(("._", "~$"))
