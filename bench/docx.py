"""Claim: reading a DOCX takes at most 8 times as long as unzipping it and parsing its XML with lxml.

Form decoder, sections and claims are counted in.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import ExitStack

from lxml import etree

from bench.contest import Contest, Promise
from bench.reports import read_all, stories
from parsers import Hint
from tests.parsers.office import word_report


def contests(scene: ExitStack) -> list[Contest]:
    """Reports as Word files: text in runs of two characters, merged cells."""
    files = [word_report(story) for story in stories(12)]
    return [
        Contest(
            "docx",
            "file",
            len(files),
            "parsers.read",
            "zipfile and lxml, parsing only",
            ours=lambda: read_all(files, Hint("file.docx")),
            bare=lambda: parse_all(files),
            promise=Promise("at most", 8),
        )
    ]


def parse_all(files: list[bytes]) -> None:
    """The tree of every XML part; nothing is asked of them."""
    for data in files:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                etree.fromstring(package.read(name))
