"""An OFD file (GB/T 33190) to a Document: its pages' characters and rules, in the geometry that all pages have."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from parsers.document import Document
from parsers.formats.caps import MOST_OBJECTS, MOST_PAGES
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.ofd_frame import MM
from parsers.formats.ofd_objects import Drawn
from parsers.formats.package import Package, attribute, child, local
from parsers.formats.pictures import FEW_LETTERS, holds
from parsers.geometry.assembly import assemble
from parsers.geometry.tables import printed
from parsers.geometry.turn import straight

_A4 = (210.0, 297.0)


def read_ofd(data: bytes, file: str) -> Document:
    """The document's lines and tables in order, running heads and page numbers dropped.

    Raises DocumentUnreadableError for a damaged file, one without text (pictures only), one above the caps.
    """
    package = Package(data, file)
    roots = roots_of(package)
    pages = [drawn.page for drawn in pages_drawn(package, roots[0])]
    if not any(page.chars for page in pages):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only OFD files with text are read")
    return replace(assemble([printed(straight(page)) for page in pages]), remarks=unread(file, roots))


def has_pictures(data: bytes, file: str) -> bool:
    """Has the OFD a page that can only be read as a picture? A file that cannot be opened has none."""
    try:
        package = Package(data, file)
        return any(is_picture(drawn) for drawn in pages_drawn(package, roots_of(package)[0]))
    except DocumentUnreadableError:
        return False


def is_picture(drawn: Drawn) -> bool:
    """Is the page a picture, with next to no letters on it?"""
    boxes = [picture.box for picture in drawn.pictures]
    shown = [char for char in drawn.chars if any(holds(box, char) for box in boxes)]
    return bool(boxes) and len(shown) < FEW_LETTERS


def unread(file: str, roots: list[str]) -> tuple[tuple[str, str], ...]:
    """The remark on further documents in the file."""
    return (("part_unread", f"{file} holds {len(roots)} documents; the first was read"),) if len(roots) > 1 else ()


def roots_of(package: Package) -> list[str]:
    """The paths of the documents in an OFD file; raises DocumentUnreadableError where there is none."""
    bodies = [body for body in package.xml("OFD.xml") if local(body) == "DocBody"]
    named = [child(body, "DocRoot") for body in bodies]
    roots = [(root.text or "").strip() for root in named if root is not None]
    if not roots:
        raise DocumentUnreadableError("part_missing", f"{package.file} names no document in OFD.xml")
    return [path_of("", root) for root in roots]


def path_of(folder: str, location: str) -> str:
    """A part's path: from the root when it begins with a slash, else from the folder of the part that names it."""
    return posixpath.normpath(location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location))


def pages_drawn(package: Package, root: str) -> Iterator[Drawn]:
    """The pages of the document at a path, one by one. Raises DocumentUnreadableError above the caps."""
    document, folder = package.xml(root), posixpath.dirname(root)
    common = child(document, "CommonData")
    size = _size(child(common, "PageArea")) or _A4
    templates = {
        attribute(entry, "ID"): path_of(folder, attribute(entry, "BaseLoc") or "")
        for entry in entries(common)
        if local(entry) == "TemplatePage"
    }
    pages = [entry for entry in entries(child(document, "Pages")) if local(entry) == "Page"]
    if len(pages) > MOST_PAGES:
        reason = f"{package.file} has over {MOST_PAGES} pages; none was read"
        raise DocumentUnreadableError("too_many_pages", reason)
    for number, entry in enumerate(pages, start=1):
        content = package.xml(path_of(folder, attribute(entry, "BaseLoc") or ""))
        width, height = _size(child(content, "Area")) or size
        drawn = Drawn(number, width * MM, height * MM)
        named = [attribute(sub, "TemplateID") for sub in content if local(sub) == "Template"]
        below = [package.xml(templates[name]) for name in dict.fromkeys(named) if name in templates]
        for source in [*below, content]:
            drawn.draw(source)
        if len(drawn.chars) + len(drawn.levels) + len(drawn.uprights) > MOST_OBJECTS:
            reason = f"{package.file}: page {number} draws more than any report's; it was not read"
            raise DocumentUnreadableError("too_many_objects", reason, final=True)
        yield drawn


def entries(holder: etree._Element | None) -> Iterator[etree._Element]:
    """The elements in another; none where it is not there."""
    yield from holder if holder is not None else ()


def _size(area: etree._Element | None) -> tuple[float, float] | None:
    """(width, height) of a page in millimetres."""
    box = child(area, "PhysicalBox") if area is not None else None
    parts = (box.text or "").split() if box is not None else []
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    good = len(numbers) == 4 and 0 < numbers[2] < 5000 and 0 < numbers[3] < 5000
    return (numbers[2], numbers[3]) if good else None
