"""The private folder of one original whose reading needs a converter: parts to convert, and what was made of them.

SHA256.doc, SHA256.rtf   what is to be converted: a whole original, or a file out of an archive
SHA256.docx              what the converter made of it
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from parsers.formats.converted import ConversionError

TO_CONVERT = (".doc", ".rtf")


@dataclass(frozen=True)
class Shelter:
    """The folder; made when the first part is kept."""

    folder: Path

    def place(self, data: bytes, kind: str) -> Path:
        """Where these bytes are, or would be; `kind` is doc or rtf."""
        return self.folder / f"{hashlib.sha256(data).hexdigest()}.{kind}"

    def waiting(self) -> list[Path]:
        """What is to be converted, in a fixed order."""
        return sorted(path for path in self.folder.glob("*.*") if path.suffix in TO_CONVERT)

    def converted(self, data: bytes, kind: str) -> bytes:
        """The DOCX that was made of these bytes. Raises ConversionError when there is none."""
        try:
            return self.place(data, kind).with_suffix(".docx").read_bytes()
        except FileNotFoundError:
            raise ConversionError from None


class Collecting:
    """Keeps what a reading would have converted; `bytes` counts it."""

    def __init__(self, shelter: Shelter) -> None:
        self.shelter = shelter
        self.bytes = 0

    def keep(self, data: bytes, kind: str) -> bytes:
        """Keep these bytes for the converter. Always raises ConversionError: there is nothing to read yet."""
        self.shelter.folder.mkdir(exist_ok=True)
        # A process that dies over it is asked again: half a file never passes for a whole one.
        unfinished = self.shelter.folder / "unfinished"
        unfinished.write_bytes(data)
        unfinished.rename(self.shelter.place(data, kind))
        self.bytes += len(data)
        raise ConversionError
