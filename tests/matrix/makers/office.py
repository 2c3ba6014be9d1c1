"""Reports as Word files, sheets and OFD written by hand, and archives with one of them inside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.matrix.makers.html import LOOKS as PAGES
from tests.matrix.makers.model import Format, Look
from tests.matrix.makers.pdf import PDF
from tests.parsers.office import (
    STRICT_W,
    docx,
    ofd_report,
    paragraph,
    run,
    sheet_report,
    word_body,
    word_report,
    word_table,
)
from tests.parsers.oldsheets import old_sheet_report
from tests.replica.story import Story, compose

_SOURCES = ("tests/parsers/office.py", "tests/parsers/oldsheets.py")


def _nested(story: Story) -> bytes:
    return docx(f"<w:tbl><w:tr><w:tc>{paragraph('栏目')}</w:tc><w:tc>{word_body(story)}</w:tc></w:tr></w:tbl>")


def _letters_below(story: Story) -> bytes:
    """A column's label one letter a line, by breaks."""

    def text_of(text: str) -> str:
        if len(text) <= 6 and text.isalpha():
            broken = "<w:r><w:br/></w:r>".join(run(char) for char in text)
            return f"<w:p><w:pPr/>{broken}</w:p>"
        return paragraph(text)

    pieces = [
        paragraph(block.text) if block.grid is None else word_table(block.grid, text_of=text_of)
        for block in compose(story)
    ]
    return docx("".join(pieces))


def _tracked(story: Story) -> bytes:
    """Figures corrected with the changes still marked: what was struck out is no part of the figure."""

    def text_of(text: str) -> str:
        if text.isdigit():
            old = "<w:del><w:r><w:delText>88</w:delText></w:r></w:del>"
            return f"<w:p><w:pPr/>{old}<w:ins>{run(text)}</w:ins></w:p>"
        return paragraph(text)

    pieces = [
        paragraph(block.text) if block.grid is None else word_table(block.grid, text_of=text_of)
        for block in compose(story)
    ]
    return docx("".join(pieces))


DOCX = Format(
    ".docx",
    {
        "plain": Look(word_report),
        "one-table": Look(lambda story: word_report(story, one_table=True)),
        "separate": Look(lambda story: word_report(story, separate=True)),
        "nested": Look(_nested),
        "strict": Look(lambda story: docx(word_body(story), namespace=STRICT_W)),
        "letters-below": Look(_letters_below),
        "tracked": Look(_tracked),
    },
    sources=_SOURCES,
)
XLSX = Format(
    ".xlsx",
    {"one-sheet": Look(sheet_report), "several": Look(lambda story: sheet_report(story, several=True))},
    sources=_SOURCES,
)
XLS = Format(".xls", {"one-sheet": Look(old_sheet_report)}, sources=_SOURCES)
OFD = Format(
    ".ofd",
    {
        "plain": Look(ofd_report),
        "runs-up": Look(lambda story: ofd_report(story, turned=True)),
    },
    boxes=True,
    sources=_SOURCES,
)


def _zipped(name: str, make: Callable[[Story], bytes], utf8: bool = True) -> Callable[[Story], bytes]:
    """The file beside a notice and the litter of the machine that packed it."""

    def packed(story: Story) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in (("说明.txt", "请查收。".encode()), ("__MACOSX/._a", b"\0\1"), (name, make(story))):
                shown = member if utf8 else member.encode("gb18030").decode("cp437")
                archive.writestr(zipfile.ZipInfo(shown), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    return packed


ZIP = Format(
    ".zip",
    {
        "docx": Look(_zipped("年报/年度报告.docx", word_report)),
        "pdf": Look(_zipped("年度报告.pdf", PDF.looks["plain"].make)),
        "xlsx": Look(_zipped("附表.xlsx", sheet_report)),
        "ofd": Look(_zipped("年度报告.ofd", ofd_report)),
        "html": Look(_zipped("report.html", PAGES["plain"].make)),
        "gbk-names": Look(_zipped("年度报告.docx", word_report, utf8=False)),
        "zip-in-zip": Look(_zipped("内层.zip", _zipped("年度报告.docx", word_report))),
    },
    sources=(
        *_SOURCES,
        "tests/matrix/makers/pdf.py",
        "tests/matrix/makers/html.py",
        "tests/parsers/hard_pdfs.py",
        "tests/replica/render_html.py",
    ),
)
