"""What a page says of how an element looks: given no place, kept unseen, its letters without size, set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

_LONGEST_STYLE = 200
# What is given no place at all, and what keeps its place unseen.
_GONE = re.compile(r"display\s*:\s*none", re.I)
_NOTHING = r"0+(?:\.0*)?(?![.\d])"
_HIDDEN = re.compile(rf"visibility\s*:\s*(?:hidden|collapse)|(?<![-\w])opacity\s*:\s*{_NOTHING}", re.I)
_SIZELESS = re.compile(rf"font-size\s*:\s*{_NOTHING}", re.I)
# No figure's digits: what is struck out, and what stands above or below the line as footnote marks do.
_APART = re.compile(r"text-decoration[^;]*line-through|vertical-align\s*:\s*(?:super|sub)\b", re.I)
_LINE = re.compile(r"(?<![-\w])display\s*:\s*(?:block|list-item|flex|grid|table)(?![-\w])", re.I)


class Look(NamedTuple):
    """What attributes do to an element; `unseen` whether or not it keeps its place.

    `apart`: its text is no part of the figure beside it; `line`: it stands on lines of its own.
    """

    gone: bool
    unseen: bool
    sizeless: bool
    apart: bool
    line: bool


PLAIN = Look(gone=False, unseen=False, sizeless=False, apart=False, line=False)
_NOWHERE = Look(gone=True, unseen=True, sizeless=False, apart=False, line=False)


def look_of(element: etree._Element) -> Look:
    """The element's look; PLAIN itself where nothing is said of it."""
    # Most elements have no attributes, and a list of none is made sooner than one is asked for by its name.
    names = element.keys()
    return look_by(element, names) if names else PLAIN


def look_by(element: etree._Element, names: Sequence[str]) -> Look:
    """The look of an element whose attributes have these names."""
    if "hidden" in names:
        return _NOWHERE
    style = element.get("style") if "style" in names else None
    if not style:
        return PLAIN
    return (_styled if len(style) < _LONGEST_STYLE else _styled.__wrapped__)(style)


@lru_cache(1024)  # a page says the same of all its cells
def _styled(style: str) -> Look:
    gone = _GONE.search(style) is not None
    unseen = gone or _HIDDEN.search(style) is not None
    sizeless, apart, line = (found.search(style) is not None for found in (_SIZELESS, _APART, _LINE))
    look = Look(gone, unseen, sizeless, apart, line)
    return look if any(look) else PLAIN


def is_hidden(element: etree._Element, look: Look) -> bool:
    """Does the page itself keep this from being seen, whether or not it keeps its place?"""
    # Letters without size often only close gaps between children that have a size of their own.
    return look is not PLAIN and (look.unseen or (look.sizeless and len(element) == 0))
