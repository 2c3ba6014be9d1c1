"""An OFD file (GB/T 33190) to a Document: characters and lines of its pages, into grids and lines of text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from parsers.document import Document
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.ofd_flow import Page, blocks_of
from parsers.formats.ofd_objects import page_objects
from parsers.formats.package import Package, attribute, child, local

MOST_PAGES = 400
_MM = 72 / 25.4
_A4 = (210.0, 297.0)
_MOST_OBJECTS = 200_000


def read_ofd(data: bytes, file: str) -> Document:
    """The document's lines and ruled tables in the order of its pages.

    Raises DocumentUnreadableError for a damaged file, one without text (pictures only), one of too many pages.
    """
    package = Package(data, file)
    bodies = [body for body in package.xml("OFD.xml") if local(body) == "DocBody"]
    named = [child(body, "DocRoot") for body in bodies]
    roots = [(root.text or "").strip() for root in named if root is not None]
    if not roots:
        raise DocumentUnreadableError("part_missing", f"{file} names no document in OFD.xml")
    pages = [page for root in roots[:1] for page in _pages(package, _path("", root))]
    if not any(page.chars for page in pages):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only OFD files with text are read")
    remarks = (("part_unread", f"the file holds {len(roots)} documents; the first was read"),) if len(roots) > 1 else ()
    return Document(tuple(blocks_of(pages)), remarks=remarks)


def _path(folder: str, location: str) -> str:
    """A part's path: from the root when it begins with a slash, else from the folder of the part that names it."""
    return posixpath.normpath(location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location))


def _pages(package: Package, root: str) -> Iterator[Page]:
    document, folder = package.xml(root), posixpath.dirname(root)
    common = child(document, "CommonData")
    size = _size(child(common, "PageArea")) or _A4
    templates = {
        attribute(entry, "ID"): _path(folder, attribute(entry, "BaseLoc") or "")
        for entry in _entries(common)
        if local(entry) == "TemplatePage"
    }
    entries = [entry for entry in _entries(child(document, "Pages")) if local(entry) == "Page"]
    if len(entries) > MOST_PAGES:
        reason = f"{package.file} has over {MOST_PAGES} pages; none was read"
        raise DocumentUnreadableError("too_many_pages", reason)
    objects = 0
    for number, entry in enumerate(entries, start=1):
        content = package.xml(_path(folder, attribute(entry, "BaseLoc") or ""))
        width, height = _size(child(content, "Area")) or size
        page = Page(number, width * _MM, height * _MM)
        named = [attribute(sub, "TemplateID") for sub in content if local(sub) == "Template"]
        below = [package.xml(templates[name]) for name in dict.fromkeys(named) if name in templates]
        for source in [*below, content]:
            page_objects(source, page)
        objects += len(page.chars) + len(page.lines)
        if objects > _MOST_OBJECTS:
            raise DocumentUnreadableError("too_many_objects", f"{package.file} draws more than any report; not read")
        yield page


def _entries(holder: etree._Element | None) -> Iterator[etree._Element]:
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
