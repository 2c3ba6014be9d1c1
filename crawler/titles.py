"""The title of a report: recall first, the body decides (portals.md, sections 2.4 and 2.5)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crawler.weights import ABOUT_REPORTS, NAMES_OF_BODIES, VETOES

CHINESE_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
ARABIC_YEAR = re.compile(r"(?<!\d)(20(?:0[8-9]|[1-3]\d))(?!\d)")
DATE_TAIL = re.compile(r"[-/.]\d|年\d{1,2}月")
ZERO = "〇○零0Oo"
CHINESE_YEAR = re.compile(rf"二[{ZERO}][{ZERO}一二三][{ZERO}一二三四五六七八九](?=年)")
REPORT_TITLE = re.compile(
    rf"信息公开(?:工作)?(?:情况)?(?:的)?(?:(?:\d{{4}}|二[{ZERO}]\S{{2}})年?度?)?(?:年?年度)?"
    r"(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:情况)?(?:报告|年报)"
)
CUT_TITLE = re.compile(r"信息公开(?:工作)?(?:年(?:度(?:报)?)?)?\.{2,}$")
YEARLY_PAPER = re.compile(r"报告|年报|报表")
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xa0]+")


@dataclass(frozen=True)
class Title:
    """A title that looks like a report's, with the year it names; `cut` when a list cut it short."""

    text: str
    year: int | None
    cut: bool = False


def normalise(text: str) -> str:
    """Text without white space, invisible characters and full-width digits or brackets."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded if folded.isprintable() else INVISIBLE.sub("", folded)


def years_in(text: str) -> list[int]:
    """The years a title names, those followed by 年 or 年度 first; Chinese digits count, dates do not."""
    years = [match for match in ARABIC_YEAR.finditer(text) if not DATE_TAIL.match(text[match.end() :])]
    found = [int(match.group(1)) for match in years if text[match.end() :].startswith("年")]
    found += [int(match.group().translate(CHINESE_DIGITS)) for match in CHINESE_YEAR.finditer(text)]
    return list(dict.fromkeys([*found, *(int(match.group(1)) for match in years)]))


def year_in(text: str) -> int | None:
    """The year a title names: the first one followed by 年 or 年度, else the first."""
    return next(iter(years_in(text)), None)


def veto(text: str) -> str | None:
    """Why a text cannot be a report's title, though it may hold all its words.

    Around those words other things tell than in a text without them: a body's name may hold any of them
    (绩效考核办公室), but what is done with reports (做好…编制工作的通知) is no report.
    """
    title = normalise(text)
    core = REPORT_TITLE.search(title)
    signals = VETOES if core is None else ABOUT_REPORTS
    around = title if core is None else f"{title[: core.start()]} {title[core.end() :]}"
    around = NAMES_OF_BODIES.sub("", around)
    for signal in signals:
        if match := signal.pattern.search(around):
            return f"{signal.name}: {match.group()}"
    return None


def resembles_report(text: str) -> bool:
    """Whether a title has a report's words, or names a year and some yearly paper: reports' look-alikes do."""
    title = normalise(text)
    return bool(REPORT_TITLE.search(title)) or (year_in(title) is not None and bool(YEARLY_PAPER.search(title)))


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
