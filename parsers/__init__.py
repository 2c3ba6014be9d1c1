"""Reads annual reports: bytes in, a Report out. Knows neither web nor disk nor SQL.

formats: bytes → Document · forms: what the statutory tables print, as data · the rest: a Document matched against
the forms. A format knows no form, a form knows no format.
"""

from __future__ import annotations

from parsers.evidence import Verdict, looks_like_report
from parsers.reader import Hint, read
from parsers.version import VERSION

__all__ = ["VERSION", "Hint", "Verdict", "looks_like_report", "read"]
