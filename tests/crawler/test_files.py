"""Files: what they are, and which ones belong to a report's page."""

from __future__ import annotations

import pytest

from archive.media import media_type
from crawler.files import file_links, is_kept_file, is_page, looks_like_file
from crawler.harvest import harvest

URL = "http://www.lihu.gov.cn/gk/nb/2024.html"
TITLE = "里湖区2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("data", "kind", "kept"),
    [
        (b"%PDF-1.4", "application/pdf", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", True),
        (
            b"PK\x03\x04....word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            True,
        ),
        (b"{\\rtf1", "application/rtf", True),
        (b"\xff\xd8\xff\xe0", "image/jpeg", False),
        (b"\x00\x01\x02\x03", "application/octet-stream", False),
        (b"<html><body><p>x</p></body></html>", "text/html", False),
        ("<html><body>里湖".encode("gb18030"), "text/html", False),
        ("只是文字".encode(), "text/plain", False),
        (b"", "text/plain", False),
    ],
)
def test_bodies_are_known_by_their_bytes(data: bytes, kind: str, kept: bool) -> None:
    assert media_type(data) == kind
    assert is_kept_file(kind) == kept
    assert is_page(kind) == kind.startswith("text/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a/P0202401.pdf", True),
        ("/a/x.DOCX", True),
        ("/module/download/downfile.jsp?classid=0&filename=0a1b.pdf", True),
        ("/a/%E9%99%84%E4%BB%B6.xls", True),
        ("/a/x.html", False),
        ("/a/x.pdf.html", False),
        ("/a/app.apk", False),
    ],
)
def test_addresses_of_files(url: str, expected: bool) -> None:
    assert looks_like_file(f"http://www.lihu.gov.cn{url}") == expected


@pytest.mark.parametrize(
    ("trait", "html", "found"),
    [
        ("attachment", '<a href="P1.pdf">附件：年度报告.pdf</a>', ["P1.pdf"]),
        ("download", '<a href="P1.docx">点击下载</a>', ["P1.docx"]),
        ("type only in the label", '<a href="/get?id=7">里湖区2024年政府信息公开年报.doc</a>', ["/get?id=7"]),
        (
            "download script",
            '<a href="/module/download/downfile.jsp?f=7">附件1</a>',
            ["/module/download/downfile.jsp?f=7"],
        ),
        ("embedded", '<iframe src="/pdf/P1.pdf"></iframe>', ["/pdf/P1.pdf"]),
        (
            "shown by a script",
            '<iframe src="/pdfjs/web/viewer.html?file=%2Fpdf%2FP1.pdf#page=1"></iframe>',
            ["/pdf/P1.pdf"],
        ),
        ("shown by a script beside it", '<object data="v/viewer.html?v=2&file=../../nb/P1.pdf"></object>', ["P1.pdf"]),
        ("a link to a viewer", '<a href="/viewer.html?file=/pdf/P1.pdf">查看全文</a>', ["/pdf/P1.pdf"]),
        ("in a viewer and linked", '<embed src="/v.html?url=/gk/nb/P1.pdf"><a href="P1.pdf">下载</a>', ["P1.pdf"]),
        ("twice", '<embed src="P1.pdf"><a href="P1.pdf">下载</a>', ["P1.pdf"]),
        ("another year's", '<a href="P1.pdf">2023年政府信息公开年报.pdf</a>', []),
        ("accounts beside it", '<a href="P2.pdf">2024年部门决算.pdf</a>', []),
        ("guide beside it", '<a href="P2.pdf">政府信息公开指南.pdf</a>', []),
        ("a link that says nothing of it", '<a href="P2.pdf">友情链接</a>', []),
        ("a page", '<a href="1.html">附件</a>', []),
        ("a picture", '<a href="1.jpg">附件</a>', []),
    ],
)
def test_which_files_belong_to_a_report(trait: str, html: str, found: list[str]) -> None:
    base = "http://www.lihu.gov.cn"
    expected = [
        url if url.startswith("http") else f"{base}{url if url[0] == '/' else '/gk/nb/' + url}" for url in found
    ]
    assert [anchor.url for anchor in file_links(harvest(html, URL), TITLE)] == expected, trait
