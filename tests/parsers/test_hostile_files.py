"""Hostile office files: each costs one recorded problem, none raises, none is taken for a report."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from parsers import Hint, read
from parsers.formats.package import MOST_MEMBERS
from tests.parsers.office import (
    STRICT_W,
    W,
    cell,
    docx,
    ofd_report,
    paragraph,
    sheet_report,
    unzipped,
    word_report,
    xlsx,
    zipped,
)
from tests.parsers.oldsheets import old_sheet_report
from tests.replica.figures import invented
from tests.replica.story import Story

STORY = Story("青石县人民政府", "county", 2023, invented("hostile"), signed="2024-01-20")
LONG = "".join(chr(0x4E00 + at * at % 20_000) for at in range(450_000))
ENDLESS = "g 99999999 1 " * 99
LAUGHS = "".join(f'<!ENTITY l{at + 1} "' + f"&l{at};" * 10 + '">' for at in range(9))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'


def word_part(document: str) -> bytes:
    return zipped({"word/document.xml": document})


def wrapped(body: str, prolog: str = "") -> str:
    return f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


def encrypted(data: bytes) -> bytes:
    """The archive with every member marked as locked."""
    spoilt = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = spoilt.find(mark)
        while at >= 0:
            spoilt[at + offset] |= 1
            at = spoilt.find(mark, at + 4)
    return bytes(spoilt)


def understated(data: bytes, name: bytes) -> bytes:
    """The archive with a member's size given as 10 bytes."""
    spoilt = bytearray(data)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = spoilt.find(mark)
        while at >= 0:
            if spoilt.startswith(name, at + name_at):
                struct.pack_into("<L", spoilt, at + size_at, 10)
            at = spoilt.find(mark, at + 4)
    return bytes(spoilt)


def many_members() -> bytes:
    return zipped({f"{at}": b"" for at in range(MOST_MEMBERS + 1)})


def with_part(data: bytes, name: str, part: str | bytes) -> bytes:
    return zipped({**unzipped(data), name: part})


