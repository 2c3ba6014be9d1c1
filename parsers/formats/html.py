"""An HTML page to a Document: its visible text in order, data tables as grids, layout tables only as containers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import Block, Document, Paragraph
from parsers.formats.caps import held_to_cap
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html_standing import standing_of
from parsers.formats.html_tables import grid_of, is_hidden, is_layout, rows_of

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
_ODD = re.compile(r"[\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]")
# Pictures written into the page, and what is made to keep a parser busy: no other tag is near this long.
_LONGEST_TAG = 100_000
_ENDLESS_TAG = re.compile(rf"<[^<>]{{{_LONGEST_TAG},}}>?")
_END = re.compile(r"</(?:html|body)\s*>", re.I)
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
    return Document(tuple(_Walk().read(root)), titles, published, remarks, standing_of(root))


def parse(text: str) -> etree._Element | None:
    """The page's tree; None for a page with nothing in it."""
    # Given as UTF-8 bytes: lxml refuses a str that declares an encoding, and the declaration is not believed.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # A page put together from whole documents ends more than once; lxml would drop what comes after the first end.
    clean = _END.sub("", _ODD.sub(lambda odd: "" if odd[0] == "\ufeff" else " ", text))
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
    return _SPACE.sub(" ", _BROKEN_SOURCE.sub("", text)).strip()


@dataclass
class _Walk:
    """One pass over the tree, collecting text until a block begins or ends."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)  # (text, within a link?)
    inside: list[int] = field(default_factory=list)
    level: int | None = None
    links: int = 0
    made: int = 0
    blocks: list[Block] = field(default_factory=list)

    def read(self, root: etree._Element) -> list[Block]:
        # Elements whose children are met. A page may nest them deeper than calls can.
        around: list[tuple[etree._Element | None, Iterator[etree._Element]]] = [(None, iter((root,)))]
        while around:
            holder, children = around[-1]
            for element in children:
                if self._is_passed_by(element):
                    self._text(element.tail)
                    continue
                self._start(element)
                if len(element):
                    around.append((element, iter(element)))
                    break
                self._end(element)
            else:
                around.pop()
                if holder is not None:
                    self._end(holder)
        self._flush()
        return self.blocks

    def _is_passed_by(self, element: etree._Element) -> bool:
        """Is nothing within it to be walked: because it is not seen, or because it is a table and read as one?"""
        if element.tag in UNSEEN or is_hidden(element):
            return True
        if element.tag != "table":
            return False
        rows = rows_of(element)
        if is_layout(element, rows):
            return False
        self._flush()
        grid = grid_of(rows, tuple(self.inside))
        self.blocks += [grid] if grid is not None else []
        return True

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self.level = _LEVELS.get(tag, self.level)
            if tag in _CONTAINERS:
                self.made += 1
                self.inside.append(self.made)
        elif tag == "a":
            self.links += 1
        self._text(element.text)

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
        if text:
            self.pieces.append((text, self.links > 0))

    def _flush(self) -> None:
        if not self.pieces:
            return
        text = one_line("".join(piece for piece, _ in self.pieces))
        linked = all(link for piece, link in self.pieces if piece.strip())
        self.pieces.clear()
        if text:
            self.blocks.append(Paragraph(text, inside=tuple(self.inside), level=self.level, linked=linked))
