"""Chinese search without a dictionary: pairs of neighbouring Han characters, as words for FTS5.

FTS5's own tokenizers find no two-character word such as 罚款: unicode61 takes a whole run of Han characters
for one word, trigram needs three characters. Here a run 行政罚款 is indexed as 行政 政罚 罚款 款. A word of
two characters or more is then the phrase of its pairs, and the last character alone lets every character be
found as the start of an indexed word.
"""

from __future__ import annotations

import re
from itertools import pairwise

# Ideographs and their extensions; 〇 and 々 are written inside Han words (二〇二四年).
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"([{_HAN}]+)|((?:(?![{_HAN}])[^\W_])+)")
_BROKEN_LINE = re.compile(rf"(?<=[{_HAN}])[^\S\n]*\n[^\S\n]*(?=[{_HAN}])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MAX_TERMS = 64

NOTHING = '""'


def grams(text: str) -> str:
    """Text as the words to index, joined by spaces. A line broken between two Han characters is joined."""
    words: list[str] = []
    for han, other in _WORD.findall(_BROKEN_LINE.sub("", text.translate(_FULL_WIDTH))):
        words += [*_pairs(han), han[-1]] if han else [other.lower()]
    return " ".join(words)


def match(query: str) -> str:
    """What a person typed, as an FTS5 MATCH expression over `grams`: all terms (parted by white space) occur.

    Every term is a quoted phrase of letters, digits and ideographs, so nothing in it can be read as syntax.
    A term of Han characters finds exactly what LIKE finds; of others it finds whole words. Nothing to look
    for finds nothing. Terms after the 64th are not looked at.
    """
    phrases = [phrase for term in query.split()[:_MAX_TERMS] if (phrase := _phrase(term))]
    return " AND ".join(phrases) or NOTHING


def _phrase(term: str) -> str:
    parts = _WORD.findall(term.translate(_FULL_WIDTH))
    if not parts:
        return ""
    words: list[str] = []
    for han, other in parts[:-1]:
        words += [*_pairs(han), han[-1]] if han else [other.lower()]
    han, other = parts[-1]
    words += (_pairs(han) or [han]) if han else [other.lower()]
    # A last ideograph that stands alone may begin any pair of the text.
    prefix = " *" if len(han) == 1 else ""
    return f'"{" ".join(words)}"{prefix}'


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)]
