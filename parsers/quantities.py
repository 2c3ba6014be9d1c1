"""What a stated quantity counts, as a code of quantities.toml; and which cells may print the same number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# How much more or less than another year, or what is planned: not the quantity itself.
_COMPARED = re.compile(r"同比|比上|较上|较去|比去|去年|上年同期|增长|增加|减少|下降|计划|力争|拟")
# A sentence that goes on about what the one before spoke of begins so.
_GOES_ON = re.compile(r"^(?:其中|已|均|正在|全部|未|上年|结转|予以|部分|不予|因|以上)")


@dataclass(frozen=True)
class Quantity:
    """One entry of quantities.toml. `cells` are lists of cells whose sums may print the number."""

    code: str
    near: re.Pattern[str]
    unless: re.Pattern[str] | None
    topic: str | None
    units: frozenset[str]
    cells: tuple[tuple[str, ...], ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("quantities.toml").read_text("utf-8"))


@cache
def topics() -> dict[str, re.Pattern[str]]:
    """What a sentence can speak of, by name."""
    return {name: re.compile(words) for name, words in _data()["topics"].items()}


@cache
def _any_topic() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words.pattern})" for words in topics().values()))


@cache
def quantities() -> dict[str, Quantity]:
    """Every quantity by its code, in the file's order."""
    return {
        entry["code"]: Quantity(
            entry["code"],
            re.compile(entry["near"]),
            re.compile(entry["unless"]) if "unless" in entry else None,
            entry.get("topic"),
            frozenset(entry["units"]),
            tuple(tuple(cells) for cells in entry.get("cells", ())),
        )
        for entry in _data()["quantity"]
    }


@dataclass
class Context:
    """What was spoken of last, within a paragraph."""

    topic: str
    # The words of the sentence begin a new subject: what was spoken of before holds only where it plainly goes on.
    begun: bool = False

    def read(self, text: str) -> None:
        """Take note of the last topic in the sentence's words so far."""
        if not self.begun:
            self.begun = True
            if not _GOES_ON.match(text):
                self.topic = ""
        if not _any_topic().search(text):
            return
        last = [(max(found.end() for found in hits), name) for name, hits in _hits(text)]
        if last:
            self.topic = max(last)[1]


def _hits(text: str) -> list[tuple[str, list[re.Match[str]]]]:
    found = [(name, list(words.finditer(text))) for name, words in topics().items()]
    return [(name, hits) for name, hits in found if hits]


def quantity_of(near: str, unit: str, context: Context, behind: str = "") -> str | None:
    """The code of what is counted; None where the words do not tell. `behind` are the words after the number."""
    if _COMPARED.search(near):
        return None
    for quantity in quantities().values():
        if unit not in quantity.units or not quantity.near.search(near):
            continue
        if quantity.unless is not None and quantity.unless.search(near):
            continue
        if quantity.topic in (None, context.topic) or topics()[quantity.topic].search(behind):
            return quantity.code
    return None
