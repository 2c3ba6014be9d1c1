"""All formats of the matrix by name."""

from __future__ import annotations

from tests.matrix.makers.html import HTML, MHT
from tests.matrix.makers.model import Format
from tests.matrix.makers.office import DOCX, OFD, XLS, XLSX, ZIP
from tests.matrix.makers.pdf import PDF
from tests.matrix.makers.text import TEXT

FORMATS: dict[str, Format] = {
    "html": HTML,
    "mht": MHT,
    "pdf-reportlab": PDF,
    "docx": DOCX,
    "xlsx": XLSX,
    "xls": XLS,
    "ofd": OFD,
    "zip": ZIP,
    "text": TEXT,
}
