"""Every hostile input: how it is made, and the status and reason it deserves."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.hostile import oldfiles, pages, pdfs, pictures
from tests.parsers.office import docx, ofd_report, paragraph, sheet_report, unzipped, word_report, zipped
from tests.parsers.oldsheets import old_sheet_report
from tests.parsers.oldword import old_word_report, rtf_report
from tests.parsers.pdfs import Sheet
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

STORY = Story("青石县人民政府", "county", 2023, invented("hostile"), signed="2024-01-20")
PAGE = page(STORY.unit, STORY.heading, report_html(STORY)).encode()
LAUGHS = "".join(f'<!ENTITY l{at + 1} "' + f"&l{at};" * 10 + '">' for at in range(9))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
BLANKS = 90_000_000


@dataclass(frozen=True)
class Case:
    """A made input, the name it comes under, and what it deserves: a status and one of these reasons."""

    make: Callable[[], bytes]
    status: str
    codes: frozenset[str]
    file: str


def case(make: Callable[[], bytes], status: str, codes: str, file: str = "report.pdf") -> Case:
    """`codes` are the reasons that will do, apart by blanks."""
    return Case(make, status, frozenset(codes.split()), file)


def unreadable(make: Callable[[], bytes], codes: str, file: str = "report.pdf") -> Case:
    """A file out of which nothing can be read."""
    return case(make, "unreadable", codes, file)


def no_report(make: Callable[[], bytes], file: str = "report.html") -> Case:
    """A document that is sound and no report."""
    return case(make, "not_a_report", "not_a_report", file)


def with_part(data: bytes, name: str, part: str | bytes) -> bytes:
    """A package with one member replaced."""
    return zipped({**unzipped(data), name: part})


def cut(data: bytes, share: float) -> bytes:
    """The beginning of a file."""
    return data[: int(share * len(data))]


def cut_report(make: Callable[[Story], bytes], share: float) -> bytes:
    """The beginning of a report's file."""
    return cut(make(STORY), share)


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    sheet = Sheet(locked_with="secret")
    sheet.write(60, 60, "不可见")
    return sheet.bytes()


def pdf_of_pages(count: int = 600) -> bytes:
    """A PDF of very many pages."""
    sheet = Sheet()
    for number in range(count):
        sheet.write(60, 60, f"第{number}页")
        sheet.next_page()
    return sheet.bytes()


def locked_package() -> bytes:
    """What Office makes of a DOCX locked by a password: an OLE file around it."""
    return oldfiles.ole(("EncryptionInfo", "EncryptedPackage"), [0xFFFFFFFD, 0xFFFFFFFE])


def locked_zip() -> bytes:
    """A ZIP whose member is marked as locked."""
    spoilt = bytearray(zipped({"a.docx": b"x" * 99}))
    spoilt[6] |= 1
    spoilt[spoilt.find(b"PK\x01\x02") + 8] |= 1
    return bytes(spoilt)


def nested_zips(depth: int = 5) -> bytes:
    """A report in archives in archives."""
    data = zipped({"a.html": PAGE})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


def archives_of_bombs() -> bytes:
    """An archive of archives, each of which unpacks to as much as one may."""
    inner = zipped({"a": bytes(40_000_000)})
    return zipped({f"{number}.zip": inner for number in range(50)})


def gzip_bomb(megabytes: int = 1_000) -> bytes:
    """A gigabyte of nothing."""
    return pdfs.repeated(zlib.compressobj(9, zlib.DEFLATED, 31), bytes(1_000_000), megabytes)


def mht(body: bytes) -> bytes:
    """A saved page."""
    head = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(body)


def surrogates() -> bytes:
    """A page with halves of characters, as bytes and as references."""
    return PAGE.replace("总体情况".encode(), b"\xed\xa0\x80\xed\xb0\x80&#xD800;&#xDFFF;", 1)


