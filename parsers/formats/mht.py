"""A web page saved with all its parts in one file (MHT, also what Word saves as a page), read as the page it holds."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from email.message import Message

from parsers.document import Document
from parsers.formats.encoding import decode
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html import read_html

MOST_PARTS = 2_000


def read_mht(data: bytes, file: str) -> Document:
    """The first page in the file, as HTML.

    Raises DocumentUnreadableError when there is none, and for a file of too many parts or parts nested too deep.
    """
    if data.count(b"\n--") > 2 * MOST_PARTS:
        raise DocumentUnreadableError("too_many_members", f"{file} has over {MOST_PARTS} parts; none was read")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        page = next((_bytes(part) for part in message.walk() if part.get_content_type() == "text/html"), None)
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        reason = f"{file} is a damaged saved page ({type(error).__name__}); the whole file is needed"
        raise DocumentUnreadableError("mht_damaged", reason) from error
    if not page:
        raise DocumentUnreadableError("html_empty", f"{file} holds no HTML part; expected a saved page")
    text, good = decode(page)
    remarks = () if good else (("bad_bytes", "some bytes are neither UTF-8 nor GB18030 and were left out"),)
    return read_html(text, file, remarks)


def _bytes(part: Message) -> bytes:
    """The part's bytes, its transfer encoding undone; the charset is not believed."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
