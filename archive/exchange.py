"""A request and its answer: as they go into a WARC file, and as they are read back from its records."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive import warc
from archive.bodies import decoded
from archive.warc import Record

# Named fields of our own in records.
CRAWL, PORTAL, TLS = "Nianbao-Crawl", "Nianbao-Portal", "Nianbao-TLS"


@dataclass(frozen=True)
class Exchange:
    """A request and its answer as they went over the wire.

    `request` and `head` end with their empty line; `body` is as sent, its chunks joined. `fields` are named fields of
    our own for the response record. `crawl_id` and `portal` say whose crawl asked.
    """

    crawl_id: int
    portal: str
    url: str
    method: str
    request: bytes
    head: bytes
    body: bytes
    request_body: bytes = b""
    ip: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where an answer stands: the WARC file's name, the byte at which its record begins, when it was captured."""

    warc: str
    offset: int
    captured_at: str


@dataclass(frozen=True)
class Capture:
    """An answer read back: `body` is as sent, taken from the record that a revisit refers to."""

    place: Place
    record: Record
    body: bytes

    @property
    def tls(self) -> str | None:
        """The verdict on the server's certificate when it was captured."""
        return self.record.fields.get(TLS.lower())

    @property
    def data(self) -> bytes:
        """The body as its reader gets it: its Content-Encoding undone. Raises BodyError."""
        encodings = [value for name, value in self.record.headers if name.lower() == b"content-encoding"]
        return decoded(self.body, b",".join(encodings).decode("latin-1"))


def row_of(record: Record, request: Record) -> tuple[object, ...]:
    """What `captures` says of a response or revisit, less its place."""
    body = request.payload
    return (
        record.fields.get(CRAWL.lower()),
        request.head.split(b" ", 1)[0].decode("latin-1"),
        record.fields["warc-target-uri"],
        warc.digest(body) if body else None,
        record.fields["warc-date"],
        record.status,
        record.type,
        record.payload_digest,
    )


def refer(earlier: sqlite3.Row, profile: str) -> dict[str, str]:
    """The fields of a revisit: which earlier answer (a row of `captures`) it refers to, and as what."""
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To-Target-URI": earlier["url"],
        "WARC-Refers-To-Date": earlier["captured_at"],
        "WARC-Payload-Digest": f"sha256:{earlier['payload_digest']}",
    }
