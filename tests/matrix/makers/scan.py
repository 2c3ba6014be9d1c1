"""Reports as scans and pictures: pages of the replica's PDFs through the rasteriser of tests/parsers/scans.py."""

from __future__ import annotations

from collections.abc import Callable

from tests.matrix.makers.model import Format, Look
from tests.parsers.scans import make_scan
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

# Shares of the cells that may be called unreadable.
_STRAIGHT, _WORN = 0.005, 0.03
_SEED = 11


def _straight(story: Story) -> bytes:
    return make_scan(report_pdf(story), dpi=200, seed=_SEED)


def _worn(story: Story) -> bytes:
    return make_scan(report_pdf(story), dpi=150, degrees=0.8, noise=12, jpeg=60, seed=_SEED, blur=0.5)


def _upside_down(story: Story) -> bytes:
    return make_scan(report_pdf(story), dpi=200, degrees=180, seed=_SEED)


def _picture(story: Story) -> bytes:
    return make_scan(report_pdf(story), dpi=200, seed=_SEED, pack="png")


def _look(make: Callable[[Story], bytes], unreadable: float) -> Look:
    return Look(make, unreadable=unreadable)


_SOURCES = ("tests/parsers/scans.py", "tests/replica/render_pdf.py")
SCAN = Format(
    ".pdf",
    {
        "straight-200": _look(_straight, _STRAIGHT),
        "worn-150": _look(_worn, _WORN),
        "upside-down": _look(_upside_down, _STRAIGHT),
    },
    boxes=True,
    only=("distinct", "blanks", "wrong-rows"),
    sources=_SOURCES,
)
PICTURE = Format(
    ".png",
    {"png-200": _look(_picture, _STRAIGHT)},
    boxes=True,
    only=("wrong-disputes", "wrong-flow", "slashes-2019"),
    sources=_SOURCES,
)
