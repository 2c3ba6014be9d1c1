"""What differs between two readings: cell by cell, fact by fact, passage by passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from archive.privacy import mask_mobiles

Parsed = dict[str, Any]

FACTS = ("title", "signed")
# What decides which report a document is, or how its tables are read.
PLACING = ("unit", "year", "form")
# Lines that a page counts for itself; one that is part of a sentence belongs to the report.
COUNTER = re.compile(r"(?:浏览|点击|访问|阅读|下载)(?:次数|量|数|人次)?[:：]?\[?\d+\]?次?")
LONGEST_COUNTER = 80


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same.

    `what` is a cell's code, a fact's name (`title`), `legacy.ROW.LABEL.COLUMN` or `sections.NUMBER.PARAGRAPH`;
    `old` and `new` are as printed; None where it was not there.
    """

    what: str
    old: str | None
    new: str | None


def bare(text: str) -> str:
    """Text without white space: how a line is broken or indented is no content."""
    return "".join(text.split())


def passages(text: str) -> list[str]:
    """The paragraphs of a section that are the document's own: lines of a page's counters are left out."""
    return [line for line in text.splitlines() if line.strip() and not _is_counter(bare(line))]


def _is_counter(line: str) -> bool:
    return len(line) <= LONGEST_COUNTER and "。" not in line and COUNTER.search(line) is not None


def cells_of(parsed: Parsed) -> dict[str, dict[str, Any]]:
    """{code: CELL} of all three tables, keyed as in the table `codes`: requests.granted_full.total."""
    cells = {f"proactive.{item}": cell for item, cell in parsed["proactive"].items()}
    for table in ("requests", "disputes"):
        for row, columns in parsed[table].items():
            cells |= {f"{table}.{row}.{column}": cell for column, cell in columns.items()}
    return cells


def figures_of(parsed: Parsed) -> dict[str, dict[str, Any]]:
    """{place: CELL} of the statistics table of a report before 2019, keyed by row and labels."""
    # Readings made before old tables were read have none.
    return {
        f"legacy.{figure['row']}.{bare(figure['label'])}.{bare(figure['column'] or '')}": figure["cell"]
        for figure in parsed.get("legacy", [])
    }


def differing_cells(old: Parsed, new: Parsed) -> list[Difference]:
    """Cells printed or read differently, in the order of their codes."""
    return list(_cells(cells_of(old), cells_of(new), masked=False))


def contradictions(left: Parsed, right: Parsed) -> list[Difference]:
    """The cells that both readings print, with another value or kind; told as they were read."""
    ours, theirs = cells_of(left), cells_of(right)
    return [
        Difference(code, _read(ours[code]), _read(theirs[code]))
        for code in sorted(ours.keys() & theirs.keys())
        if (ours[code]["value"], ours[code]["kind"]) != (theirs[code]["value"], theirs[code]["kind"])
    ]


def differences(old: Parsed, new: Parsed) -> list[Difference]:
    """All that differs between two documents read by the same program."""
    found = [*differing_cells(old, new), *_cells(figures_of(old), figures_of(new), masked=True)]
    found += [difference for fact in FACTS for difference in _fact(fact, old, new)]
    return [*found, *_sections(old, new)]


def corrections(old: Parsed, new: Parsed) -> list[Difference]:
    """What another program read differently in the same bytes, of what had been read before."""
    found = [*differing_cells(old, new), *_cells(figures_of(old), figures_of(new), masked=True)]
    found += [difference for fact in PLACING for difference in _fact(fact, old, new)]
    return [difference for difference in found if difference.old is not None]


def _cells(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]], *, masked: bool) -> Iterator[Difference]:
    for code in sorted(old.keys() | new.keys()):
        before, after = old.get(code), new.get(code)
        if before is None or after is None or _as_printed(before) != _as_printed(after):
            yield Difference(code, _printed(before, masked), _printed(after, masked))
        elif before["value"] != after["value"]:
            yield Difference(code, _read(before), _read(after))


def _as_printed(cell: dict[str, Any]) -> tuple[str, str]:
    return str(cell["kind"]), bare(str(cell["raw"]))


def _printed(cell: dict[str, Any] | None, masked: bool) -> str | None:
    if cell is None:
        return None
    raw = str(cell["raw"]).strip()
    return mask_mobiles(raw) if masked else raw


def _read(cell: dict[str, Any]) -> str:
    return str(cell["kind"] if cell["value"] is None else cell["value"])


def _fact(name: str, old: Parsed, new: Parsed) -> Iterator[Difference]:
    before, after = old[name], new[name]
    if before != after:
        yield Difference(name, None if before is None else str(before), None if after is None else str(after))


def _sections(old: Parsed, new: Parsed) -> Iterator[Difference]:
    before = {section["number"]: section for section in old["sections"]}
    after = {section["number"]: section for section in new["sections"]}
    for number in sorted(before.keys() | after.keys()):
        left, right = ([one["heading"], *passages(one["text"])] if one else [] for one in _pair(number, before, after))
        yield from _passages(number, [mask_mobiles(text) for text in left], [mask_mobiles(text) for text in right])


def _pair(number: int, before: dict[int, Any], after: dict[int, Any]) -> tuple[Any, Any]:
    return before.get(number), after.get(number)


def _passages(number: int, left: list[str], right: list[str]) -> Iterator[Difference]:
    """The heading is passage 0; a changed passage is numbered as in the new text, one left out as in the old."""
    ours, theirs = [bare(text) for text in left], [bare(text) for text in right]
    if "".join(ours) == "".join(theirs):
        return
    for tag, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        changed = zip_longest(range(start, end), range(first, last))
        for gone, come in changed:
            place = come if come is not None else gone
            yield Difference(
                f"sections.{number}.{place}",
                None if gone is None else left[gone].strip(),
                None if come is None else right[come].strip(),
            )
