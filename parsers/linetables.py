"""The three tables in lines of text: labels wrapped over lines, figures behind, below or one to a line.

Only what is certain is read: a label is believed when all its words are explained by the form, figures when there are
exactly as many as the form has columns. Blank cells leave no trace in lines, so a row with one is not aligned.
"""

from __future__ import annotations

from parsers.disputelines import read_disputes
from parsers.document import Document
from parsers.found import Found
from parsers.lines import lines_of
from parsers.proactivelines import read_proactive
from parsers.requestlines import read_requests


def read_lines(document: Document) -> Found:
    """Every row of the three tables that stands in lines of text."""
    found = Found()
    lines = lines_of(document)
    read_proactive(lines, found)
    end = read_requests(lines, found)
    read_disputes(lines[end:], found)
    return found
