"""How much of a file is read: more than any report seen, less than keeps a worker busy."""

from __future__ import annotations

from parsers.formats.errors import DocumentUnreadableError

MOST_PAGES = 200
MOST_BYTES = 100_000_000
# Per page: characters, and objects with those inside of forms.
MOST_CHARS = 60_000
MOST_OBJECTS = 60_000
# Of scans, which take a second or more a page: pages, pixels of a page, lines of text on it.
MOST_SCANNED = 16
MOST_PIXELS = 40_000_000
MOST_LINES = 600
# Of the whole document, in columns of pixels recognized, or what costs as much (see scan_engine): 40 to 55 seconds of a
# processor, by what else it does. Three pages of tables take 170,000, a page full of prose 60,000, an empty one 15,000.
MOST_EFFORT = 600_000
# Characters of a page's source or of a text: the longest report seen has a thirtieth of this.
MOST_TEXT = 3_000_000


def held_to_cap(text: str, file: str) -> str:
    """The text itself. Raises DocumentUnreadableError where it is longer than any report's."""
    if len(text) > MOST_TEXT:
        raise DocumentUnreadableError("too_large", f"{file} has over {MOST_TEXT} characters of text; it was not read")
    return text
