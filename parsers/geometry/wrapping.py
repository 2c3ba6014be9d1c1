"""Figures that a cell's line could not hold: is the next line their rest, or a figure of its own?"""

from __future__ import annotations

import re

_SEPARATED = r"\d{1,3}(?:[,，]\d{3})*"
_BEGUN, _CUT = re.compile(_SEPARATED), re.compile(rf"{_SEPARATED}[,，]\d{{0,2}}")
_BEGUN_OR_CUT = re.compile(rf"{_SEPARATED}(?:[,，]\d{{0,2}})?")
_GROUPS = re.compile(r"(?:[,，]\d{3})+")
_HEAD, _BOUND = re.compile(r"\d{1,2}"), re.compile(r"\d{1,2}(?:，\d{3})+")
# Of what is left free on both sides of a line, so many letters' widths may be the cell's own margins.
_MARGINS = 3.2


def must_go_on(text: str, words: str) -> bool:
    """Can the next line of a cell, `words`, only be the rest of the figure that `text` begins?

    So it is where either is no figure by itself: 1,09 above 3, or 1 above ,093.
    """
    if _BEGUN.fullmatch(text):
        return _GROUPS.fullmatch(words) is not None
    return bool(_CUT.fullmatch(text) and words[:1].isdigit() and _BEGUN_OR_CUT.fullmatch(text + words))


def is_rest(text: str, words: str, room: float, needed: float, letter: float) -> bool:
    """Does `words`, the next line of a cell, go on with the figure that `text` begins?

    Programs that set Chinese break no line beside a full-width comma, and take digits over with it: what stands before
    it then fills no line. `room` is what is left of the first line to the right, `needed` how wide the next one is,
    `letter` how wide one of its letters.
    """
    if not text[:1].isdecimal():
        return False
    if must_go_on(text, words):
        return True
    # Centred, as figures are: there is as much room to the left. Had it been enough, the line would not end here.
    bound = _HEAD.fullmatch(text) and _BOUND.fullmatch(words) and _BEGUN.fullmatch(text + words)
    return bool(bound) and 2 * room < needed + _MARGINS * letter
