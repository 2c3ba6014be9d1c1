"""When a page is a picture: what PDF and OFD have in common there. Asked of every such file, recognising nothing."""

from __future__ import annotations

from parsers.geometry.page import Box, Char

# A picture of less than this share of the page is an emblem, a seal or a signature.
LEAST_SHARE = 0.08
# So many letters that one can see on a picture make it a background.
FEW_LETTERS = 20
_LEAST_DOTS, _MOST_DOTS = 100 / 72, 220 / 72


def dots_of(pixels: int, area: float) -> float:
    """At how many pixels per point to look at a picture that has so many on this area (square points)."""
    dots = (pixels / area) ** 0.5 if area else _LEAST_DOTS
    return min(max(dots, _LEAST_DOTS), _MOST_DOTS)


def holds(box: Box, char: Char) -> bool:
    """Does the middle of the character stand in the box?"""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
