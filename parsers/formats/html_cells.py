"""The text of a table's cell in HTML: what a reader sees of it, a line for each paragraph or break."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from parsers.formats.html_looks import PLAIN, Look, is_hidden, look_by
from parsers.labels import LONGEST_LABEL

_BREAKS = frozenset(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section"])
_UNSEEN = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video"])
# Shown, but no digits of the figure beside them: footnote marks, struck out text, readings, choices and buttons.
_APART = frozenset(["sup", "sub", "del", "s", "strike", "rt", "rp", "bdo", "select", "textarea", "button"])
_MEANT = _BREAKS | _UNSEEN | _APART | {"input"}
_TYPED = (None, "text", "number", "tel")
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_BROKEN_SOURCE = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)


def text_of(cell: etree._Element, look: Look) -> str:
    """The text of a cell without elements in it."""
    text = cell.text or ""
    return text if look is PLAIN and text.isalnum() else _seen(cell, look, text)


def text_within(cell: etree._Element, look: Look) -> tuple[str, int | None]:
    """The text of a cell with elements in it, spans joined without a gap.

    Beside it the most characters that the cell's source can have, None where some of it is not in the text.
    """
    if is_hidden(cell, look):
        return "", None
    text, whole = _joined(cell)
    return _seen(cell, look, text), len(text) if whole else None


def _seen(cell: etree._Element, look: Look, text: str) -> str:
    if look is not PLAIN:
        if is_hidden(cell, look):
            return ""
        text = f"[{text}]" if look.apart else text
    return (_lines if len(text) <= LONGEST_LABEL else _lines.__wrapped__)(text)


@lru_cache(4096)  # reports print the same labels
def _lines(text: str) -> str:
    return "\n".join(line for part in text.split("\v") if (line := _line(part)))


def _line(text: str) -> str:
    return text if text.isalnum() else _SPACE.sub(" ", _BROKEN_SOURCE.sub("", text)).strip()


def _joined(cell: etree._Element) -> tuple[str, bool]:
    """The pieces of text, and whether they are all that is there.

    A vertical tab stands where a line ends, brackets around what is no part of a figure.
    """
    pieces = [cell.text or ""]
    # Elements whose children are met, with what to say when the last of these is through.
    around: list[tuple[etree._Element, str | None]] = []
    whole = True
    element = cell[0]
    # From one to the next: an iterator over the children of each takes longer to make than most have children.
    while True:
        tag, names, after = element.tag, element.keys(), element.tail
        look = look_by(element, names) if names else PLAIN
        if tag not in _MEANT and look is PLAIN:
            seen, before = True, element.text
        elif tag in _UNSEEN or is_hidden(element, look):
            seen, before, whole = False, None, False
        else:
            seen, whole = True, whole and tag != "input"
            before, after = _marked(element, look)
        if before:
            pieces.append(before)
        if seen and len(element):
            around.append((element, after))
            element = element[0]
            continue
        if after:
            pieces.append(after)
        following = element.getnext()
        while following is None:
            if not around:
                return "".join(pieces), whole
            element, after = around.pop()
            if after:
                pieces.append(after)
            following = element.getnext()
        element = following


def _marked(element: etree._Element, look: Look) -> tuple[str, str]:
    """What an element prints before its children, and after them."""
    tag = element.tag
    before, after = _typed(element) if tag == "input" else element.text or "", element.tail or ""
    is_break, is_apart = tag in _BREAKS or look.line, tag in _APART or look.apart
    return "\v" * is_break + "[" * is_apart + before, "]" * is_apart + "\v" * is_break + after


def _typed(element: etree._Element) -> str:
    """What an input field shows."""
    return (element.get("value") or "") if element.get("type") in _TYPED else ""
