"""PDF files that no program would write, put together object by object."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object as it is."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def deflated(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object, compressed."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + entries)


def page_of(contents: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """One page with this contents object; `more` are objects from number 5 on."""
    return raw_pdf([CATALOG, ONE_PAGE, PAGE % resources, contents, *more])


def nested_forms(depth: int = 12, times: int = 9) -> bytes:
    """Forms that draw the next form several times each: a few lines that stand for endless objects."""
    forms = []
    for level in range(depth):
        following = 6 + level
        last = level == depth - 1
        draws = b"BT /F 9 Tf (x) Tj ET" if last else b"/X Do " * times
        resources = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % following
        forms.append(stream(draws, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources))
    return page_of(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", forms)


def form_in_itself() -> bytes:
    """A form that draws itself."""
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    return page_of(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", [form])


def flate_bomb(megabytes: int = 1000) -> bytes:
    """A page's contents that unpack to a gigabyte of blanks, packed twice."""
    once = repeated(zlib.compressobj(9), b" " * 1_000_000, megabytes)
    return page_of(stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def repeated(packer: zlib._Compress, data: bytes, times: int) -> bytes:
    """Data many times over, packed in blocks that know nothing of each other and so are all the same."""
    first = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    following = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + following * (times - 1) + packer.flush()


def many_characters(count: int = 1_000_000) -> bytes:
    """One page with more letters than a library holds."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    text = b"BT /F 1 Tf 0 0 Td " + b"(%s) Tj " % (b"x" * 100) * (count // 100) + b"ET"
    return page_of(deflated(text), b"/Font<</F 5 0 R>>", [font])


def pages_in_a_circle() -> bytes:
    """A page tree that contains itself."""
    return raw_pdf([CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"])


def count_that_lies() -> bytes:
    """A page tree that promises two thousand million pages and has one."""
    return raw_pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", PAGE % b"", stream(b"")])


def deep_page_tree(depth: int = 5_000) -> bytes:
    """Nodes in nodes in nodes."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    return raw_pdf([CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def xref_in_a_circle() -> bytes:
    """Tables of offsets that name each other as the one before."""
    whole = raw_pdf([CATALOG, ONE_PAGE, PAGE % b"", stream(b"")])
    start = whole.index(b"xref\n")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def length_in_a_circle() -> bytes:
    """A stream whose length is told by the stream itself."""
    return page_of(b"<</Length 4 0 R>>stream\nBT ET\nendstream")


def deep_arrays(depth: int = 100_000) -> bytes:
    """Arrays in arrays where a number is expected."""
    return page_of(stream(b"[" * depth + b"]" * depth + b" TJ"), b"/X " + b"[" * depth + b"]" * depth)


def endless_dashes(count: int = 100_000) -> bytes:
    """More ruled lines than any table has."""
    drawn = b"".join(b"%d %d m %d %d l S\n" % (at % 595, at % 842, at % 595 + 5, at % 842) for at in range(count))
    return page_of(deflated(drawn))


def huge_page() -> bytes:
    """A page of many kilometres, with a line of text."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return raw_pdf([CATALOG, ONE_PAGE, page, stream(b"BT /F 1e7 Tf (x) Tj ET"), font])


def picture(width: int, height: int, entries: Mapping[str, str] | None = None) -> bytes:
    """One page that shows a picture of these dimensions, with a few bytes of data."""
    more = "".join(f"/{name}{value}" for name, value in (entries or {}).items()).encode()
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray" % (width, height)
    return page_of(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject<</I 5 0 R>>", [deflated(b"\0" * 9999, image + more)])
