"""An HTML page to a Document: its visible text in order, data tables as grids, layout tables only as containers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import Block, Document, Paragraph
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html_tables import grid_of, is_hidden, is_layout

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
# Nobody knows what a control character stood for: digits on both sides of it are not one figure.
_ODD = {0xFEFF: None, **dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F], " ")}
_END = re.compile(r"</(?:html|body)\s*>", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_TITLE_NAMES = ("articletitle", "title", "og:title")
_DATE_NAME = "pubdate"


def read_html(text: str, file: str, remarks: tuple[tuple[str, str], ...] = ()) -> Document:
    """The page's visible blocks, the titles and the PubDate of its metadata.

    Raises DocumentUnreadableError when there is no page in it.
    """
    root = parse(text)
    if root is None:
        raise DocumentUnreadableError("html_empty", f"{file} holds no HTML element; expected a page")
    titles, published = _metadata(root)
    return Document(tuple(_Walk().blocks(root)), titles, published, remarks)


def parse(text: str) -> etree._Element | None:
    """The page's tree; None for a page with nothing in it."""
    # Given as UTF-8 bytes: lxml refuses a str that declares an encoding, and the declaration is not believed.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # A page put together from whole documents ends more than once; lxml would drop what comes after the first end.
    clean = _END.sub("", text.translate(_ODD))
    return etree.fromstring(clean.encode("utf-8", "replace"), parser) if clean.strip() else None


def _metadata(root: etree._Element) -> tuple[tuple[str, ...], str | None]:
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        named.setdefault(name, (meta.get("content") or "").strip())
    titles = [named.get(name, "") for name in _TITLE_NAMES]
    titles.insert(1, "".join(next((title.itertext() for title in root.iter("title")), iter(()))))
    return tuple(one_line(title) for title in titles if title.strip()), named.get(_DATE_NAME) or None


def one_line(text: str) -> str:
    """White space as a browser shows it; a line broken in the source between Han characters is none."""
    text = re.sub(rf"(?<={_HAN})[ \t]*[\r\n]\s*(?={_HAN})", "", text)
    return _SPACE.sub(" ", text).strip()


@dataclass
class _Walk:
    """One pass over the tree, collecting text until a block begins or ends."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)  # (text, within a link?)
    inside: list[int] = field(default_factory=list)
    level: int | None = None
    links: int = 0
    made: int = 0

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        skip: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skip is not None:
                if event == "end" and element is skip:
                    skip = None
                    self._text(element.tail)
                continue
            tag = element.tag
            if event == "start":
                if tag in UNSEEN or is_hidden(element) or (tag == "table" and not is_layout(element)):
                    skip = element
                    if tag == "table":
                        yield from self._flush()
                        grid = grid_of(element, tuple(self.inside))
                        yield from [grid] if grid is not None else []
                    continue
                yield from self._start(element)
            else:
                yield from self._end(element)
        yield from self._flush()

    def _start(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in _CONTAINERS:
            self.made += 1
            self.inside.append(self.made)
        if tag == "a":
            self.links += 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        self._text(element.text)

    def _end(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in _CONTAINERS:
            self.inside.pop()
        if tag == "a":
            self.links -= 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = None
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self.pieces.append((text, self.links > 0))

    def _flush(self) -> Iterator[Block]:
        text = one_line("".join(piece for piece, _ in self.pieces))
        linked = all(link for piece, link in self.pieces if piece.strip())
        self.pieces.clear()
        if text:
            yield Paragraph(text, inside=tuple(self.inside), level=self.level, linked=linked)
