"""ZIP containers and the XML in them, opened without trust: everything that can grow is held to a cap."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from functools import lru_cache

from lxml import etree

from parsers.formats.errors import DocumentUnreadableError

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100_000_000
# An XML tree takes some ten times the room of its text; a report's has a tenth of this.
MOST_XML = 12_000_000
# Deflate reaches 1:1000; tables of Word, which repeat themselves most, stay under 1:100.
MOST_RATIO = 250
SMALL = 1_000_000
_HEAD = 4096
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
# What zipfile and the unpackers behind it raise on damaged members.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Package:
    """An opened ZIP. `left` is how many bytes may still be unpacked from it."""

    def __init__(self, data: bytes, file: str, left: int = MOST_UNPACKED) -> None:
        """Raises DocumentUnreadableError for a damaged file and one of too many members."""
        self.file = file
        self.left = left
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise DocumentUnreadableError("too_many_members", f"{file} has over {MOST_MEMBERS} members; none was read")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self._damaged(error) from error
        self._members = {info.filename.lstrip("/"): info for info in self._zip.infolist() if not info.is_dir()}

    @property
    def names(self) -> list[str]:
        """The members that are files, in the order of the archive."""
        return list(self._members)

    def is_unicode(self, name: str) -> bool:
        """Does the archive say that this member's name is UTF-8?"""
        return bool(self._members[name].flag_bits & 0x800)

    def read(self, name: str, most: int = MOST_UNPACKED) -> bytes:
        """A member's bytes.

        Raises DocumentUnreadableError when it is not there, locked, damaged, or unpacks to more than `most`, than
        what is left, or than any document does from so few bytes.
        """
        info = self._members.get(name)
        if info is None:
            raise DocumentUnreadableError("part_missing", f"{self.file} has no part {name}; the whole file is needed")
        if info.flag_bits & _ENCRYPTED:
            raise DocumentUnreadableError("file_locked", f"{self.file} is locked by a password; an open file is needed")
        most = min(most, self.left)
        if info.file_size > most or info.file_size > max(SMALL, MOST_RATIO * info.compress_size):
            raise self._bomb(name)
        try:
            with self._zip.open(info) as member:
                data = member.read(most + 1)
        except _DAMAGED as error:
            raise self._damaged(error) from error
        if len(data) > most:
            raise self._bomb(name)
        self.left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of a member that is XML. Raises DocumentUnreadableError as `read` and `parse_xml` do."""
        return parse_xml(self.read(name, MOST_XML), f"{self.file}: {name}")

    def optional_xml(self, name: str) -> etree._Element | None:
        """The same for a part that a file may lack."""
        return self.xml(name) if name in self._members else None

    def _damaged(self, error: Exception) -> DocumentUnreadableError:
        reason = f"{self.file} is a damaged ZIP container ({type(error).__name__}); the whole file is needed"
        return DocumentUnreadableError("zip_damaged", reason)

    def _bomb(self, name: str) -> DocumentUnreadableError:
        reason = f"{self.file}: {name} unpacks to more than any document; it was not unpacked"
        return DocumentUnreadableError("unpacked_too_large", reason)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML document that comes from strangers: no entities, no network, libxml2's own limits kept.

    Raises DocumentUnreadableError when it is not well formed, too deep, or declares a document type, which none of
    the office formats does and every entity bomb needs.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    # Asked before the parser is: its own guard against entity bombs would call them damaged.
    if b"<!DOCTYPE" in data[:_HEAD].replace(b"\0", b""):
        raise _typed(name)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = f"{name} is damaged XML ({type(error).__name__}); the whole file is needed"
        raise DocumentUnreadableError("xml_damaged", reason) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise _typed(name)
    return root


def _typed(name: str) -> DocumentUnreadableError:
    return DocumentUnreadableError("xml_entities", f"{name} declares a document type; no office file does")


def local(element: etree._Element) -> str:
    """The element's name without its namespace; nothing for what is no element."""
    return name_of(element.tag)


@lru_cache(512)  # documents use the same few elements
def name_of(tag: object) -> str:
    """The name in an element's tag, as `local` gives it: for loops over all of a document's elements."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its name without namespace: the strict and the loose form of one format differ only there."""
    if element is not None:
        for key, value in element.items():
            if key == name or key.endswith("}" + name):
                return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that name, and so on down the path."""
    for name in path:
        if element is None:
            return None
        holder, element = element, None
        for part in holder:
            if name_of(part.tag) == name:
                element = part
                break
    return element


def parts_of(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children by their names, the first of each name."""
    parts: dict[str, etree._Element] = {}
    for part in element if element is not None else ():
        parts.setdefault(name_of(part.tag), part)
    return parts
