"""Paging that any portal may use: rel=next, 下一页, numbered pages, 共N页. For families nobody has met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.family import MAX_PAGES, Family, Listing, Request
from crawler.harvest import Anchor, harvest
from crawler.titles import normalise

NEXT = re.compile(r"^(?:下一?页|后一页|下页|next(?:page)?|[>›»]{1,2})(?:[>›»]*)$", re.IGNORECASE)
LAST = re.compile(r"^(?:尾页|末页|最后一?页|last)$", re.IGNORECASE)
BACK = re.compile(r"^[<‹«]{0,2}(?:首页|第一页|上一?页|前一?页|prev(?:ious)?|first)$|^[<‹«]{1,2}$", re.IGNORECASE)
NUMBER = re.compile(r"^[\[第(]?(\d{1,3})页?[\])]?$")
TOTAL = re.compile(r"共(\d{1,3})页|\d{1,3}/(\d{1,3})页|页次[:：]\d{1,3}/(\d{1,3})")
PAGED = re.compile(r"(?<=\w)[-_]\d{1,4}(?=\.\w+$)")
LINK = re.compile(r"<(?:a|link)\b[^>]*(?:>|\Z)", re.IGNORECASE)
REL_NEXT = re.compile(r"\brel\s*=\s*['\"]?next\b", re.IGNORECASE)
HREF = re.compile(r"href\s*=\s*['\"]?([^'\" >]+)", re.IGNORECASE)


def recognises(url: str, text: str) -> bool:
    """Every page may be paged this way: the last family to be asked."""
    return True


def read(url: str, text: str) -> Listing:
    """The further pages of a list, in order: those linked, and those that a stated total implies."""
    return Listing("generic", tuple(Request(page) for page in _further(url, text)))


def _further(url: str, html: str) -> list[str]:
    page = harvest(html, url)
    linked = [anchor for anchor in page.anchors if _pages(anchor) and _leads_on(url, anchor)]
    rel = [anchor.url for anchor in _rel_next(url, html) if _same_list(url, anchor.url)]
    found = list(dict.fromkeys([*rel, *(anchor.url for anchor in linked), *_implied(url, html, linked)]))
    return sorted((target for target in found if target != url), key=_number_in)[:MAX_PAGES]


def is_pager(anchor: Anchor) -> bool:
    """Whether a link pages the list, forwards or back, and is no entry of it."""
    return _pages(anchor) or bool(BACK.match(anchor.label))


def _pages(anchor: Anchor) -> bool:
    return bool(NEXT.match(anchor.label) or LAST.match(anchor.label) or NUMBER.match(anchor.label))


def _leads_on(url: str, anchor: Anchor) -> bool:
    """Whether a pager's link stays in the list. One that says 下一页 may call its number anything."""
    if _same_list(url, anchor.url):
        return True
    return not NUMBER.match(anchor.label) and _differs_in_one_number(url, anchor.url)


def _differs_in_one_number(url: str, target: str) -> bool:
    here, there = urlsplit(url), urlsplit(target)
    if (here.netloc, here.path) != (there.netloc, there.path):
        return False
    before, after = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
    changed = [value for name, value in after.items() if before.get(name) != value]
    return len(changed) == 1 and bool(re.fullmatch(r"[0-9]{1,4}", changed[0])) and before.keys() <= after.keys()


def _rel_next(url: str, html: str) -> Iterator[Anchor]:
    for tag in filter(REL_NEXT.search, LINK.findall(html)):
        if href := HREF.search(tag):
            yield from harvest(f'<a href="{href.group(1)}">next</a>', url).anchors


def _same_list(url: str, target: str) -> bool:
    """A page of the same list differs from it only in a number: of its file's name, or of one parameter."""
    here, there = urlsplit(url), urlsplit(target)
    if here.netloc != there.netloc:
        return False
    if _skeleton(here.path, here.query) == _skeleton(there.path, there.query):
        return True
    # /channels/62030_2.html behind /channels/62030.html.
    return here.query == there.query and PAGED.sub("", here.path) == PAGED.sub("", there.path)


def _skeleton(path: str, query: str) -> tuple[str, frozenset[tuple[str, str]]]:
    folder, _, name = path.rpartition("/")
    stem = re.sub(r"[-_]?\d+(?=\.\w+$|$)", "", name)
    stem = re.sub(r"^(?:index|list|default)?(?:\.\w+)?$", "", stem)
    pairs = parse_qsl(query, keep_blank_values=True)
    return f"{folder}/{stem}", frozenset(pair for pair in pairs if not _pages_by(pair[0]))


def _pages_by(name: str) -> bool:
    return name.lower() in {
        "page",
        "p",
        "pn",
        "pageindex",
        "pageno",
        "pagenum",
        "page_no",
        "curpage",
        "cur_page",
        "currpage",
        "currentpage",
    }


def _implied(url: str, html: str, linked: list[Anchor]) -> Iterator[str]:
    """Pages that 共N页 promises, written like the linked page whose number is known."""
    total = TOTAL.search(normalise(html))
    numbered = [(int(match.group(1)), anchor.url) for anchor in linked if (match := NUMBER.match(anchor.label))]
    if total is None or not numbered:
        return
    count = min(int(next(group for group in total.groups() if group)), MAX_PAGES)
    number, example = max(numbered)
    last = list(re.finditer(rf"(?<!\d){number}(?!\d)", example))
    if number < 2 or not last:
        return
    start, end = last[-1].span()
    for page in range(2, count + 1):
        yield f"{example[:start]}{page}{example[end:]}"


def _number_in(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    numbers = [
        int(value) for name, value in parse_qsl(parts.query) if _pages_by(name) and re.fullmatch(r"[0-9]{1,9}", value)
    ]
    name = re.search(r"(\d{1,4})(?=\.\w+$|/?$)", parts.path)
    return (numbers[0] if numbers else int(name.group(1)) if name else 0, url)


FAMILY = Family("generic", 1000, recognises, read)
