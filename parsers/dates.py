"""Dates and years as Chinese documents print them."""

from __future__ import annotations

import re
from datetime import date

from parsers.labels import squeeze

_CHINESE = {char: str(at) for at, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "Ｏ": "0",
}
_ZERO = "〇零○OＯ"
YEAR = rf"(?:(?:19|20)\d{{2}}|二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}})"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = rf"({YEAR})(?:年({_NUMBER})月({_NUMBER})[日号]|[-./](\d{{1,2}})[-./](\d{{1,2}}))"
_DATE = re.compile(DATE)
_PERIOD = re.compile(
    rf"{DATE}(?:零时)?起?[,，]?(?:至|到|-|—|–|~|－|～)+(?:({YEAR})(?:年|[-./]))?({_NUMBER})(?:月|[-./])({_NUMBER})[日号]?"
)
_COUNTED = re.compile(r"统计|期限|数据|所列|时间范围")
_PUBLISHED = re.compile(rf"发布(?:日期|时间)[:：]?{DATE}")


def year_number(text: str) -> int:
    """`2024` or `二〇二四` as a number."""
    return int("".join(_CHINESE.get(char, char) for char in text))


def _small_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    ten = (_small_number(tens) if tens else 1) * 10 if "十" in text else 0
    return ten + (int(_CHINESE[ones]) if ones else 0)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(year_number(year), _small_number(month), _small_number(day))
    except (KeyError, ValueError):  # 2月30日 and the like: printed, but no date
        return None


def _matched(match: re.Match[str]) -> date | None:
    year, month, day, month2, day2 = match.groups()[:5]
    return _date(year, month or month2, day or day2)


def find_date(text: str) -> date | None:
    """The first real date in a text."""
    for match in _DATE.finditer(squeeze(text)):
        found = _matched(match)
        if found is not None:
            return found
    return None


def lone_date(text: str) -> tuple[str, date] | None:
    """(what stands before it, the date) for a line that ends with a date, as a signature does."""
    line = squeeze(text).rstrip(")。）")
    match = next((found for found in _DATE.finditer(line) if found.end() == len(line)), None)
    if match is None:
        return None
    found = _matched(match)
    return None if found is None else (line[: match.start()].rstrip("(（:："), found)


def published_date(text: str) -> date | None:
    """The date that the text itself states as 发布日期 or 发布时间."""
    return published_in(squeeze(text))


def published_in(line: str) -> date | None:
    """The same of a text without white space (`squeeze`)."""
    match = _PUBLISHED.search(line)
    return None if match is None else _matched(match)


def stated_period(text: str) -> tuple[date, date] | None:
    """The period that the report's figures cover: a whole year, or a span said to be that of the statistics."""
    return period_in(squeeze(text))


def period_in(line: str) -> tuple[date, date] | None:
    """The same of a text without white space (`squeeze`)."""
    for match in _PERIOD.finditer(line):
        start = _matched(match)
        year, month, day = match.groups()[5:]
        end = _date(year or match[1], month, day)
        if start is None or end is None or end < start:
            continue
        whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if whole or _COUNTED.search(line[max(0, match.start() - 40) : match.start()]):
            return start, end
    return None
