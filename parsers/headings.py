"""The six headings of a report, told from the table rows that look like them (一、本年新收 … 四、结转下年度 …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from parsers.labels import bare, squeeze

_NUMBERS = "一二三四五六"
# What must stand in a heading of each number; rows of table three have none of it.
_WORDS = {
    1: re.compile(r"总体|概述|概况"),
    2: re.compile(r"主动公开"),
    3: re.compile(r"收到和处理|申请"),
    4: re.compile(r"复议|诉讼"),
    5: re.compile(r"问题|改进"),
    6: re.compile(r"其[他它].*(?:事项|情况|内容)|需要?(?:说明|报告)的?(?:其[他它])?事项"),
}
_TABLE_ROW = re.compile(r"^(?:一、?本年新收|二、?上年结转|三、?本年度办理|四、?结转下年)")
# The headings as the form prints them, for one that runs on into its text or has lost its number.
_PHRASES = {
    1: r"总体情况",
    2: r"主动公开政府信息的?情况",
    3: r"收到和处理政府信息公开申请的?情况",
    4: r"因?政府信息公开(?:工作)?(?:被?申请|被?提起)?行政复议[、和]?(?:被?提起)?行政诉讼的?情况",
    5: r"(?:政府信息公开工作)?存在的?主要问题[及和与]改进(?:情况|措施)",
    6: r"其[他它]需要?报告的?事项",
}
_LONGEST = 45
# Neither a number nor a phrase begins so, nor anything that NFKC makes one of: most lines are known by this for none.
_OTHER = re.compile(rf"(?![#*{_NUMBERS}第总主收因政存其])[!-~\u4e00-\u9fff（《“]")
_ORDINAL = re.compile(rf"^(?:([{_NUMBERS}])[、.,:\s]|第([{_NUMBERS}])部分[、.,:\s]?)")


# Marks of prose, and a colon with something behind it.
_PROSE = re.compile(r"[。;；!！?？]")
_EXPLAINED = re.compile(r"[:：].")
# So a sentence goes on that only begins with a heading's words.
_GOES_ON = tuple("、,，;；和及")
_OTHER_PHRASES = {
    number: re.compile("|".join(phrase for other, phrase in _PHRASES.items() if other != number)) for number in _PHRASES
}


def _run_in_patterns(ordinal: str) -> dict[int, re.Pattern[str]]:
    """What a line begins with that runs on after each phrase, white space between any two parts of it."""
    parts = re.compile(r"\(\?:[^)]*\)\??|\[[^\]]*\]\??|.\??")
    return {
        number: re.compile(rf"[#*\s]*({ordinal}{spaced})(\s*[。:：]+\s*|\s+|$)")
        for number, phrase in _PHRASES.items()
        for spaced in [r"\s*".join(parts.findall(phrase))]
    }


_RUN_IN = _run_in_patterns(r"\s*")
_RUN_IN_NUMBERED = _run_in_patterns(r"\s*(?:[一二三四五六]\s*[、.．,，]\s*|第[一二三四五六]部分\s*)")


@dataclass(frozen=True)
class Heading:
    """A line that may be heading `number`; `rest` is text of the section on the same line."""

    at: int
    number: int
    text: str
    rest: str = ""


def find_heading(text: str, at: int = 0) -> Heading | None:
    """The heading that a line is or begins with, or None."""
    return None if _OTHER.match(text) else _heading(text, at)


def _heading(text: str, at: int) -> Heading | None:
    line = squeeze(text).strip("#*")
    if _TABLE_ROW.match(line) or line[-1:].isdecimal():
        return None
    number = _ordinal(line)
    if number is not None and len(line) <= _LONGEST and not _PROSE.search(line.rstrip("。")):
        words = _ORDINAL.sub("", line)
        if _WORDS[number].search(words) and not _lists_others(words, number) and not _EXPLAINED.search(words):
            return Heading(at, number, bare(text).strip("#*").rstrip("。:："))
    return _run_in(text, line, number, at)


def _ordinal(line: str) -> int | None:
    match = _ORDINAL.match(line)
    return _NUMBERS.index(match[1] or match[2]) + 1 if match else None


def _lists_others(words: str, number: int) -> bool:
    """A sentence that names several headings (`…、收到和处理…、…`) is none of them."""
    return _OTHER_PHRASES[number].search(words) is not None


def _run_in(text: str, line: str, number: int | None, at: int) -> Heading | None:
    for wanted in (number,) if number else _PHRASES:
        match = (_RUN_IN_NUMBERED if number else _RUN_IN)[wanted].match(text)
        if match is None or (number is None and match.end() != len(text)):
            continue
        rest = text[match.end() :].strip()
        if not rest.startswith(_GOES_ON) and not _lists_others(squeeze(rest)[:60], wanted):
            return Heading(at, wanted, bare(match[1]), rest)
    return None


@dataclass(frozen=True)
class _Chain:
    """A rising row of headings: how many, how many of its finished sections hold anything, and the row itself."""

    length: int
    full: int
    headings: tuple[Heading, ...]

    @property
    def last(self) -> Heading:
        return self.headings[-1]


def best_chain(headings: Sequence[Heading], filled: Sequence[bool]) -> list[Heading]:
    """The headings that divide the document: the longest rising row, among equals the one with fewest empty sections.

    `filled[at]` tells whether line `at` holds text or a table. A table of contents before the report so loses. Of the
    rows that end at one number only the best matter, so that the work does not grow with the square of the headings.
    """
    until = [0, *accumulate(filled)]
    # By number: rows whose last section holds something by now, and rows whose last section is empty still.
    begun: dict[int, _Chain] = {}
    empty: dict[int, _Chain] = {}
    best: _Chain | None = None
    for heading in headings:
        for number, chain in list(empty.items()):
            if chain.last.rest or until[heading.at] - until[chain.last.at + 1] > 0:
                begun[number] = _better(begun.get(number), empty.pop(number))
        made = _Chain(1, 0, (heading,))
        offers = [(chain, 1) for chain in begun.values()] + [(chain, 0) for chain in empty.values()]
        for chain, gain in sorted(offers, key=lambda offer: offer[0].last.at):
            if chain.last.number < heading.number:
                longer = _Chain(chain.length + 1, chain.full + gain, (*chain.headings, heading))
                made = _better(made, longer)
        empty[heading.number] = _better(empty.get(heading.number), made)
        ended = _Chain(made.length, made.full + (until[-1] - until[heading.at + 1] > 0), made.headings)
        if best is None or (ended.length, ended.full) > (best.length, best.full):
            best = ended
    return list(best.headings) if best else []


def _better(one: _Chain | None, later: _Chain) -> _Chain:
    """The better of two rows, of equals the later."""
    return later if one is None or (later.length, later.full) >= (one.length, one.full) else one