TRUNCATED: dict[str, Case] = {
    **{f"pdf-cut-at-{share}": unreadable(partial(cut_report, report_pdf, share), "pdf_damaged no_text")
       for share in (0.02, 0.5)},
    **{f"docx-cut-at-{share}": unreadable(partial(cut_report, word_report, share), "zip_damaged")
       for share in (0.1, 0.9)},
    "xlsx-cut": unreadable(lambda: cut(sheet_report(STORY), 0.5), "zip_damaged"),
    "ofd-cut": unreadable(lambda: cut(ofd_report(STORY), 0.5), "zip_damaged"),
    "xls-cut": unreadable(lambda: cut(old_sheet_report(STORY), 0.4), "sheet_damaged office_damaged"),
    "doc-cut": unreadable(lambda: cut(old_word_report(STORY), 0.3), "office_damaged conversion_failed"),
    "gzip-cut": unreadable(lambda: cut(gzip.compress(PAGE), 0.7), "gzip_damaged"),
    "html-cut-before-its-tables": case(lambda: cut(PAGE, 0.08), "tables_missing", "tables_missing"),
    "rtf-cut": unreadable(lambda: cut(rtf_report(STORY), 0.3), "conversion_failed", "a.doc"),
}  # fmt: skip
PDFS: dict[str, Case] = {
    "pdf-nested-forms": unreadable(pdfs.nested_forms, "reader_died too_many_objects"),
    "pdf-form-in-itself": unreadable(pdfs.form_in_itself, "reader_died too_many_objects no_text pdf_damaged"),
    "pdf-flate-bomb": unreadable(pdfs.flate_bomb, "reader_died too_much_memory"),
    "pdf-many-characters": unreadable(pdfs.many_characters, "too_many_objects"),
    "pdf-pages-in-a-circle": unreadable(pdfs.pages_in_a_circle, "no_text pdf_damaged"),
    "pdf-count-that-lies": unreadable(pdfs.count_that_lies, "no_text pdf_damaged too_many_pages"),
    "pdf-deep-page-tree": unreadable(pdfs.deep_page_tree, "pdf_damaged no_text"),
    "pdf-xref-in-a-circle": unreadable(pdfs.xref_in_a_circle, "pdf_damaged no_text"),
    "pdf-length-in-a-circle": unreadable(pdfs.length_in_a_circle, "pdf_damaged no_text"),
    "pdf-deep-arrays": unreadable(pdfs.deep_arrays, "no_text pdf_damaged"),
    "pdf-endless-rules": unreadable(pdfs.endless_dashes, "too_many_objects"),
    "pdf-huge-page": case(pdfs.huge_page, "unreadable", "pdf_damaged no_text too_large"),
    "pdf-huge-picture": unreadable(lambda: pdfs.picture(100_000, 100_000), "no_text too_large pdf_damaged"),
    "pdf-of-600-pages": unreadable(pdf_of_pages, "too_many_pages"),
    "pdf-locked": unreadable(locked_pdf, "pdf_locked"),
    "pdf-header-only": unreadable(lambda: b"%PDF-1.7\n%%EOF", "pdf_damaged"),
}
PACKAGES: dict[str, Case] = {
    "docx-entities": unreadable(
        lambda: zipped({"word/document.xml": f"{DOCTYPE}<w:document xmlns:w='w'>&l9;</w:document>"}), "xml_entities"
    ),
    "docx-bomb": unreadable(lambda: zipped({"word/document.xml": " " * BLANKS}), "unpacked_too_large"),
    "docx-nested-tables": unreadable(
        lambda: docx("<w:tbl><w:tr><w:tc>" * 5000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5000),
        "xml_damaged nested_too_deep",
    ),
    "docx-of-30000-paragraphs": no_report(
        lambda: docx("".join(paragraph(f"第{number}段里的几个字", split=False) for number in range(30_000))), "a.docx"
    ),
    "xlsx-entities": unreadable(
        lambda: with_part(sheet_report(STORY), "xl/workbook.xml", f"{DOCTYPE}<workbook>&l9;</workbook>"),
        "xml_entities",
    ),
    "xlsx-bomb": unreadable(
        lambda: with_part(sheet_report(STORY), "xl/worksheets/sheet1.xml", " " * BLANKS), "unpacked_too_large"
    ),
    "ofd-entities": unreadable(
        lambda: with_part(ofd_report(STORY), "OFD.xml", f"{DOCTYPE}<OFD>&l9;</OFD>"), "xml_entities"
    ),
    "ofd-bomb": unreadable(
        lambda: with_part(ofd_report(STORY), "Doc_0/Document.xml", " " * BLANKS), "unpacked_too_large"
    ),
    "docx-locked": unreadable(locked_package, "file_locked", "a.docx"),
    "zip-locked": unreadable(locked_zip, "file_locked", "a.zip"),
    "zip-bomb": unreadable(lambda: zipped({"a": bytes(BLANKS)}), "unpacked_too_large", "a.zip"),
    "zip-of-bombs": unreadable(archives_of_bombs, "unpacked_too_large", "a.zip"),
    "zips-in-zips": unreadable(nested_zips, "nested_too_deep", "a.zip"),
    "zip-of-many": unreadable(
        lambda: zipped({str(number): b"" for number in range(3000)}), "too_many_members", "a.zip"
    ),
    "gzip-bomb": unreadable(gzip_bomb, "unpacked_too_large", "a.gz"),
    "rar": unreadable(lambda: b"Rar!\x1a\x07\x01\x00" + b"\xff" * 500, "archive_unreadable", "a.rar"),
    "7z": unreadable(lambda: b"7z\xbc\xaf\x27\x1c" + b"\xff" * 500, "archive_unreadable", "a.7z"),
    "mht-of-many": unreadable(lambda: b"MIME-Version: 1.0\n\n" + b"--b\n" * 9000, "too_many_members", "a.mht"),
    "mht-with-a-challenge": no_report(lambda: mht(pages.CHALLENGES["captcha"]), "a.mht"),
}
OLD_FILES: dict[str, Case] = {
    **{f"ole-in-a-circle-{name}": unreadable(
        partial(oldfiles.ole_in_a_circle, name),
        "conversion_failed sheet_damaged office_damaged reader_died")
       for name in ("WordDocument", "Workbook", "PowerPoint Document")},
    **{f"ole-table-in-a-circle-{name}": unreadable(
        partial(oldfiles.ole_table_in_a_circle, name),
        "conversion_failed sheet_damaged no_text too_much_memory reader_died")
       for name in ("WordDocument", "Workbook")},
    "doc-locked": unreadable(lambda: oldfiles.locked_word(old_word_report(STORY)), "file_locked", "a.doc"),
    "rtf-nested": unreadable(oldfiles.nested_rtf, "nested_too_deep", "a.doc"),
    "rtf-bomb": unreadable(oldfiles.rtf_bomb, "conversion_failed no_text", "a.doc"),
    "rtf-of-rows": no_report(oldfiles.rtf_of_tables, "a.doc"),
}  # fmt: skip
PICTURES: dict[str, Case] = {
    name: unreadable(make, "type_unknown picture_damaged too_large no_text", f"a.{name.split('-')[0]}")
    for name, make in {
        "png-header": lambda: pictures.png(60_000, 60_000),
        "png-bomb": pictures.png_bomb,
        "jpeg-huge": pictures.jpeg,
        "tiff-huge": pictures.tiff,
        "gif-huge": pictures.gif,
        "bmp-huge": pictures.bmp,
    }.items()
}
TEXTS: dict[str, Case] = {
    "empty": unreadable(lambda: b"", "empty_file"),
    "blank": unreadable(lambda: b" \r\n\t" * 99, "empty_file"),
    "nul-bytes": unreadable(lambda: bytes(100_000), "type_unknown"),
    "program": unreadable(lambda: b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 40, "type_unknown"),
    "utf-16-odd": no_report(lambda: b"\xff\xfe" + ("这里写着一句没有用处的话。" * 9).encode("utf-16-le") + b"\x41"),
    "utf-16-mark-only": unreadable(lambda: b"\xff\xfe", "empty_file"),
    "long-line": no_report(pages.one_long_line, "a.txt"),
    "page-of-30-megabytes": unreadable(pages.large_page, "too_large"),
    "text-of-30-megabytes": unreadable(lambda: pages.one_long_line(11_000_000), "too_large"),
    "nested-tables": no_report(pages.nested_tables),
    "nested-elements": no_report(pages.nested_elements),
    "wide-spans": no_report(pages.wide_spans),
    "long-table": no_report(pages.long_table),
    "page-of-30000-paragraphs": no_report(pages.many_paragraphs),
    "many-attributes": no_report(pages.many_attributes),
    "open-brackets": no_report(pages.open_brackets),
    "surrogates-in-a-report": case(surrogates, "parsed partial", "sections_incomplete"),
    "nuls-in-a-report": case(lambda: PAGE.replace(b"<td", b"\0<td"), "parsed partial unreadable", "type_unknown"),
}
LOOK_ALIKES: dict[str, Case] = {
    **{f"look-alike-{name}": no_report(partial(bytes, data)) for name, data in pages.LOOK_ALIKES.items()},
    **{f"challenge-{name}": no_report(partial(bytes, data), "report.pdf") for name, data in pages.CHALLENGES.items()},
}
CASES: Mapping[str, Case] = {**TRUNCATED, **PDFS, **PACKAGES, **OLD_FILES, **PICTURES, **TEXTS, **LOOK_ALIKES}
