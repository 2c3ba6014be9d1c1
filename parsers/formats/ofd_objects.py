"""What the content of an OFD page draws: characters, straight rules, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from parsers.formats.ofd_frame import Matrix, box_around, frame_of, placed
from parsers.formats.ofd_paths import rules_of
from parsers.formats.ofd_text import chars_of
from parsers.formats.package import attribute, child, local
from parsers.formats.pictures import LEAST_SHARE, holds
from parsers.geometry.page import Box, Char, Page, Rule

_HOLDERS = frozenset({"Content", "Layer", "PageBlock"})


@dataclass(frozen=True)
class Shown:
    """A larger picture of a page: the number of its resource, and the matrix that takes a square of 1 to the page."""

    resource: str
    frame: Matrix

    @property
    def box(self) -> Box:
        """Where it stands, in points."""
        return box_around(*(placed(self.frame, x, y) for x in (0, 1) for y in (0, 1)))


@dataclass
class Drawn:
    """What a page draws, in points from its top left."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    levels: list[Rule] = field(default_factory=list)
    uprights: list[Rule] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Its text and rules as every format with pages gives them."""
        chars, levels, uprights = tuple(self.chars), tuple(self.levels), tuple(self.uprights)
        return Page(self.number, self.width, self.height, chars, levels, uprights)

    def draw(self, root: etree._Element) -> None:
        """Add what a page's content, or a template's, draws; what is marked as not visible is not there."""
        self._draw(child(root, "Content"))

    def _draw(self, holder: etree._Element | None) -> None:
        for element in holder if holder is not None else ():
            name = local(element)
            if attribute(element, "Visible") == "false" or attribute(element, "Alpha") == "0":
                continue
            if name in _HOLDERS:
                self._draw(element)
            elif name == "TextObject" and not _is_unpainted(element):
                self.chars += chars_of(element)
            elif name == "PathObject":
                for is_level, rule in rules_of(element):
                    (self.levels if is_level else self.uprights).append(rule)
            elif name == "ImageObject":
                self._show(Shown(attribute(element, "ResourceID") or "", frame_of(element)))

    def _show(self, picture: Shown) -> None:
        """A larger picture lies on all that was drawn there before: what nobody sees is another program's guess."""
        x0, top, x1, bottom = box = picture.box
        wide, high = min(x1, self.width) - max(x0, 0.0), min(bottom, self.height) - max(top, 0.0)
        if min(wide, high) <= 0 or wide * high < LEAST_SHARE * self.width * self.height:
            return
        self.chars = [char for char in self.chars if not holds(box, char)]
        self.pictures.append(picture)


def _is_unpainted(element: etree._Element) -> bool:
    """Is it text that is neither filled nor stroked, as programs put under a scan?"""
    return attribute(element, "Fill") == "false" and attribute(element, "Stroke") != "true"
