"""The links of a page and what stands around them; what stands in a comment is not followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from crawler.titles import normalise, resembles_report
from crawler.urls import resolve, without_session

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
SCRIPT_ARGUMENT = re.compile(r"['\"]([^'\"]*)['\"]")
OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.replace\(|window\.open\(|location\.assign\()\s*['\"]([^'\"]+)['\"]"
)
# Word dresses every few letters, and says nothing by it: a page without is a third as long.
DRESSED = re.compile(r'<span style="[^">]*+">([^<]*+)</span>')
# A link, whose label may stand in rows, or a row; of a row that holds words and nothing else the end is there too.
LINK_OR_ROW = re.compile(
    r"<[aA]\b(?:[^<]++|<(?!/[aA]\b))*+"
    r"|<tr\b[^>]*+>?(?:[^<]*+<(?:td\b[^>]*+>[^<]*+</td>"
    r"|/?(?:td|th|p|span|font|b|strong|i|em|u|br|o:p|div|sup|sub)\b[^>]*+>))*+[^<]*+(</tr>)?"
)
CRUMBS = re.compile(r"crumb|position|location|dqwz|wzdh|path", re.IGNORECASE)
STRING = etree.XPath("string()", smart_strings=False)
# What a drop-down list's choice holds where it leads somewhere.
ADDRESS = re.compile(r"^(?:https?:/)?/|^\.{0,2}/|\.(?:s?html?|jspx?|aspx?|php)(?:\?|$)")
SEE = re.compile(
    r"^[\[【(]?请?(?:点击|点此|点击此处|在线)?(?:查看|下载|浏览|阅读|打开|预览|详情|详细|全文|pdf|word|docx?|wps|ofd)"
    r"(?:详情|全文|原文|下载|内容|附件|文件|版|格式|pdf|word)*[\])】>]*$",
    re.IGNORECASE,
)
# Report columns as scripts name them (portals.md, section 2.2).
SLUG = re.compile(r"(?:(?:zf|bm)?(?:xx)?gk(?:gz)?(?:nbz?|ndbg)|bmnb|ndbg)(?:_\d+)?")
NEIGHBOURHOOD = 5
LONGEST_ROW = 120
# Shorter labels are whole.
CUT_FROM = 12
BOXES = 3
LINKS_IN_ROW = 12
LONGEST_CRUMBS = 100


@dataclass(frozen=True)
class Anchor:
    """A link: where it leads, the text it shows, the script it calls, and the labels beside it."""

    url: str
    label: str
    script: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page's links in order, its title, its frames."""

    anchors: tuple[Anchor, ...]
    title: str
    frames: tuple[str, ...] = ()
    _tree: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def heading(self) -> str:
        """The words that say where the page stands; looked for only where links are judged by them."""
        return "" if self._tree is None else _heading(self._tree)


# A page's family and the crawl both look at its links: the last pages' are kept.
@lru_cache(maxsize=4)
def harvest(html: str, url: str, report: bool = False) -> Page:
    """The links of a page. A page that cannot be read as HTML has none.

    `report`: it was linked as one. Most of a report is rows of figures, to which no link or title belongs: a tree made
    without them costs half as much. Its heading may miss words.
    """
    tree = parse(html, report)
    if tree is None:
        return Page((), "")
    base = _base(tree, url)
    found = [link for element in tree.iter("a", "area", "option") if (link := _link(element, base)) is not None]
    labels = [label for _, label, _ in found]
    anchors = tuple(
        Anchor(target, label, script, _beside(labels, place)) for place, (target, label, script) in enumerate(found)
    )
    frames = [
        resolve(base, element.get("src") or element.get("data") or "")
        for element in tree.iter("iframe", "frame", "embed", "object")
        if element.get("src") or element.get("data")
    ]
    return Page(anchors, _title(tree), tuple(frame for frame in frames if frame), tree)


def named_by(page: Page, title: str) -> Page:
    """A page that announces what it leads to: where a link says no more than 查看全文, the page says what it is."""
    anchors = (replace(anchor, label=title) if SEE.match(anchor.label) else anchor for anchor in page.anchors)
    return replace(page, anchors=tuple(anchors))


def parse(html: str, report: bool = False) -> Any:
    """The page's tree, what stands in comments left out, and a report's rows of words; None where there is none."""
    seen = undressed(html)
    seen = COMMENT.sub("", seen) if "<!--" in seen else seen
    seen = LINK_OR_ROW.sub(_unless_words, seen) if report else seen
    try:
        return etree.fromstring(
            DECLARATION.sub("", seen).replace("\x00", ""), etree.HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.XMLSyntaxError, ValueError):
        return None


@lru_cache(maxsize=4)  # a page is read for its links and for its words
def undressed(html: str) -> str:
    """A page without the tags that give letters their font and nothing else."""
    return "".join(DRESSED.split(html)) if '<span style="' in html else html


def _unless_words(found: re.Match[str]) -> str:
    return "" if found[1] else found[0]


