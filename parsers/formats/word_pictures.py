"""The pictures of a Word file that are large enough to show a page or a table: where they are, how they are shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package, attribute, child, local
from parsers.formats.pictures import LEAST_SHARE
from parsers.formats.sniff import sniff_bytes
from parsers.formats.word import main_part

PICTURES = ("jpeg", "png", "tiff", "bmp", "gif")
# Taken out by a tracked change, or another way of writing what stands beside it.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback"})
# English Metric Units in a point; a page (A4) in square points; what stands for the whole in a cropping.
_EMU, _PAGE, _WHOLE = 12_700, 595.0 * 842.0, 100_000
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d+(?:\.\d+)?)(pt|in|cm|mm|px)?", re.I)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1.0}


@dataclass(frozen=True)
class Placed:
    """A picture: the part of the file that holds it, its size as shown in points, what is cut off its four sides.

    `cut` is in shares of the picture: left, top, right, bottom.
    """

    part: str
    width: float
    height: float
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def has_pictures(data: bytes, file: str) -> bool:
    """Is there a picture as large as a table? Not in a file that is damaged."""
    try:
        return any(True for _ in pictures_in(Package(data, file)))
    except DocumentUnreadableError:
        return False


def pictures_in(package: Package) -> Iterator[Placed]:
    """The larger pictures in their order, of kinds that can be looked at; none is fetched from elsewhere."""
    main = main_part(package)
    body = child(package.xml(main), "body") if main else None
    if main is None or body is None:
        return
    folder, name = posixpath.split(main)
    links = package.optional_xml(f"{folder}/_rels/{name}.rels")
    targets = {
        attribute(link, "Id") or "": posixpath.normpath(posixpath.join("/", folder, attribute(link, "Target") or ""))
        for link in (links if links is not None else ())
        if attribute(link, "TargetMode") != "External"
    }
    for element in body.iter():
        placed = _placed(element)
        part = targets.get(placed[0], "").lstrip("/") if placed else ""
        if (
            placed is None
            or part not in package.names
            or any(local(holder) in _UNSEEN for holder in element.iterancestors())
        ):
            continue
        _, width, height, cut = placed
        is_large = width * height >= LEAST_SHARE * _PAGE
        if is_large and sniff_bytes(package.read(part)) in PICTURES:
            yield Placed(part, width, height, cut)


def _placed(element: etree._Element) -> tuple[str, float, float, tuple[float, float, float, float]] | None:
    """The relation, width, height and cropping of a picture's element; None for any other, and for one without size."""
    name = local(element)
    if name == "blip":
        frame = next((holder for holder in element.iterancestors() if local(holder) in ("inline", "anchor")), None)
        extent, source = child(frame, "extent"), child(element.getparent(), "srcRect")
        size = [(attribute(extent, side) or "") for side in ("cx", "cy")]
        if not all(side.isdecimal() and len(side) < 10 for side in size):
            return None
        left, top, right, bottom = (_share(attribute(source, side)) for side in "ltrb")
        width, height = (int(side) / _EMU for side in size)
        return attribute(element, "embed") or "", width, height, (left, top, right, bottom)
    if name == "imagedata":
        lengths = {
            side.lower(): float(number) * _POINTS[(unit or "").lower()]
            for side, number, unit in _LENGTH.findall(attribute(element.getparent(), "style") or "")
        }
        width, height = lengths.get("width", 0.0), lengths.get("height", 0.0)
        return attribute(element, "id") or "", width, height, (0.0, 0.0, 0.0, 0.0)
    return None


def _share(text: str | None) -> float:
    """A cropping in thousandths of a percent as a share; a negative one adds paper, which shows nothing."""
    return int(text) / _WHOLE if text and text.isdecimal() and len(text) < 7 else 0.0
