"""What a printed cell says: a number, or why there is none. Nothing is guessed, glued digits are never split."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from parsers.labels import nfkc, squeeze
from parsers.report import Kind

_DASHES = "-—–―‐‑‒−－─━_~"
# Shows what follows from right to left.
_BACKWARDS = "\u202e"
_COUNT = re.compile(r"(0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.0{1,2})?")
_DECIMAL = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
# A counting word after the number adds nothing: 12件.
COUNTERS = ("件", "项", "个", "条", "宗", "起", "份")
# Tables print the same few figures and marks again and again: what they say is kept.
_KEPT = 2048
_MONEY_UNITS = {"": None, "元": 0, "万元": 4, "万": 4, "亿元": 8, "亿": 8}


def seen(raw: str) -> str:
    """NFKC without outer white space and invisible characters."""
    text = nfkc(raw)
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def printed(raw: str) -> str:
    """The cell's text for comparing: NFKC, outer white space and counting words gone; inner white space kept."""
    text = seen(raw)
    for counter in COUNTERS:
        if text.endswith(counter):
            return text.removesuffix(counter).rstrip()
    return text


@lru_cache(_KEPT)
def empty_kind(raw: str) -> Kind | None:
    """blank, slash, dash or none for a cell without a figure; None when something else stands there."""
    text = squeeze(raw)
    if not text:
        return "blank"
    if not text.strip("/\\"):
        return "slash"
    if not text.strip(_DASHES):
        return "dash"
    return "none" if text == "无" else None


def has_mark_above(raw: str) -> bool:
    """Footnote figures (², ①) would be read as digits of the number before them; so would digits shown backwards."""
    return any(unicodedata.category(char) == "No" or char == _BACKWARDS for char in raw)


@lru_cache(_KEPT)
def read_count(raw: str, signed: bool = False) -> tuple[int | None, Kind]:
    """A count as printed: (value, kind). A sign is a number's part only where the form prints signed numbers."""
    kind = empty_kind(raw)
    if kind is not None:
        return None, kind
    text = printed(raw)
    if text in ("零", "〇"):
        return 0, "number"
    sign = 1
    if signed and text[:1] in ("+", *_DASHES):
        sign = 1 if text[0] == "+" else -1
        text = text[1:].lstrip()
    match = _COUNT.fullmatch(text)
    if match is None or has_mark_above(raw):
        return None, "text"
    return sign * int(match[1].replace(",", "")), "number"


@lru_cache(_KEPT)
def read_decimal(raw: str) -> tuple[Decimal | None, str]:
    """An amount and the unit printed after it (``, 元, 万元, 万, 亿元, 亿); None when it is no amount."""
    text = seen(raw)
    for unit in sorted(_MONEY_UNITS, key=len, reverse=True):
        number = text.removesuffix(unit).rstrip()
        if text.endswith(unit) and _DECIMAL.fullmatch(number) and not has_mark_above(raw):
            return Decimal(number.replace(",", "")), unit
    return None, ""


@lru_cache(_KEPT)
def is_figure(token: str) -> bool:
    """Can this stand in a cell of figures: a number, an amount, a slash, a dash, 无?"""
    if empty_kind(token) is not None:
        return bool(token.strip())
    return read_count(token, signed=True)[1] == "number" or read_decimal(token)[0] is not None


def power_of(unit: str) -> int | None:
    """Power of ten that takes an amount in this unit to yuan; None without a unit."""
    return _MONEY_UNITS[unit]


def shifted(amount: Decimal, power: int) -> Decimal:
    """The amount times 10**power, without zeros that only the shift made."""
    if power == 0:
        return amount
    moved = amount.scaleb(power)
    text = format(moved, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
