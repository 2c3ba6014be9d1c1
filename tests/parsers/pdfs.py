"""PDFs made at test time: ruled tables with the traits that real files have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.replica.render_pdf import FONT_FILE

FONT = "parsers-test"
HEIGHT = A4[1]
Row = Sequence[str]
ROW_HEIGHT = 20.0
SIZE = 9.0


class Sheet:
    """A canvas measured from the page's top left, as the parsers' boxes are."""

    def __init__(self, locked_with: str | None = None) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE), subfontIndex=0))
        self.out = BytesIO()
        locked = StandardEncryption(locked_with, ownerPassword="owner") if locked_with else None
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1, encrypt=locked)
        self.write = self._write

    def _write(self, x: float, top: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - top - size, text)

    def twice(self) -> None:
        """From now on every text is printed twice, a hair apart: bold without a bold font."""

        def write(x: float, top: float, text: str, size: float = SIZE) -> None:
            self._write(x, top, text, size)
            self._write(x + 0.3, top, text, size)

        self.write = write

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    def background(self, x0: float, top: float, x1: float, bottom: float, grey: float = 1.0) -> None:
        """A filled box without a border."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(
        self,
        top: float,
        xs: Sequence[float],
        rows: Sequence[Row],
        sides: bool = True,
        rule: Callable[[float, float, float, float], Any] | None = None,
    ) -> float:
        """A table ruled around every cell (`sides`: the outer borders too); lines of a cell are set apart by \\n.

        Returns where it ends.
        """
        rule = rule or self.line
        bottom = top + ROW_HEIGHT * len(rows)
        for at in range(len(rows) + 1):
            rule(xs[0], top + at * ROW_HEIGHT, xs[-1], top + at * ROW_HEIGHT)
        for x in xs if sides else xs[1:-1]:
            rule(x, top, x, bottom)
        for number, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                for line, piece in enumerate(text.split("\n")):
                    self.write(x + 2, top + number * ROW_HEIGHT + 1 + line * 9.5, piece)
        return bottom

    def next_page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()
