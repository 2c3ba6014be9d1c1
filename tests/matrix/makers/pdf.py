"""Reports as PDF drawn by reportlab: the replica's, and those with the traits of tests/parsers/hard_pdfs.py."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.matrix.makers.model import Format, Look
from tests.parsers.hard_pdfs import Traits, hard_pdf
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

_TRAITS = {
    "plain": Traits(),
    "header-repeated": Traits(repeat=True),
    "no-sides": Traits(sides=False),
    "drawn-twice": Traits(twice=True),
    "runs-up": Traits(turn=90),
    "runs-down": Traits(turn=270),
    "upside-down": Traits(turn=180),
    "sideways-page": Traits(turn=90, rotate=90),
    "sideways-other-way": Traits(turn=270, rotate=270),
    "turned-page": Traits(rotate=90),
    "letters-below": Traits(standing=True),
    "heads-run-up": Traits(turned_heads=True),
    "row-cut": Traits(cut=True),
    "watermark": Traits(watermark=True),
    "many-traits": Traits(turn=90, twice=True, sides=False, cut=True),
}


def _drawn(traits: Traits) -> Callable[[Story], bytes]:
    return lambda story: hard_pdf(story.figures, traits, rewrite=story.rewrite)


def _without_unicode(story: Story) -> bytes:
    """Fonts that do not tell which letters they print."""
    data = hard_pdf(story.figures, Traits(), compress=False, rewrite=story.rewrite)
    return re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), data)


PDF = Format(
    ".pdf",
    {
        **{name: Look(_drawn(traits)) for name, traits in _TRAITS.items()},
        "level-rules": Look(_drawn(Traits(rules="levels")), flat=True),
        "no-rules": Look(_drawn(Traits(rules="none")), flat=True),
        "flowing": Look(lambda story: report_pdf(story)),
        "labels-repeated": Look(lambda story: report_pdf(story, repeat_labels=True)),
        "no-unicode": Look(_without_unicode, legible=False),
    },
    boxes=True,
    sources=("tests/parsers/hard_pdfs.py", "tests/parsers/pdfs.py", "tests/replica/render_pdf.py"),
)