def text_of(element: Any) -> str:
    """The text of an element, white space, &nbsp; and <br> gone."""
    return normalise("".join(element.itertext()) if len(element) else element.text or "")


def _base(tree: Any, url: str) -> str:
    for element in tree.iter("base"):
        if element.get("href"):
            return resolve(url, element.get("href")) or url
    return url


def _link(element: Any, base: str) -> tuple[str, str, str] | None:
    """Where a link leads, what it says, and the script it calls. A drop-down list's choice may hold an address."""
    if element.tag == "option":
        value = str(element.get("value") or "").strip()
        target = resolve(base, value) if ADDRESS.search(value) else None
        return None if target is None else (without_session(target), text_of(element), "")
    href, script = str(element.get("href") or "").strip(), str(element.get("onclick") or "")
    if href.lower().startswith("javascript:"):
        script, href = f"{href[11:]};{script}", ""
    if href in ("", "#"):
        href = _target_of(script)
    target = resolve(base, href) if href else None
    if target is None:
        return None
    return without_session(target), _label(element), script


def _target_of(script: str) -> str:
    """Where a script leads: the address it opens, else a slug among its arguments, as a folder beside."""
    if opened := OPENS.search(script):
        return opened.group(1)
    for argument in SCRIPT_ARGUMENT.findall(script):
        if "/" in argument or re.search(r"\.(?:s?html?|jsp|aspx?|php)(?:\?|$)", argument):
            return str(argument)
        if SLUG.fullmatch(argument):
            return f"{argument}/"
    return ""


def _label(element: Any) -> str:
    """What the link says: its text, its title where that text was cut, else title or the picture's alt.

    Of one that says 查看 or 下载, or shows a picture that says nothing, its row says what there is to see.
    """
    text = text_of(element)
    if SEE.match(text) and not element.get("title"):
        return _row(element) or text
    if text and not text.endswith("..") and len(text) < CUT_FROM:
        return text
    title = normalise(element.get("title") or "")
    if text and not text.endswith(".."):
        # A list may cut what it shows without a word.
        return title if title.startswith(text) else text
    title = title or next((normalise(inner.get("title")) for inner in element.iter() if inner.get("title")), "")
    if text and len(title) < len(text) - 3:
        return text
    if title:
        return title
    return next(
        (normalise(image.get("alt")) for image in element.iter("img") if image.get("alt")), text or _row(element)
    )


def _row(element: Any) -> str:
    """The longest text of the row or line that an element stands in, links left out; empty without one.

    Where that is a link's alone, of the term that it describes, or of the box that speaks of a report and links nothing
    else.
    """
    row = next(
        (above for above in element.iterancestors("tr", "li", "dd") if above.tag != "tr" or len(above) > 1), None
    )
    if row is None:
        boxes = [box for box in islice(element.iterancestors(), BOXES) if box.tag in ("div", "p", "section")]
        boxes = [box for box in boxes if _links_in(box) == 1 and resembles_report(text_of(box))]
        row = boxes[-1] if boxes else None
    elif row.tag == "dd" and text_of(row) == text_of(element):
        row = row.getprevious()
    if row is None or _links_in(row) > LINKS_IN_ROW:
        return ""
    cells = [text_of(cell) for cell in row.iter("td", "th") if element not in cell.iter("a")] or [text_of(row)]
    longest = max(cells, key=len)
    return longest if len(longest) <= LONGEST_ROW else ""


def _links_in(element: Any) -> int:
    """How many links an element holds, counted no further than what a row may have."""
    return sum(1 for _ in islice(element.iter("a"), LINKS_IN_ROW + 1))


def _beside(labels: list[str], place: int) -> tuple[str, ...]:
    return tuple(labels[max(0, place - NEIGHBOURHOOD) : place] + labels[place + 1 : place + 1 + NEIGHBOURHOOD])


def _title(tree: Any) -> str:
    for element in tree.iter("h1"):
        if text := text_of(element):
            return text
    for element in tree.iter("meta"):
        if str(element.get("name")).lower() == "articletitle" and element.get("content"):
            return normalise(element.get("content"))
    return next((text_of(element) for element in tree.iter("title")), "")


@lru_cache(maxsize=4096)
def _names_crumbs(name: str | None, identifier: str | None) -> bool:
    return CRUMBS.search(f"{name or ''} {identifier or ''}") is not None


def _heading(tree: Any) -> str:
    parts = [text_of(element) for element in tree.iter("title", "h1")]
    parts += [
        normalise(element.get("content") or "")
        for element in tree.iter("meta")
        if str(element.get("name")).lower() in ("columnname", "columntype")
    ]
    parts += [
        text
        for element in tree.iter("div", "span", "p", "ul", "td")
        if _names_crumbs(element.get("class"), element.get("id")) and len(text := text_of(element)) < LONGEST_CRUMBS
    ]
    return " ".join(part for part in parts if part)
