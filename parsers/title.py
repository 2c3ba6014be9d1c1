"""The report's title: found among the first lines or the page's metadata, and what unit and year it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.dates import YEAR, year_number
from parsers.flow import Text
from parsers.labels import bare
from parsers.units import unit_level

_WORDS = "信息公开"
_SUBJECT = rf"(?:政府|政务|机关)?{_WORDS}"
_YEAR = rf"{YEAR}(?:年年?度?|年度)?"
_TITLE = re.compile(
    rf"^(?P<head>[^。；;！？]*?){_SUBJECT}(?:工作)?(?:情况)?的?(?:{_YEAR})?(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?的?"
    r"(?:报告|年报)(?P<tail>.*)$"
)
_YEAR_IN = re.compile(rf"(?<!\d)({YEAR})(?!\d)(?:年度|年年度|年)?")
_LONGEST = 70
# Over so many lines may a title go.
_MOST_LINES = 3
_NO_TITLE = re.compile(r"[，,。；;！？：:《〈<>＞|]|[一二三四五六]、|图解|一图|读懂|解读")
# What a title tells about, or where it stands, is none of it.
_NOISE = re.compile(
    r"^.*[>＞»]|^(?:标题|名称|信息名称)[:：]|^【(?!图解|解读|一图)[^】]*】|^\[[^\]]*\]|^关于(?:发布|公布|印发|公开)?|^《"
    # The number of a list's line, not the year that a title may begin with.
    r"|^(?!20\d\d年)[\d.、]+(?=\D{4})"
)
_TAIL = re.compile(r"^(?:》|[（(【\[].*)?$")
_WEB_TAIL = re.compile(r"^(?:》|[-_—–|（(【\[\s].*)?$")


@dataclass(frozen=True)
class Title:
    """A title as printed (white space removed, from the unit or year to 报告), its unit and year where named."""

    text: str
    unit: str | None
    year: int | None
    lines: int = 1


def parse_title(text: str, of_page: bool = False) -> Title | None:
    """The title that a line is; `of_page` allows what pages put behind it (`-红旗区人民政府`)."""
    line = bare(text)
    if _WORDS not in line or len(line) > (2 * _LONGEST if of_page else _LONGEST):
        return None
    for _ in range(3):
        line = _NOISE.sub("", line, count=1)
    match = _TITLE.match(line)
    if match is None or not (_WEB_TAIL if of_page else _TAIL).match(match["tail"]) or _NO_TITLE.search(match["head"]):
        return None
    whole = line[: match.start("tail")]
    years = _YEAR_IN.findall(whole)
    year = year_number(years[0]) if years else None
    return Title(whole, _unit(match["head"]), year)


def _unit(head: str) -> str | None:
    """The unit before the year, or after a year that comes first."""
    year = _YEAR_IN.search(head)
    before, after = (head[: year.start()], head[year.end() :]) if year else (head, "")
    for name in (before, after):
        unit = re.sub(r"^关于|关于$|的$|本级$", "", name.strip("-_—·"))
        if len(unit) >= 2 and not unit.isdigit():
            # 人民政府信息公开: the one 政府 belongs to the unit's name.
            return unit + "政府" if unit.endswith("人民") else unit
    return None


def find_title(texts: Sequence[Text], of_page: Sequence[str]) -> tuple[Title | None, int]:
    """The title, and the number of the line after it (0 when it stands only in the page's metadata)."""
    lines = [bare(text.text) if text.text else "" for text in texts]
    # Most lines do not even come near the words that a title must have; none begins on a blank one.
    near = [at for at, line in enumerate(lines) if line and _WORDS in "".join(lines[at : at + _MOST_LINES])]
    printed = [(title, at + title.lines) for at in near if (title := _title_at(texts, lines, at)) is not None]
    stated = [(title, 0) for text in of_page if (title := parse_title(text, of_page=True)) is not None]
    if not stated and not printed:
        return None, 0
    candidates = [*printed, *stated]
    wishes = (lambda t: t.unit and t.year, lambda t: t.year, lambda t: t.unit, lambda t: True)
    best = next(title for wanted in wishes for title, _ in candidates if wanted(title))
    again = [after for title, after in printed if title.text == best.text]
    return best, max(again or [after for _, after in printed[:1]], default=0)


def _title_at(texts: Sequence[Text], lines: Sequence[str], at: int) -> Title | None:
    """A title that begins on this line and may go on over the next two. A link leads elsewhere."""
    if texts[at].linked or texts[at].is_table:
        return None
    first = lines[at]
    title = parse_title(first)
    if title is not None:
        return title
    joined = first
    for count, text in enumerate(texts[at + 1 : at + _MOST_LINES], start=2):
        line = lines[at + count - 1]
        if text.linked or text.is_table or _NO_TITLE.search(joined) or not joined:
            return None
        alone = parse_title(line)
        if alone is not None and (alone.unit is not None or not _may_be_unit(joined)):
            return None
        joined += line
        title = parse_title(joined)
        if title is not None and _is_begun(first):
            return Title(title.text, title.unit, title.year, count)
    return None


def _may_be_unit(text: str) -> bool:
    return len(text) <= 30 and unit_level(text) is not None


def _is_begun(first: str) -> bool:
    """Is this line the beginning of a title: a unit, a year, or 信息公开 already?"""
    if re.search(r"\d[-./月]", first):
        return False
    return _may_be_unit(first) or bool(_YEAR_IN.search(first)) or "信息公开" in first
