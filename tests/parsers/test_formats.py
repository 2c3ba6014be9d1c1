"""What kind of file it is, its encoding, and text: by what stands in the bytes, never by a name."""

from __future__ import annotations

import pytest

from parsers.document import Grid, Paragraph
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.encoding import decode
from parsers.formats.sniff import sniff_bytes, sniff_text
from parsers.formats.text import read_text

SENTENCE = "青石县人民政府公开的信息。"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "ole"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"PK\x03\x04....xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04....OFD.xml", "ofd"),
        (b"PK\x03\x04....readme", "zip"),
        (b"{\\rtf1 ", "rtf"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"MIME-Version: 1.0\n", "mht"),
        (b"abc\x00def", "binary"),
        (b"BM is how this text begins", None),
        (SENTENCE.encode(), None),
    ],
)
def test_types_by_magic_bytes(data: bytes, kind: str | None) -> None:
    assert sniff_bytes(data) == kind


@pytest.mark.parametrize(
    ("text", "file", "kind"),
    [
        ("<!DOCTYPE html><html>", "report.pdf", "html"),
        ("<p>one</p>", "x", "html"),
        ("a < b <p", "notes.txt", "text"),
        (SENTENCE, "report.html", "text"),
        (f"{SENTENCE}<br>{SENTENCE}", "report.shtml", "html"),
        (f"{SENTENCE}<br>{SENTENCE}", "report.txt", "text"),
        ("\x01\x02\x03\x04", "x", "binary"),
    ],
)
def test_text_and_html(text: str, file: str, kind: str) -> None:
    assert sniff_text(text, file) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == (SENTENCE, True)


def test_a_page_of_utf8_cut_in_a_character_stays_utf8() -> None:
    text, good = decode((SENTENCE * 200).encode()[:-1])
    assert not good
    assert text.startswith(SENTENCE)


def test_utf8_with_many_bad_bytes_is_not_taken_for_gb18030() -> None:
    data = bytearray((SENTENCE * 20).encode())
    data[50::60] = b"\xff" * len(data[50::60])
    text, good = decode(bytes(data))
    assert not good
    assert text.startswith("青石县")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t", "empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_damaged"),
        (b"PK\x03\x04word/", "zip_damaged"),
        (b"{\\rtf1 ", "needs_converter"),
        (b"Rar!\x1a\x07\x01\x00", "archive_unreadable"),
        (b"7z\xbc\xaf\x27\x1c", "archive_unreadable"),
        (b"\xff\xd8\xff\xe0", "picture_damaged"),
        (b"%PDF-1.4 and nothing more", "pdf_damaged"),
    ],
)
def test_what_nobody_reads_is_named(data: bytes, code: str) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        open_document(data, "report.bin")
    assert caught.value.code == code
    assert "report.bin" in caught.value.message


def texts(text: str) -> list[tuple[str, bool]]:
    return [(block.text, block.fresh) for block in read_text(text).blocks if isinstance(block, Paragraph)]


def test_wrapped_lines_go_on_and_short_ones_end() -> None:
    full = "这一行写得满满当当一直到右边为止没有句号在它的末"
    lines = [full, full, "尾。", "（一）新的一段从这里", "短行", "2024年1月9日"]
    marks = [fresh for _, fresh in texts("\n\n".join(lines))]
    assert marks == [True, False, False, True, True, True]


def test_page_numbers_and_link_traces_are_dropped() -> None:
    assert [text for text, _ in texts("前\n- 3 -\nmailto:a@b.cn\n— 12 —\n后\n7\n")] == ["前", "后", "7"]


def test_markdown_marks_are_dropped() -> None:
    (heading,) = [block for block in read_text("## **一、总体情况**").blocks if isinstance(block, Paragraph)]
    assert (heading.text, heading.level) == ("一、总体情况", 2)
    assert texts("见 (<https://www.example.gov.cn/>)") == [("见 (https://www.example.gov.cn/)", True)]


def test_lines_with_tabs_or_bars_are_rows_of_one_grid() -> None:
    document = read_text("a\tb\t\n\n1\t2\t\n句子。\n| x | y |\n|---|---|\n| 1 | |\n")
    first, second = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in first.rows] == [["a", "b", ""], ["1", "2", ""]]
    assert [[cell.text for cell in row] for row in second.rows] == [["x", "y"], ["1", ""]]
    assert not first.fixed


def test_a_tab_that_only_indents_makes_no_table() -> None:
    assert texts("\t\t缩进的一段。") == [("缩进的一段。", True)]
