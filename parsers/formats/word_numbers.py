"""The numbers that Word prints before paragraphs and that stand nowhere in their text: 一、 （一） 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.formats.package import attribute, child, local

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "koreanCounting", "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand",
})  # fmt: skip
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_UNPRINTED = frozenset({"none", "bullet"})
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 9999
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str | None = None


@dataclass(frozen=True)
class _Style:
    based_on: str | None
    num: str | None
    level: int | None
    outline: int | None


@dataclass
class Numbering:
    """Counts a document's numbered paragraphs in their order."""

    levels: dict[str, list[_Level]] = field(default_factory=dict)  # by number of the list
    shared: dict[str, str] = field(default_factory=dict)  # list → the definition whose count it continues
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def outline(self, properties: etree._Element | None) -> int | None:
        """The paragraph's depth as a heading, from 1; None for plain text."""
        own = _number(attribute(child(properties, "outlineLvl"), "val"))
        if own is None:
            own = next((style.outline for style in self._chain(properties) if style.outline is not None), None)
        return own + 1 if own is not None and own < _LEVELS else None

    def label(self, properties: etree._Element | None) -> str:
        """What is printed before the next paragraph, which has these properties; nothing for most."""
        num, level = self._list_of(properties)
        levels = self.levels.get(num or "", [])
        if num is None or level >= len(levels):
            return ""
        counts = self._count(num, level, levels)
        if levels[level].form in _UNPRINTED:
            return ""
        return re.sub(r"%([1-9])", lambda match: self._part(levels, counts, int(match[1]) - 1), levels[level].text)

    def _part(self, levels: list[_Level], counts: list[int | None], at: int) -> str:
        if at >= len(levels):
            return ""
        count = counts[at]
        return written(levels[at].start if count is None else count, levels[at].form)

    def _count(self, num: str, level: int, levels: list[_Level]) -> list[int | None]:
        counts = self.counts.setdefault(self.shared.get(num, num), [None] * _LEVELS)
        for at, start in self.restarts.pop(num, {}).items():
            counts[at] = start - 1
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return counts

    def _list_of(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """(number of the list or None, level): the paragraph's own, else its style's."""
        if properties is None or not len(properties):
            return None, 0
        own = child(properties, "numPr")
        num, level = attribute(child(own, "numId"), "val"), _number(attribute(child(own, "ilvl"), "val"))
        if num is None:
            named = attribute(child(properties, "pStyle"), "val")
            style = next((style for style in self._chain(properties) if style.num is not None), None)
            num = style.num if style else None
            if level is None and style is not None:
                linked = [at for at, known in enumerate(self.levels.get(num or "", [])) if known.style == named]
                level = linked[0] if linked else style.level
        return (None if num == "0" else num), min(level or 0, _LEVELS - 1)

    def _chain(self, properties: etree._Element | None) -> Iterator[_Style]:
        """The paragraph's style and those it is based on."""
        name = attribute(child(properties, "pStyle"), "val")
        seen: set[str] = set()
        while name is not None and name not in seen and name in self.styles:
            seen.add(name)
            yield self.styles[name]
            name = self.styles[name].based_on


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists and styles of a document, from its parts numbering.xml and styles.xml, where it has them."""
    found = Numbering(styles=dict(_styles(styles)))
    defined: dict[str, list[_Level]] = {}
    for element in numbering if numbering is not None else ():
        if local(element) == "abstractNum":
            levels = [_Level(0, "none")] * _LEVELS
            for sub in element:
                at = _number(attribute(sub, "ilvl"))
                if local(sub) == "lvl" and at is not None and at < _LEVELS:
                    levels[at] = _level(sub)
            defined[attribute(element, "abstractNumId") or ""] = levels
        elif local(element) == "num":
            _add_list(found, element, defined)
    return found


def _add_list(found: Numbering, element: etree._Element, defined: dict[str, list[_Level]]) -> None:
    num = attribute(element, "numId") or ""
    base = attribute(child(element, "abstractNumId"), "val") or ""
    levels = list(defined.get(base, []))
    for override in element:
        at = _number(attribute(override, "ilvl"))
        if local(override) != "lvlOverride" or at is None or at >= len(levels):
            continue
        inner, start = child(override, "lvl"), _number(attribute(child(override, "startOverride"), "val"))
        if inner is not None:
            levels[at] = _level(inner)
        if start is not None:
            found.restarts.setdefault(num, {})[at] = start
    found.levels[num] = levels
    found.shared[num] = base


def _level(element: etree._Element) -> _Level:
    start = _number(attribute(child(element, "start"), "val"))
    return _Level(
        1 if start is None else start,
        attribute(child(element, "numFmt"), "val") or "decimal",
        attribute(child(element, "lvlText"), "val") or "",
        attribute(child(element, "pStyle"), "val"),
    )


def _styles(root: etree._Element | None) -> Iterator[tuple[str, _Style]]:
    for element in root if root is not None else ():
        if local(element) != "style":
            continue
        properties = child(element, "pPr")
        numbers = child(properties, "numPr")
        yield (
            attribute(element, "styleId") or "",
            _Style(
                attribute(child(element, "basedOn"), "val"),
                attribute(child(numbers, "numId"), "val"),
                _number(attribute(child(numbers, "ilvl"), "val")),
                _number(attribute(child(properties, "outlineLvl"), "val")),
            ),
        )


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else None


def written(count: int, form: str) -> str:
    """A count as a list prints it; a form that is not known is printed in digits."""
    if not 0 <= count <= _MOST:
        return str(count)
    if form in _CHINESE:
        return chinese(count)
    if form in _CIRCLED and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and count > 0:
        return roman(count).upper() if form == "upperRoman" else roman(count)
    return f"{count:02d}" if form == "decimalZero" else str(count)


def chinese(count: int) -> str:
    """一 to 九千九百九十九, as people count: 十一, not 一十一."""
    if count == 0:
        return _DIGITS[0]
    text = ""
    for at, digit in enumerate(str(count)):
        place = len(str(count)) - at - 1
        text += _DIGITS[int(digit)] + " 十百千"[place].strip() if digit != "0" else "零"
    text = re.sub("零+", "零", text).strip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def roman(count: int) -> str:
    """Lower-case Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text
