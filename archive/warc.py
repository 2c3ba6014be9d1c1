"""WARC 1.1 (ISO 28500:2017): records as bytes, and back. Knows no folder and no database.

Every record is a gzip member of its own, so that it can be read by its offset alone. Text is compressed; what is
compressed already (PDF, a body sent with Content-Encoding) stands in its member as it is. Digests are sha256 in
hexadecimal: the payload digest of a PDF is the address of the original.

`records` and `damage` are what checks and repairs build on: they tell to the byte where a file stops being whole,
which the reader of warcio, the library of the field, passes over; its writer takes our header lines apart and writes
them anew. The tests check with both warcio and pywb what is written here.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

from parsers.formats.sniff import sniff_bytes

RecordType = Literal["warcinfo", "request", "response", "revisit", "metadata", "resource"]

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "metadata": "application/json",
}
GZIP = zlib.MAX_WBITS + 16
# Half the time of level 6, for a tenth more bytes.
COMPRESSED, AS_IT_IS = 3, 0
PIECE = 1 << 16
# A record larger than any that is written (crawler/settings.py, DOWNLOAD_MAXSIZE) is damage, not a body.
LARGEST_RECORD = 1 << 30


class DamagedWarcError(Exception):
    """A WARC file holds no whole record at an offset; what stands before it is sound."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        super().__init__(f"{path}: {what} at byte {offset}; restore the file from a copy")
        self.path, self.offset, self.what = path, offset, what


@dataclass(frozen=True)
class Record:
    """A record as it stands in a file: `offset` and `length` in bytes of the file, field names in lower case."""

    offset: int
    length: int
    fields: Mapping[str, str]
    block: bytes

    @property
    def type(self) -> str:
        """warcinfo, request, response, revisit, metadata or resource."""
        return self.fields.get("warc-type", "")

    @property
    def head(self) -> bytes:
        """The HTTP head of a request, response or revisit: its first line and its header lines as sent."""
        return self.block.partition(b"\r\n\r\n")[0]

    @property
    def payload(self) -> bytes:
        """The body of a request or response as sent, its chunks joined; the whole block of any other record."""
        if self.type in ("request", "response", "revisit"):
            return self.block.partition(b"\r\n\r\n")[2]
        return self.block

    @property
    def payload_digest(self) -> str | None:
        """The sha256 of the payload that the record names; a revisit names that of the body it stands for."""
        return self.fields.get("warc-payload-digest", "").removeprefix("sha256:") or None

    @property
    def status(self) -> int:
        """The status that a response or revisit answered with."""
        return int(self.head.split(b" ", 2)[1][:3])

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The header lines in their order and case."""
        lines = self.head.split(b"\r\n")[1:]
        pairs = (line.partition(b":") for line in lines)
        return [(name, value.strip(b" \t")) for name, _, value in pairs]


def new_id() -> str:
    """A record's name."""
    return f"<urn:uuid:{uuid4()}>"


def digest(data: bytes) -> str:
    """A sha256 as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def serialise(
    record_type: RecordType,
    block: bytes,
    *,
    date: str,
    url: str | None = None,
    record_id: str | None = None,
    payload: bytes | None = None,
    payload_digest: str | None = None,
    content_type: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> bytes:
    """A record as its gzip member. `payload` is the part of the block that a payload digest is written of.

    `payload_digest` is that digest, where it is known already.
    """
    pairs = [("WARC-Type", record_type), ("WARC-Record-ID", record_id or new_id()), ("WARC-Date", date)]
    if url is not None:
        pairs.append(("WARC-Target-URI", url))
    pairs += [(name, " ".join(value.split())) for name, value in (fields or {}).items()]
    pairs.append(("WARC-Block-Digest", f"sha256:{digest(block)}"))
    if payload is not None:
        pairs.append(("WARC-Payload-Digest", f"sha256:{payload_digest or digest(payload)}"))
    pairs += [("Content-Type", content_type or CONTENT_TYPES[record_type]), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in pairs)
    packer = zlib.compressobj(_level(payload), zlib.DEFLATED, GZIP)
    parts = (f"WARC/1.1\r\n{head}\r\n".encode(), block, b"\r\n\r\n")
    return b"".join(map(packer.compress, parts)) + packer.flush()


def _level(payload: bytes | None) -> int:
    if payload is None:
        return COMPRESSED
    packed = payload.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))
    return AS_IT_IS if packed or sniff_bytes(payload) is not None else COMPRESSED


def records(path: Path, start: int = 0) -> Iterator[Record]:
    """The records of a file from an offset on, each whole. Raises DamagedWarcError at the first that is not.

    Also raises OSError where the file cannot be read. Digests are not compared: see `damage`.
    """
    with path.open("rb") as file:
        file.seek(start)
        offset, left = start, b""
        while True:
            member, used, left = _member(path, offset, file, left)
            if member is None:
                return
            yield _record(path, offset, used, member)
            offset += used


def read_record(path: Path, offset: int) -> Record:
    """The record at an offset. Raises DamagedWarcError, OSError."""
    for record in records(path, offset):
        return record
    raise DamagedWarcError(path, offset, "the file ends")


def damage(record: Record) -> str | None:
    """What is wrong with a record: its block is not the one that was written. None when all is well.

    The fields before the block, the payload's digest among them, are held by the member's own checksum.
    """
    if record.fields.get("warc-block-digest") != f"sha256:{digest(record.block)}":
        return "the block is not what its digest says"
    return None


def _member(path: Path, offset: int, file: io.BufferedReader, left: bytes) -> tuple[bytes | None, int, bytes]:
    """(unpacked, bytes used, bytes read beyond it) of the next gzip member; None at the end of the file."""
    unpacker = zlib.decompressobj(GZIP)
    out = bytearray()
    used = 0
    piece = left or file.read(PIECE)
    if not piece:
        return None, 0, b""
    while piece:
        try:
            out += unpacker.decompress(piece, LARGEST_RECORD - len(out))
        except zlib.error as error:
            raise DamagedWarcError(path, offset, f"no whole record ({error})") from None
        used += len(piece)
        if unpacker.eof:
            return bytes(out), used - len(unpacker.unused_data), unpacker.unused_data
        if len(out) >= LARGEST_RECORD:
            raise DamagedWarcError(path, offset, "a record larger than any that is written")
        piece = file.read(PIECE)
    raise DamagedWarcError(path, offset, "a record that ends too early")


def _record(path: Path, offset: int, length: int, member: bytes) -> Record:
    head, _, rest = member.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:])
    fields = {name.lower(): value.strip() for name, _, value in pairs}
    size = fields.get("content-length", "")
    if not lines[0].startswith("WARC/") or not size.isdigit() or rest[int(size) :] != b"\r\n\r\n":
        raise DamagedWarcError(path, offset, "no whole record")
    return Record(offset, length, fields, rest[: int(size)])
