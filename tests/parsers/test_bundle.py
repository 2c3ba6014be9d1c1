"""Archives and saved pages: the member that is a report is read, what else lies there is told."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile

import pytest

from parsers import Hint, read
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.bundle import MOST_FILES, read_bundle, shown_name
from parsers.formats.sniff import sniff_bytes
from tests.parsers.office import docx, ofd_report, paragraph, sheet_report, word_report, zipped
from tests.replica.figures import invented
from tests.replica.render_html import report_html
from tests.replica.story import Story

FIGURES = invented("bundle", people=40)
STORY = Story("青石县人民政府", "county", 2023, FIGURES, signed="2024-01-20")
PAGE = f"<html><body>{report_html(STORY)}</body></html>".encode()
NOTICE = docx(paragraph("关于停水的通知") + paragraph("明天停水，请储水。"))


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read(data, Hint("a.zip")).problems]


@pytest.mark.parametrize("member", [word_report(STORY), sheet_report(STORY), ofd_report(STORY), PAGE])
def test_the_member_that_is_a_report_is_read(member: bytes) -> None:
    report = read(zipped({"通知.docx": NOTICE, "附件/年报.bin": member}), Hint("a.zip"))
    assert (report.status, report.file, report.unit, len(report.requests)) == ("parsed", "a.zip", STORY.unit, 25)
    told = {problem.code: problem.message for problem in report.problems}
    assert "附件/年报.bin" in told["archive_member"]
    assert "通知.docx is not_a_report" in told["archive_other_member"]


def test_of_several_reports_the_one_that_reads_best() -> None:
    less = Story(**{**vars(STORY), "figures": FIGURES.without_row("proactive.licensing")})
    report = read(zipped({"1.docx": word_report(less), "2.docx": word_report(STORY)}), Hint("a.zip"))
    assert report.status == "parsed"
    others = [problem.message for problem in report.problems if problem.code == "archive_other_member"]
    assert len(others) == 1
    assert others[0].startswith("1.docx is a report too (partial, year 2023); another")


def test_an_archive_of_stored_word_files_is_no_word_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("年报.docx", word_report(STORY))
    assert sniff_bytes(out.getvalue()) == "zip"
    assert read(out.getvalue(), Hint("a.docx")).status == "parsed"


def test_an_archive_in_the_archive_is_opened_and_one_in_that_is_told() -> None:
    inner = zipped({"年报.docx": word_report(STORY)})
    assert read(zipped({"里.zip": inner}), Hint("a.zip")).status == "parsed"
    assert codes(zipped({"外.zip": zipped({"里.zip": inner})})) == ["nested_too_deep", "archive_empty"]


def test_names_of_old_archives_are_the_maker_s() -> None:
    assert shown_name("年报.docx".encode("gb18030").decode("cp437"), False) == "年报.docx"
    assert shown_name("年报.docx", True) == "年报.docx"
    assert shown_name("report.docx", False) == "report.docx"


def test_what_the_maker_s_machine_added_is_no_member() -> None:
    litter = {"__MACOSX/._a.docx": b"x", "Thumbs.db": b"x", "a/.DS_Store": b"x", "~$a.docx": b"x"}
    assert [name for name, _ in read_bundle(zipped({**litter, "a.txt": b"y"}), "x").files] == ["a.txt"]


def test_nothing_in_it() -> None:
    report = read(zipped({}), Hint("a.zip"))
    assert (report.status, codes(zipped({}))) == ("unreadable", ["archive_empty"])


def test_an_unreadable_member_weighs_more_than_a_notice() -> None:
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    report = read(zipped({"通知.docx": NOTICE, "年报.doc": word}), Hint("a.zip"))
    assert report.status == "unreadable"
    assert "needs_converter" in [problem.code for problem in report.problems]


def test_more_files_than_anybody_attaches() -> None:
    many = {f"{at}.txt": b"x" for at in range(MOST_FILES + 5)}
    assert codes(zipped(many)).count("too_many_members") == 1


def test_a_bomb_beside_a_report_costs_one_problem() -> None:
    report = read(zipped({"a.bin": bytes(90_000_000), "年报.docx": word_report(STORY)}), Hint("a.zip"))
    assert report.status == "parsed"
    assert [problem.code for problem in report.problems] == ["archive_member", "unpacked_too_large"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "archive_unreadable"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive_unreadable"),
        (b"{\\rtf1\\ansi 2023}", "needs_converter"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "needs_converter"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "sheet_damaged"),
    ],
)
def test_what_is_known_and_not_read_says_what_to_do(data: bytes, code: str) -> None:
    report = read(data, Hint("年报.pdf"))
    assert (report.status, [problem.code for problem in report.problems]) == ("unreadable", [code])
    assert "年报.pdf" in report.problems[0].message


@pytest.mark.parametrize("name", ["年报.pdf", "年报.doc", "年报.xls", "年报.docx"])
def test_a_page_under_another_name_is_a_page(name: str) -> None:
    report = read(PAGE, Hint(name))
    assert (report.status, len(report.requests)) == ("parsed", 25)


def saved(page: bytes, head: str = "MIME-Version: 1.0", charset: str = "gb2312") -> bytes:
    return (
        f'{head}\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'.encode()
        + base64.encodebytes(page)
        + b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )


@pytest.mark.parametrize("head", ["MIME-Version: 1.0", "From: <Saved by Blink>\r\nMIME-Version: 1.0"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "no-such-thing"])
def test_a_saved_page_whatever_charset_it_claims(head: str, charset: str) -> None:
    report = read(saved(PAGE, head, charset), Hint("年报.doc"))
    assert (report.status, len(report.requests)) == ("parsed", 25)


def test_a_saved_page_without_a_page() -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        open_document(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "a.mht")
    assert caught.value.code == "html_empty"


def test_a_letter_that_begins_like_a_mail_is_text() -> None:
    assert sniff_bytes("Date: 2024-01-20\n正文\n".encode()) is None


def test_a_packed_page_is_read() -> None:
    report = read(gzip.compress(PAGE), Hint("年报.html.gz"))
    assert report.status == "parsed"
    assert report.problems[0].message == "read from 年报.html in the archive"
    assert read(zipped({"a.gz": gzip.compress(word_report(STORY))}), Hint("a.zip")).status == "parsed"


@pytest.mark.parametrize("data", [b"\x1f\x8b\x08" + bytes(50), gzip.compress(PAGE)[:-400]])
def test_a_damaged_gzip_file_is_told(data: bytes) -> None:
    assert codes(data) == ["gzip_damaged", "archive_empty"]


def test_old_word_files_in_an_archive_go_to_the_converter() -> None:
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    asked: list[tuple[bytes, str]] = []

    def convert(data: bytes, kind: str) -> bytes:
        asked.append((data, kind))
        return word_report(STORY)

    report = read(zipped({"年报.doc": word, "年报.rtf": b"{\\rtf1}"}), Hint("a.zip", convert=convert))
    assert report.status == "parsed"
    assert asked == [(word, "doc"), (b"{\\rtf1}", "rtf")]
    assert "converted" in [problem.code for problem in report.problems]


def rar_block(kind: int, flags: int, body: bytes) -> bytes:
    return struct.pack("<HBHH", 0, kind, flags, 7 + len(body)) + body


def rar_4(*names: bytes) -> bytes:
    files = [
        rar_block(0x74, 0x8000, struct.pack("<LLBLLBBHL", 9, 9, 0, 0, 0, 29, 48, len(name), 0) + name) + bytes(9)
        for name in names
    ]
    return b"Rar!\x1a\x07\x00" + rar_block(0x73, 0, bytes(6)) + b"".join(files)


def rar_5(*names: str) -> bytes:
    out = b"Rar!\x1a\x07\x01\x00" + bytes(4) + b"\x03\x01\x00\x00"
    for name in names:
        printed = name.encode()
        header = b"\x02\x02\x09\x00\x09\x20\x00\x00" + bytes([len(printed)]) + printed
        out += bytes(4) + bytes([len(header)]) + header + bytes(9)
    return out


@pytest.mark.parametrize(
    "data",
    [rar_4("年报.doc".encode("gb18030"), "附件/表.xls".encode("gb18030")), rar_5("年报.doc", "附件/表.xls")],
)
def test_what_lies_in_a_rar_archive_is_told(data: bytes) -> None:
    (problem,) = read(data, Hint("a.rar")).problems
    assert problem.code == "archive_unreadable"
    assert "with 年报.doc, 附件/表.xls in it; only ZIP archives are opened" in problem.message
    for length in range(len(data)):
        assert read(data[:length], Hint("a.rar")).status in ("unreadable", "not_a_report")