SHEET = "xl/worksheets/sheet1.xml"
ONE_SHEET = xlsx({"一": ([(0, cell(0, 0, "a"))], [])})
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "word-bomb": (word_part(wrapped(" " * 90_000_000)), {"unpacked_too_large"}),
    "word-bomb-of-texts": (word_part(wrapped(paragraph("一" * 99) * 60_000)), {"unpacked_too_large"}),
    "word-laughs": (word_part(wrapped("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", DOCTYPE)), {"xml_entities"}),
    "word-laughs-in-an-attribute": (
        word_part(wrapped('<w:p a="&l9;"/>', DOCTYPE)),
        {"xml_entities", "xml_damaged"},
    ),
    "word-outside-file": (
        word_part(wrapped("<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY f SYSTEM "/etc/hostname">]>')),
        {"xml_entities"},
    ),
    "word-nested-tables": (docx(nested_tables(5000)), {"xml_damaged", "nested_too_deep"}),
    "word-nested-within-xml's-limit": (docx(nested_tables(600)), {"xml_damaged", "nested_too_deep"}),
    "word-locked": (encrypted(word_report(STORY)), {"file_locked"}),
    "word-understated": (understated(word_report(STORY), b"word/document.xml"), {"zip_damaged"}),
    "word-without-document": (zipped({"word/styles.xml": "<x/>"}), {"part_missing"}),
    "word-styles-damaged": (with_part(word_report(STORY), "word/styles.xml", "<w:"), {"xml_damaged"}),
    "word-nul": (word_part("\0" * 50), {"xml_damaged"}),
    "sheet-bomb": (with_part(ONE_SHEET, SHEET, " " * 90_000_000), {"unpacked_too_large"}),
    "sheet-laughs": (with_part(ONE_SHEET, SHEET, f"{DOCTYPE}<worksheet>&l9;</worksheet>"), {"xml_entities"}),
    "sheet-strings-bomb": (with_part(ONE_SHEET, "xl/sharedStrings.xml", "<t>" * 30_000_000), {"unpacked_too_large"}),
    "sheet-without-workbook": (zipped({"xl/styles.xml": "<x/>"}), {"part_missing"}),
    "sheet-workbook-of-nothing": (zipped({"xl/workbook.xml": "<workbook/>"}), {"sheet_damaged", "no_text"}),
    "sheet-locked": (encrypted(ONE_SHEET), {"file_locked"}),
    "ofd-bomb": (with_part(ofd_report(STORY), "Doc_0/Document.xml", " " * 90_000_000), {"unpacked_too_large"}),
    "ofd-laughs": (with_part(ofd_report(STORY), "OFD.xml", f"{DOCTYPE}<OFD>&l9;</OFD>"), {"xml_entities"}),
    "ofd-without-pages": (zipped({"OFD.xml": "<OFD/>"}), {"part_missing"}),
    "ofd-of-too-many-pages": (
        zipped(
            {
                "OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
                "D.xml": "<Document><Pages>" + '<Page BaseLoc="P.xml"/>' * 600 + "</Pages></Document>",
                "P.xml": "<Page/>",
            }
        ),
        {"too_many_pages"},
    ),
    "ofd-of-endless-distances": (
        with_part(
            ofd_report(STORY),
            "Doc_0/Pages/Page_0/Content.xml",
            f'<P><Content><TextObject Size="3"><TextCode DeltaX="{ENDLESS}">{LONG}'
            "</TextCode></TextObject></Content></P>",
        ),
        {"too_many_objects"},
    ),
    "zip-of-many": (many_members(), {"too_many_members"}),
    "zip-locked": (encrypted(zipped({"a.txt": b"x" * 99})), {"archive_empty", "file_locked"}),
    "zip-bomb": (zipped({"a": bytes(90_000_000)}), {"archive_empty", "unpacked_too_large"}),
    "zip-head-only": (b"PK\x03\x04" + b"x" * 200, {"zip_damaged"}),
    "zip-end-only": (b"PK\x05\x06" + b"\xff" * 18, {"zip_damaged"}),
    "mht-of-many": (b"MIME-Version: 1.0\n\n" + b"--b\n" * 9000, {"too_many_members"}),
    "mht-nested": (
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(1900)),
        {"mht_damaged", "html_empty"},
    ),
    "too-large": (b"PK\x03\x04" + bytes(65 * 1024 * 1024), {"zip_damaged", "too_large"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_a_recorded_problem(name: str) -> None:
    data, codes = HOSTILE[name]
    report = read(data, Hint("x"))
    assert report.status == "unreadable"
    assert {problem.code for problem in report.problems} <= codes
    assert 1 <= len(report.problems) <= 2


def test_members_that_no_reader_wants_are_not_unpacked() -> None:
    bomb = with_part(word_report(STORY), "word/media/image1.png", bytes(90_000_000))
    assert read(bomb, Hint("x")).status == "parsed"
    assert read(with_part(sheet_report(STORY), "xl/media/image1.png", bytes(90_000_000)), Hint("x")).status == "parsed"


def test_a_word_file_of_the_strict_kind_is_a_report_too() -> None:
    strict = {name: part.replace(W.encode(), STRICT_W.encode()) for name, part in unzipped(word_report(STORY)).items()}
    assert read(zipped(strict), Hint("x")).status == "parsed"


@pytest.mark.parametrize("make", [word_report, sheet_report, ofd_report])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short(make: object, share: float) -> None:
    assert callable(make)
    data = make(STORY)
    report = read(data[: int(share * len(data))], Hint("x"))
    assert (report.status, [problem.code for problem in report.problems]) == ("unreadable", ["zip_damaged"])


def test_spoilt_files_never_raise() -> None:
    dice = random.Random(20240118)  # noqa: S311 not for secrets
    originals = [word_report(STORY), sheet_report(STORY), ofd_report(STORY), old_sheet_report(STORY)]
    for round_ in range(80):
        data = bytearray(originals[round_ % 4])
        for _ in range(dice.choice((1, 5, 50))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert read(bytes(data), Hint("x")).status


def test_spoilt_xml_never_raises() -> None:
    dice = random.Random(20240119)  # noqa: S311 not for secrets
    originals = [unzipped(make(STORY)) for make in (word_report, sheet_report, ofd_report)]
    for round_ in range(45):
        members = dict(originals[round_ % 3])
        name = dice.choice([name for name in members if len(members[name]) > 50])
        part = bytearray(members[name])
        for _ in range(dice.choice((1, 3))):
            # Digits and letters for others: the XML stays whole, its values do not.
            places = [at for at, byte in enumerate(part) if chr(byte).isdigit()]
            if places:
                part[dice.choice(places)] = dice.choice(b"-9.eg ")
        assert read(zipped({**members, name: bytes(part)}), Hint("x")).status


def test_the_parts_that_calamine_gets_are_ours() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in unzipped(sheet_report(STORY)).items():
            archive.writestr(name, part)
    understating = understated(out.getvalue(), b"xl/worksheets/sheet1.xml")
    assert [problem.code for problem in read(understating, Hint("x")).problems] == ["zip_damaged"]
