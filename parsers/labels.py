"""Comparing printed labels: what is the same label however it is spaced, punctuated or misprinted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

# Letters and digits that NFKC may change: neither ASCII nor the common Han characters.
_FOREIGN = re.compile(r"[^\W\x00-\x7f\u4e00-\u9fff]")
# Marks of any Chinese text as NFKC has them: with one of them left, it takes each letter of a text apart, which costs
# thirty times as much.
_WIDE = [(wide, unicodedata.normalize("NFKC", wide)) for wide in "（），：；！？％．－／～…\u3000\xa0"]
_ORDINAL = re.compile(
    r"^(?:[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[.、．)）])"
)
# One remark in brackets; where a page or line cuts it, without its end.
_REMARK = re.compile(r"[*:]?|[(\[【〔][^)\]】〕]*[)\]】〕]?")
# Labels recur in every row and are kept; whole paragraphs, which do not recur, would only fill the memory.
LONGEST_LABEL = 80
_FUZZY_LENGTH = 6
# Two misprints in six characters can be another word (国家秘密, 工作秘密): they are forgiven in longer labels only.
_FUZZY_TWICE = 8
_FUZZY_DISTANCE = 2
# Of 上年, 去年, 前年, 历年, 累计.
_OTHER_TIMES = "上去前历累"
_KEPT = 4096


def plain_marks(text: str) -> str:
    """The text with the usual full-width marks as NFKC has them, those that stay one character each."""
    for wide, plain in _WIDE:
        if len(plain) == 1:
            text = text.replace(wide, plain)
    return text


def nfkc(text: str) -> str:
    """Unicode's NFKC, over which texts whose only foreign letters are the usual full-width marks take no time.

    It is made of each character's own full decomposition, and so the same for a text in which some are made plain.
    """
    for wide, plain in _WIDE:
        text = text.replace(wide, plain)
    return unicodedata.normalize("NFKC", text)


def squeeze(text: str) -> str:
    """NFKC without any white space or invisible character."""
    return _short_squeeze(text) if len(text) <= LONGEST_LABEL else _squeeze(text)


@lru_cache(_KEPT)
def _short_squeeze(text: str) -> str:
    return _squeeze(text)


def _squeeze(text: str) -> str:
    return _seen(nfkc(text))


def _seen(text: str) -> str:
    """The text without white space and invisible characters."""
    whole = "".join(text.split())
    if whole.isprintable():
        return whole
    return "".join(char for char in whole if unicodedata.category(char) != "Cf")


def bare(text: str) -> str:
    """The text as printed without white space and invisible characters; full-width digits and letters made plain."""
    return _FOREIGN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _seen(text))


def key(text: str) -> str:
    """What two prints of one label share: NFKC letters and digits, no punctuation, no white space."""
    return _short_key(text) if len(text) <= LONGEST_LABEL else _key(text)


@lru_cache(_KEPT)
def _short_key(text: str) -> str:
    return _key(text)


def _key(text: str) -> str:
    letters = "".join(filter(str.isalnum, nfkc(text).lower()))
    return letters.replace("其它", "其他")


def may_begin(text: str, letters: Container[str]) -> bool:
    """Can the text's key begin with one of these letters? It is not made where the first character tells.

    That is a common Han character, a letter which NFKC leaves as it is, whatever follows.
    """
    first = text[:1]
    return not "\u4e00" <= first <= "\u9fff" or first in letters


def without_ordinal(text: str) -> str:
    """`1.属于国家秘密` → `属于国家秘密`; also （一） and 一、."""
    return _ORDINAL.sub("", squeeze(text))


def distance(one: str, other: str, limit: int = _FUZZY_DISTANCE) -> int:
    """Edit distance; anything over `limit` is `limit + 1`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        row = [at]
        for place, letter in enumerate(other, start=1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (char != letter)))
        if min(row) > limit:
            return limit + 1
        before = row
    return min(before[-1], limit + 1)


def tells_other_time(printed: str, wanted: str) -> bool:
    """Does a printed key speak of a time that the wanted one does not: 上年 for 本年, 累计? That is no misprint."""
    return any(printed.count(char) > wanted.count(char) for char in _OTHER_TIMES)


@lru_cache(_KEPT)
def nearly(printed: str, wanted: str) -> bool:
    """Are two keys the same but for one misprint, in long labels two? Never for labels under six characters."""
    if tells_other_time(printed, wanted):
        return False
    length = min(len(printed), len(wanted))
    allowed = 0 if length < _FUZZY_LENGTH else 1 if length < _FUZZY_TWICE else _FUZZY_DISTANCE
    return distance(printed, wanted) <= allowed


def begins_with(text: str, label: str) -> bool:
    """Does the text go on with a remark after the label: `规章（件）`, `1.属于国家秘密（填写说明：…）`?"""
    return _begins_with(text, label) if len(text) <= LONGEST_LABEL else _begins_with.__wrapped__(text, label)


@lru_cache(_KEPT)
def _begins_with(text: str, label: str) -> bool:
    rest = squeeze(text)
    if not "".join(filter(str.isalnum, rest)).lower().startswith(key(label)):
        return False
    for char in key(label):
        while rest and not rest[0].isalnum():
            rest = rest[1:]
        if not rest or rest[0].lower() != char:
            return False
        rest = rest[1:]
    return _REMARK.fullmatch(rest) is not None
