"""How a value of a table is printed: labels for codes, links for addresses and hashes, blanks that show.

Everything comes from documents that anyone may have written, so everything is escaped, and only http and
https addresses become links.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from nianbao_site.labels import Label, vocabulary
from nianbao_site.originals import is_original_address

URL_COLUMNS = ("url", "final_url", "parent_url", "home")
HASH_COLUMNS = ("original", "sha256")
# (table, column) → the pages that its keys lead to; None: the result of a question.
KEY_COLUMNS: dict[tuple[str | None, str], str] = {
    ("reports", "key"): "reports",
    ("units", "key"): "units",
    (None, "report"): "reports",
}
KEY = re.compile(r"[a-z0-9-]{1,200}")
SHA256 = re.compile(r"[0-9a-f]{64}")

NO_VALUE = Markup('<span class="no-value" title="此处无数值，不是零 · no value here, which is not zero">—</span>')
EMPTY = Markup('<span class="no-value" title="原文此处空白 · printed blank">（空白）</span>')


async def shown(datasette: Any, table: str | None, column: str, value: Any) -> Markup | None:
    """A value of a column as HTML; None where Datasette's own way (escaped text) will do."""
    if value is None:
        return NO_VALUE
    if value == "":
        return EMPTY
    if isinstance(value, dict):
        return _linked_row(column, value)
    if not isinstance(value, str):
        return None
    if column in URL_COLUMNS:
        return address(value)
    if column in HASH_COLUMNS and SHA256.fullmatch(value):
        return original_link(value)
    if key_link := _key_link(table, column, value):
        return key_link
    label = (await vocabulary(datasette)).get(column, {}).get(value)
    if label is not None:
        return labelled(label, value)
    # Datasette makes a link of any text that looks like an address; a document's text stays text.
    return Markup("{}").format(value) if value.strip().lower().startswith(("http:", "https:")) else None


def labelled(label: Label, code: str) -> Markup:
    """A code's name, Chinese first, with the code itself at hand."""
    return Markup('<span class="label" title="{code}">{zh} <small lang="en">{en}</small></span>').format(
        code=code, zh=label.zh, en=label.en
    )


def address(url: str) -> Markup:
    """A link for an http or https address, or for one of our originals; anything else stays text."""
    if is_original_address(url):
        return original_link(url.rpartition("/")[2])
    if not is_web_address(url):
        return Markup("{}").format(url)
    return Markup('<a href="{0}" rel="nofollow noopener" class="url">{0}</a>').format(url)


def is_web_address(url: str) -> bool:
    """Whether a browser would open this as a page of the web, and nothing else."""
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def original_link(sha256: str) -> Markup:
    """A link to an original, by the first digits of its hash."""
    return Markup('<a href="/originals/{0}" title="{0}"><code>{1}…</code></a>').format(sha256, sha256[:12])


def _key_link(table: str | None, column: str, value: str) -> Markup | None:
    """A public key leads to its page."""
    page = KEY_COLUMNS.get((table, column))
    if page is None or not KEY.fullmatch(value):
        return None
    return Markup('<a href="/{page}/{key}">{key}</a>').format(page=page, key=value)


def _linked_row(column: str, value: dict[str, Any]) -> Markup | None:
    """A foreign key, which Datasette gives as {value, label}; None for its own way of linking the row."""
    if value["value"] is None:
        return NO_VALUE
    if column in HASH_COLUMNS:
        return original_link(str(value["value"]))
    if column == "report_id" and not value["label"]:
        # A report without a title: Datasette would print the word None.
        return Markup('<a href="/archive/reports/{0}">#{0}</a>').format(value["value"])
    return None
