"""The title of a report: recall first, the body decides (portals.md, sections 2.4 and 2.5)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crawler.weights import VETOES

CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
ARABIC_YEAR = re.compile(r"(?<!\d)(20(?:0[8-9]|[1-3]\d))(?!\d)")
DATE_TAIL = re.compile(r"[-/.]\d|年\d{1,2}月")
CHINESE_YEAR = re.compile(r"二[〇○零0][〇○零0一二三][〇○零0一二三四五六七八九](?=年)")
REPORT_TITLE = re.compile(
    r"信息公开(?:工作)?(?:的)?(?:(?:\d{4}|二[〇○零0]\S{2})年?度?)?(?:年度)?(?:工作)?(?:的)?(?:年度)?(?:情况)?(?:报告|年报)"
)
CUT_TITLE = re.compile(r"信息公开(?:工作)?(?:年(?:度(?:报)?)?)?\.{2,}$")
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xa0]+")


@dataclass(frozen=True)
class Title:
    """A title that looks like a report's, with the year it names; `cut` when a list cut it short."""

    text: str
    year: int | None
    cut: bool = False


def normalise(text: str) -> str:
    """Text without white space, invisible characters and full-width digits or brackets."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def year_in(text: str) -> int | None:
    """The year a title names: the first one followed by 年 or 年度, else the first; Chinese digits count."""
    years = [match for match in ARABIC_YEAR.finditer(text) if not DATE_TAIL.match(text[match.end() :])]
    for match in years:
        if text[match.end() :].startswith("年"):
            return int(match.group(1))
    if chinese := CHINESE_YEAR.search(text):
        return int(chinese.group().translate(CHINESE_DIGITS))
    return int(years[0].group(1)) if years else None


def veto(text: str) -> str | None:
    """Why a text cannot be a report's title, though it may hold all its words."""
    for signal in VETOES:
        if match := signal.pattern.search(text):
            return f"{signal.name}: {match.group()}"
    return None


def report_title(text: str) -> Title | None:
    """The title, if the text passes the rule: its words, and no veto. Its year may be missing."""
    title = normalise(text)
    if not REPORT_TITLE.search(title):
        cut = CUT_TITLE.search(title)
        if not cut or year_in(title) is None or veto(title):
            return None
        return Title(title, year_in(title), cut=True)
    if veto(title):
        return None
    return Title(title, year_in(title))
