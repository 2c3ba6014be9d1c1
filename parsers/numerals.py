"""Numbers as prose writes them: 1,234 · 6.5万 · 三万 · 一百二十 · 三点五万. Whole ones are int, others Decimal."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"": 1, **_TENS, "万": 10_000, "亿": 100_000_000}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def whole(value: Decimal) -> int | Decimal:
    """An int where nothing but zeros stands after the point, else without the zeros at its end."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def arabic(text: str) -> Decimal | None:
    """`1,234.5` → 1234.5; None where commas do not part groups of three."""
    if "," in text and not _GROUPED.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def chinese(text: str) -> Decimal | None:
    """`一百二十` → 120, `三点五` → 3.5, `十` → 10; None for what is no number as it is spoken (二〇二四, 一二)."""
    head, point, tail = text.partition("点")
    if point:
        if not tail or not head or any(char not in _DIGITS for char in head + tail) or len(head) != 1:
            return None
        return Decimal(f"{_DIGITS[head]}." + "".join(str(_DIGITS[char]) for char in tail))
    total = section = digit = 0
    open_digit = False
    for char in text:
        if char in _DIGITS:
            if open_digit and digit:
                return None
            digit, open_digit = _DIGITS[char], True
        elif char in _TENS:
            section += (digit if open_digit else 1) * _TENS[char]
            digit, open_digit = 0, False
        elif char == "亿":
            total = (total + section + digit or 1) * MULTIPLIERS[char]
            section = digit = 0
            open_digit = False
        elif char == "万":
            total += (section + digit or 1) * MULTIPLIERS[char]
            section = digit = 0
            open_digit = False
        else:
            return None
    return Decimal(total + section + digit) if text else None
