"""Pages as pictures in grey levels, out of PDFs and picture files, within caps."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.formats.scan_engine import Grey


@dataclass(frozen=True)
class Picture:
    """A page: its number from 1, its grey levels, pixels per point."""

    number: int
    grey: Grey
    dots: float
