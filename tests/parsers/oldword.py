"""Old Word files (DOC, WPS) and RTF, made of a DOCX by LibreOffice, as an office's machine would save them."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.parsers.office import unzipped, word_report, zipped
from tests.replica.story import Story

_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
_FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}


def openable(docx: bytes) -> bytes:
    """A made-up DOCX with the parts that Word itself, unlike our reader, asks for."""
    return zipped({**unzipped(docx), **_PARTS})


@cache
def saved_as(kind: str, docx: bytes) -> bytes:
    """The document as DOC or RTF."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(openable(docx))
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"),
                *("--convert-to", _FILTERS[kind], "--outdir", folder, str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return source.with_suffix(f".{kind}").read_bytes()


def old_word_report(story: Story) -> bytes:
    """A report as a DOC file; a WPS file of the same years is the same under another name."""
    return saved_as("doc", word_report(story))


def rtf_report(story: Story) -> bytes:
    """A report as an RTF file."""
    return saved_as("rtf", word_report(story))
