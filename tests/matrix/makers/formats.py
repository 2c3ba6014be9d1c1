"""All formats of the matrix by name."""

from __future__ import annotations

from tests.matrix.makers import chromium, libreoffice
from tests.matrix.makers.html import HTML, MHT
from tests.matrix.makers.model import Format
from tests.matrix.makers.office import DOCX, OFD, XLS, XLSX, ZIP
from tests.matrix.makers.pdf import PDF
from tests.matrix.makers.scan import PICTURE, SCAN
from tests.matrix.makers.text import TEXT

FORMATS: dict[str, Format] = {
    "html": HTML,
    "mht": MHT,
    "pdf-reportlab": PDF,
    "pdf-libreoffice": libreoffice.PDF,
    "pdf-chromium": chromium.PDF,
    "docx": DOCX,
    "docx-libreoffice": libreoffice.DOCX,
    "doc": libreoffice.DOC,
    "wps": libreoffice.WPS,
    "rtf": libreoffice.RTF,
    "xlsx": XLSX,
    "xlsx-libreoffice": libreoffice.XLSX,
    "xls": XLS,
    "xls-libreoffice": libreoffice.XLS,
    "ofd": OFD,
    "zip": ZIP,
    "text": TEXT,
    "scan": SCAN,
    "picture": PICTURE,
}
