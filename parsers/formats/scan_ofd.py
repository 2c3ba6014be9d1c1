"""The pages of an OFD file that are pictures, put together as they are shown; the others as text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from math import hypot

import numpy as np
from PIL import Image

from parsers.formats.caps import MOST_PIXELS
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.ofd import entries, is_picture, pages_drawn, path_of, roots_of
from parsers.formats.ofd_frame import Matrix
from parsers.formats.ofd_objects import Drawn, Shown
from parsers.formats.package import Package, attribute, child, local
from parsers.formats.pictures import dots_of, holds
from parsers.formats.scan_pages import Picture, images_in
from parsers.geometry.page import Page

_RESOURCES = ("PublicRes", "DocumentRes")


def pages_in_ofd(data: bytes, file: str) -> Iterator[Page | Picture]:
    """The pages in order: as text, or as a picture.

    Raises DocumentUnreadableError for a damaged file, one above the caps, and one whose picture cannot be opened.
    """
    package = Package(data, file)
    root = roots_of(package)[0]
    media = _media(package, root)
    for drawn in pages_drawn(package, root):
        if not is_picture(drawn):
            yield drawn.page
            continue
        boxes = [picture.box for picture in drawn.pictures]
        drawn.chars = [char for char in drawn.chars if not any(holds(box, char) for box in boxes)]
        if drawn.chars:
            yield drawn.page
        yield _rendered(package, drawn, media)


def _media(package: Package, root: str) -> dict[str, str]:
    """The files of the document's pictures by the numbers of their resources (GB/T 33190, 7.9)."""
    folder = posixpath.dirname(root)
    found = {}
    for common in entries(child(package.xml(root), "CommonData")):
        if local(common) not in _RESOURCES:
            continue
        place = path_of(folder, (common.text or "").strip())
        resources = package.xml(place)
        base = path_of(posixpath.dirname(place), attribute(resources, "BaseLoc") or "")
        for medium in entries(child(resources, "MultiMedias")):
            named = child(medium, "MediaFile")
            if named is not None:
                found[attribute(medium, "ID") or ""] = path_of(base, (named.text or "").strip())
    return found


def _rendered(package: Package, drawn: Drawn, media: dict[str, str]) -> Picture:
    """The page in grey levels: its pictures on white paper."""
    opened = [(shown, _image(package, drawn, shown, media)) for shown in drawn.pictures]
    dots = max(_dots(image, shown) for shown, image in opened)
    dots = min(dots, (MOST_PIXELS / (drawn.width * drawn.height)) ** 0.5)
    size = max(1, round(drawn.width * dots)), max(1, round(drawn.height * dots))
    paper = Image.new("L", size, 255)
    for shown, image in opened:
        a, b, c, d, e, f = (dots * number for number in shown.frame)
        wide, high = max(1, round(hypot(a, b))), max(1, round(hypot(c, d)))
        back = _inverse((a / wide, b / wide, c / high, d / high, e, f))
        if back is None or wide * high > MOST_PIXELS:
            reason = f"{package.file}: page {drawn.number} shows the picture {shown.resource} in no size of a page's"
            raise DocumentUnreadableError("picture_damaged", reason)
        # Smaller first, so that no thin stroke falls between two points of the page.
        fitted = image.resize((wide, high), Image.Resampling.LANCZOS)
        mask = Image.new("L", (wide, high), 255).transform(size, Image.Transform.AFFINE, back)
        paper.paste(fitted.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR), mask=mask)
    return Picture(drawn.number, np.ascontiguousarray(np.asarray(paper, dtype=np.uint8)), dots)


def _image(package: Package, drawn: Drawn, shown: Shown, media: dict[str, str]) -> Image.Image:
    where = f"{package.file}: page {drawn.number}"
    if shown.resource not in media:
        raise DocumentUnreadableError(
            "part_missing", f"{where} shows the picture {shown.resource}, which the file does not hold"
        )
    return next(images_in(package.read(media[shown.resource]), where))


def _dots(image: Image.Image, shown: Shown) -> float:
    """The picture's pixels per point of the page."""
    a, b, c, d, _, _ = shown.frame
    return dots_of(image.width * image.height, abs(a * d - b * c))


def _inverse(frame: Matrix) -> Matrix | None:
    """What takes a place on the page to one in the picture, row by row, as Pillow wants it; None where nothing does."""
    a, b, c, d, e, f = frame
    area = a * d - b * c
    if not area:
        return None
    return d / area, -c / area, (c * f - d * e) / area, -b / area, a / area, (b * e - a * f) / area
