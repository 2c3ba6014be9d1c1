"""What a CMS family tells of a page: the shapes that crawler/listings/ fills, and the tools its files share."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.harvest import Anchor
from crawler.urls import host_of, resolve

# More than a crawl reads (crawler/budgets.py), so that its budget sees, and tells, what it cuts off.
MAX_PAGES = 200
NUMBER = re.compile(r"[0-9]{1,6}")
JSONP = re.compile(r"^[\w.$]{0,60}\s*\(\s*(?=[\[{])")


@dataclass(frozen=True)
class Form:
    """What a POST sends."""

    body: bytes
    media: str = "application/x-www-form-urlencoded; charset=UTF-8"

    @property
    def text(self) -> str:
        """The body as the ledger shows it."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Request:
    """An address to ask for, by GET, or by POST when there is a form.

    `names_page`: the server wants to know from which page it is asked (Referer), which is told truly.
    """

    url: str
    form: Form | None = None
    names_page: bool = False


@dataclass(frozen=True)
class Listing:
    """What a family reads out of a page.

    `pages` are the further pages of this list, in order; `otherwise` is what to ask when the first of them is not
    there. `rows` are links that stand in data, where no anchor of the page shows them: they are judged as anchors
    are. `levels` are years or units of this column that the family vouches for, whatever their address looks like;
    `idle` are addresses on the page that mean nothing beside them. `script` is a file without which the page cannot
    be understood: it is fetched once and the page read again with its text behind. `is_data` says that the body is
    an interface's answer: there are no anchors in it but `rows`. `is_last` says that nothing comes behind this page,
    whatever was asked for already.
    """

    family: str
    pages: tuple[Request, ...] = ()
    otherwise: Request | None = None
    rows: tuple[Anchor, ...] = ()
    levels: tuple[Anchor, ...] = ()
    idle: frozenset[str] = frozenset()
    script: str | None = None
    is_data: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class Family:
    """A family: its name, its place in the order of sniffing (lower first), and its two functions of a page.

    `recognises(url, text)` says whether the page is the family's; `read(url, text)` is then its listing.
    """

    name: str
    rank: int
    recognises: Callable[[str, str], bool]
    read: Callable[[str, str], Listing]


def same_host(url: str, pages: list[str | None]) -> tuple[Request, ...]:
    """Those of the resolved addresses that stay on the page's own host, each once, as requests."""
    kept = [page for page in pages if page is not None and host_of(page) == host_of(url) and page != url]
    return tuple(Request(page) for page in dict.fromkeys(kept))


def data_of(text: str) -> Any:
    """The JSON or JSONP of an answer; None when it is none."""
    bare = text.lstrip("\ufeff \t\r\n")
    if call := JSONP.match(bare):
        bare = bare[call.end() :].rstrip(" \t\r\n;").removesuffix(")")
    if not bare.startswith(("{", "[")):
        return None
    try:
        return json.loads(bare)
    except (ValueError, RecursionError):
        return None


def first_value(text: str) -> Any:
    """The JSON value that a text begins with, whatever comes behind; None when it begins with none."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def nodes(data: Any, depth: int = 12) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, those above before those below."""
    if isinstance(data, dict):
        yield data
    if depth and isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from nodes(value, depth - 1)


def anchor_of(url: str, node: dict[str, Any], addresses: tuple[str, ...], labels: tuple[str, ...]) -> Anchor | None:
    """The link that a JSON object stands for, by the first of the names that holds a text."""
    href = next((node[name] for name in addresses if isinstance(node.get(name), str) and node[name].strip()), None)
    label = next((node[name] for name in labels if isinstance(node.get(name), str) and node[name].strip()), None)
    target = resolve(url, href) if href is not None else None
    if target is None or label is None or target.endswith("/null.shtml"):
        return None
    return Anchor(target, re.sub(r"<[^>]{0,200}>|\s+", "", label))


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address; of a repeated one the last."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_query(url: str, **changes: str | int) -> str:
    """The address with some parameters set, the others as they were and in their order."""
    parts = urlsplit(url)
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True)) | {name: str(value) for name, value in changes.items()}
    return urlunsplit(parts._replace(query=urlencode(pairs)))


def number(text: object, default: int = 0) -> int:
    """A count as a page writes it, as number or in quotes; the default for anything else."""
    found = NUMBER.fullmatch(str(text).strip())
    return int(found.group()) if found else default
