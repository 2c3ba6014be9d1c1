"""An HTML page to a Document: its visible text in order, data tables as grids, layout tables only as containers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import Block, Document, Paragraph
from parsers.formats.caps import held_to_cap
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html_looks import is_hidden, look_by
from parsers.formats.html_standing import standing_of
from parsers.formats.html_tables import read_table

# fmt: off
# (lists of words, one to a line, would fill a page)
# A browser shows nothing of these.
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "select", "textarea", "button", "input", "iframe", "object",
    "svg", "canvas", "nav", "aside", "audio", "video",
})
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "main", "header", "footer", "body", "html", "center", "blockquote", "pre", "form", "fieldset", "table", "tbody",
    "thead", "tfoot", "tr", "td", "th", "caption", "address", "figure", "figcaption", "hr", "br",
})
_CONTAINERS = frozenset({
    "div", "section", "article", "main", "td", "th", "ul", "ol", "dl", "header", "footer", "form", "blockquote",
    "center", "body",
})
# fmt: on
_MEANT = _BLOCKS | {"a"}
_MEANT = _BLOCKS | {"a"}
# Nobody knows what a control character stood for: digits on both sides of it are not one figure.
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_BLANKED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_BLANK = rf"[\s{re.escape(_CONTROLS.decode())}]"
# Pictures written into the page, and what is made to keep a parser busy: no other tag is near this long.
_LONGEST_TAG = 100_000
_ENDLESS_TAG = re.compile(rf"<[^<>]{{{_LONGEST_TAG},}}>?")
_END = re.compile(rf"</(?:html|body){_BLANK}*>", re.I)
_NOTHING = re.compile(rf"{_BLANK}*\Z")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BROKEN_SOURCE = re.compile(rf"(?<={_HAN})[ \t]*[\r\n]\s*(?={_HAN})")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_TITLE_NAMES = ("articletitle", "title", "og:title")
_DATE_NAME = "pubdate"


def read_html(text: str, file: str, remarks: tuple[tuple[str, str], ...] = ()) -> Document:
    """The page's visible blocks, the titles and the PubDate of its metadata.

    Raises DocumentUnreadableError when there is no page in it, or too much of one.
    """
    if len(text) > _LONGEST_TAG:
        text = _ENDLESS_TAG.sub(" ", text)
    root = parse(held_to_cap(text, file))
    if root is None:
        raise DocumentUnreadableError("html_empty", f"{file} holds no HTML element; expected a page")
    titles, published = _metadata(root)
    walk = _Walk()
    blocks = tuple(walk.read(root))
    return Document(blocks, titles, published, remarks, standing_of(root, walk.named))


def parse(text: str) -> etree._Element | None:
    """The page's tree; None for a page with nothing in it."""
    # A page put together from whole documents ends more than once; lxml would drop what comes after the first end.
    clean = _END.sub("", text.replace("\ufeff", ""))
    if _NOTHING.match(clean):
        return None
    # Given as UTF-8 bytes: lxml refuses a str that declares an encoding, and the declaration is not believed.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    # In UTF-8 no byte of a longer character is a control character's.
    return etree.fromstring(clean.encode("utf-8", "replace").translate(_BLANKED), parser)


def _metadata(root: etree._Element) -> tuple[tuple[str, ...], str | None]:
    named: dict[str, str] = {}
    title: str | None = None
    for element in root.iter("meta", "title"):
        if element.tag == "meta":
            name = (element.get("name") or element.get("property") or "").strip().lower()
            named.setdefault(name, (element.get("content") or "").strip())
        elif title is None:
            title = "".join(element.itertext())
    titles = [named.get(name, "") for name in _TITLE_NAMES]
    titles.insert(1, title or "")
    return tuple(one_line(title) for title in titles if title.strip()), named.get(_DATE_NAME) or None


def one_line(text: str) -> str:
    """White space as a browser shows it; a line broken in the source between Han characters is none."""
    if "\n" in text or "\r" in text:
        text = _BROKEN_SOURCE.sub("", text)
    return _SPACE.sub(" ", text).strip()


@dataclass
class _Walk:
    """One pass over the tree, collecting text until a block begins or ends."""

    pieces: list[str] = field(default_factory=list)
    linked: bool = True  # Has all that is seen of them stood within links?
    inside: list[int] = field(default_factory=list)
    level: int | None = None
    links: int = 0
    made: int = 0
    blocks: list[Block] = field(default_factory=list)
    # Elements with a class or an id, but for those in tables of figures.
    named: list[etree._Element] = field(default_factory=list)

    def read(self, root: etree._Element) -> list[Block]:
        # The elements around, whose children are met. A page may nest them deeper than calls can.
        around: list[etree._Element] = []
        element = root
        while True:
            tag, names = element.tag, element.keys()
            if tag in UNSEEN or (names and is_hidden(element, look_by(element, names))):
                self._text(element.tail)
            elif tag == "table" and (grids := read_table(element, tuple(self.inside))) is not None:
                self._flush()
                self.blocks += grids
                self._text(element.tail)
            else:
                if "class" in names or "id" in names:
                    self.named.append(element)
                if tag in _MEANT:
                    self._start(tag)
                self._text(element.text)
                if len(element):
                    around.append(element)
                    element = element[0]
                    continue
                self._end(element)
            following = element.getnext() if around else None
            while following is None:
                if not around:
                    self._flush()
                    return self.blocks
                element = around.pop()
                self._end(element)
                following = element.getnext() if around else None
            element = following

    def _start(self, tag: str) -> None:
        if tag == "a":
            self.links += 1
            return
        self._flush()
        self.level = _LEVELS.get(tag, self.level)
        if tag in _CONTAINERS:
            self.made += 1
            self.inside.append(self.made)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            if tag in _CONTAINERS:
                self.inside.pop()
            elif tag in _LEVELS:
                self.level = None
        elif tag == "a":
            self.links -= 1
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not text.isspace():
            self.linked = self.linked and self.links > 0
        elif not self.pieces:
            return  # white space that a block would begin with
        self.pieces.append(text)

    def _flush(self) -> None:
        if self.pieces:
            text = one_line("".join(self.pieces))
            if text:
                self.blocks.append(Paragraph(text, inside=tuple(self.inside), level=self.level, linked=self.linked))
            self.pieces, self.linked = [], True
