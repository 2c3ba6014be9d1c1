"""The text of a Word paragraph: its runs as the page shows them, and the text boxes that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from lxml import etree

from parsers.formats.package import attribute, child, local, name_of, parts_of

# Taken out by a tracked change, or shown elsewhere than in the line.
_UNSEEN = frozenset(
    {"del", "moveFrom", "rt", "pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "Fallback"}
)
_BREAKS = frozenset({"br", "cr"})
APART = ("superscript", "subscript")
_STRUCK = ("strike", "dstrike")
# What a formula's part is set off with: ½ is not 12.
_MATHS = {"den": "/", "sup": "^", "sub": "_"}
_SPACE = re.compile(r"[ \t\r\f\xa0]+")
_OFF = ("0", "false", "off")
_TAG = attrgetter("tag")


@dataclass(slots=True)
class Runs:
    """What stands in a paragraph: text (a newline for each break), whether all of it is a link, its text boxes."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join([piece for piece, _ in self.pieces])

    @property
    def linked(self) -> bool:
        printed = [link for piece, link in self.pieces if piece.strip()]
        return bool(printed) and all(printed)


def runs(paragraph: etree._Element) -> Runs:
    """Collect a paragraph's text and text boxes."""
    found = Runs()
    _collect(paragraph, found, linked=False)
    return found


def _collect(holder: etree._Element, found: Runs, linked: bool) -> None:
    for element in holder:
        name = name_of(element.tag)
        if name == "t":
            found.pieces.append((element.text or "", linked))
        elif name == "txbxContent":
            found.boxes.append(element)
        elif name == "AlternateContent":
            _collect(_shown_choice(element), found, linked)
        elif name == "r":
            _run(element, found, linked)
        elif name not in _UNSEEN:
            found.pieces += [(piece, linked) for piece in _sign(element, name)]
            _collect(element, found, linked or name == "hyperlink")


def _run(run: etree._Element, found: Runs, linked: bool) -> None:
    """A run; raised, lowered and struck out text is put in brackets: it is no part of the number beside it."""
    parts = list(run)
    names = [*map(name_of, map(_TAG, parts))]
    if names == ["t"] or (names == ["rPr", "t"] and not len(parts[0])):
        found.pieces.append((parts[-1].text or "", linked))
        return
    properties = parts_of(parts[names.index("rPr")]) if "rPr" in names else {}
    if is_on(properties.get("vanish")):
        return
    apart = attribute(properties.get("vertAlign"), "val") in APART or any(is_on(properties.get(to)) for to in _STRUCK)
    before = len(found.pieces)
    _collect(run, found, linked)
    if apart and any(piece.strip() for piece, _ in found.pieces[before:]):
        found.pieces.insert(before, ("[", linked))
        found.pieces.append(("]", linked))


def _sign(element: etree._Element, name: str) -> Iterator[str]:
    """What an element shows that has no text."""
    if name in _BREAKS:
        yield "\n"
    elif name in ("tab", "ptab"):
        yield "\t"
    elif name in _MATHS:
        yield _MATHS[name]
    elif name == "noBreakHyphen":
        yield "-"
    elif name == "sym":
        code = attribute(element, "char") or ""
        # A sign of a picture font: kept as it is coded, so that no figure beside it passes for the whole cell.
        yield chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) and not code.upper().startswith("D") else "?"


def _shown_choice(element: etree._Element) -> etree._Element:
    """Of one thing written in several ways, the first that holds text, else the first."""
    ways = [sub for sub in element if local(sub) in ("Choice", "Fallback")]
    telling = [way for way in ways if any(local(sub) in ("t", "txbxContent") for sub in way.iter())]
    return next(iter(telling or ways), element)


def is_on(switch: etree._Element | None) -> bool:
    """Is a property there and not switched off?"""
    return switch is not None and (attribute(switch, "val") or "1").lower() not in _OFF


def marks_deleted(properties: etree._Element | None) -> bool:
    """Did a tracked change take out the paragraph's end, so that the next one goes on with it?"""
    return properties is not None and len(properties) > 0 and child(properties, "rPr", "del") is not None


def line_text(text: str) -> str:
    """White space as it looks: one space, none at the ends."""
    return text if text.isalnum() else _SPACE.sub(" ", text).strip()
