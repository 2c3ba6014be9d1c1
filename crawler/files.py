"""Which bodies are pages and which are kept as files, and what a link to a file looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from archive.media import MEDIA_TYPES
from crawler.harvest import Anchor, Page
from crawler.titles import report_title, veto, year_in
from crawler.urls import resolve

# What is kept as an attachment: documents, and archives that may hold one. No pictures.
KEPT = frozenset(
    MEDIA_TYPES[name]
    for name in (
        *("pdf", "docx", "doc", "rtf", "xlsx", "xls", "ofd", "odf", "ole", "locked", "mht"),
        *("zip", "rar", "7z", "gzip"),
    )
)
EXTENSION = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar)$", re.IGNORECASE)
EXTENSION_IN_LABEL = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar)\b", re.IGNORECASE)
DOWNLOAD = re.compile(r"/(?:downfile|download)\.(?:jsp|aspx?|do|action)|/module/download/", re.IGNORECASE)
ABOUT_ATTACHMENT = re.compile(
    r"附件|附表|下载|点击|查看|原文|全文|扫描件|年报|年度报告|工作报告|信息公开|PDF|Word|版", re.IGNORECASE
)
# A page whose script shows the file that a parameter names, as pdf.js does.
VIEWER = re.compile(r"\.html?$", re.IGNORECASE)
VIEWED = ("file", "url", "src", "pdf", "pdfurl", "fileurl", "path")
MAX_ATTACHMENTS = 10


def is_page(kind: str) -> bool:
    """Whether a body of this media type is read as a page."""
    return kind in ("text/html", "text/plain")


def is_kept_file(kind: str) -> bool:
    """Whether a body of this media type is kept as an attachment: documents and archives, no pictures."""
    return kind in KEPT


def file_links(page: Page, title: str) -> list[Anchor]:
    """The attachments of a report's page: files linked or embedded that are, or may be, the report itself.

    A link whose own label is vetoed, or names another year than the page, belongs to something else.
    """
    embedded = [Anchor(shown_by(frame), title) for frame in page.frames if looks_like_file(frame)]
    linked = [
        replace(anchor, url=shown_by(anchor.url))
        for anchor in page.anchors
        if _is_file(anchor) and _belongs(anchor.label, title)
    ]
    found = {anchor.url: anchor for anchor in reversed([*embedded, *linked])}
    return list(reversed(found.values()))[:MAX_ATTACHMENTS]


def looks_like_file(url: str) -> bool:
    """Whether an address names a document file, in its path or a parameter (downfile.jsp?filename=x.pdf)."""
    parts = urlsplit(url)
    names = [parts.path, *(pair.partition("=")[2] for pair in parts.query.split("&"))]
    return any(EXTENSION.search(unquote(name)) for name in names if name)


def shown_by(url: str) -> str:
    """The file that a viewer's page shows (viewer.html?file=/a/x.pdf); any other address is its own."""
    parts = urlsplit(url)
    if VIEWER.search(parts.path):
        for pair in parts.query.split("&"):
            name, _, value = pair.partition("=")
            if name.lower() in VIEWED and EXTENSION.search(urlsplit(unquote(value)).path):
                return resolve(url, unquote(value)) or url
    return url


def _is_file(anchor: Anchor) -> bool:
    if looks_like_file(anchor.url):
        return True
    return bool(DOWNLOAD.search(urlsplit(anchor.url).path)) or bool(EXTENSION_IN_LABEL.search(anchor.label))


def _belongs(label: str, title: str) -> bool:
    if report_title(label) is None and (veto(label) or not (not label or ABOUT_ATTACHMENT.search(label))):
        return EXTENSION_IN_LABEL.search(label) is not None and veto(label) is None
    own, named = year_in(title), year_in(label)
    return own is None or named is None or own == named
