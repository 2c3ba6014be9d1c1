"""How much of a file is read: more than any report seen, less than keeps a worker busy."""

from __future__ import annotations

MOST_PAGES = 200
MOST_BYTES = 100_000_000
# Per page: characters, and objects with those inside of forms.
MOST_CHARS = 60_000
MOST_OBJECTS = 60_000
# Of scans, which take a second or more a page: pages, pixels of a page, lines of text on it.
MOST_SCANNED = 16
MOST_PIXELS = 40_000_000
MOST_LINES = 600
