"""The classifier of anchors and titles against labels given by hand: `pytest tests/crawler/test_labelled.py -s`.

labelled/held_out.tsv was written before the classifier was worked on, and is never used to tune it;
labelled/tune.tsv is what it is tuned with; labelled/menus.tsv has what menus and levels are called (portals.md,
section 2), and nothing of it may be taken for anything else. `text` is what stands inside an anchor, or a whole anchor.
Units are made up, shapes were seen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.harvest import harvest
from crawler.links import Judged, Place, judge

FOLDER = Path(__file__).with_name("labelled")
LABELS = {"report", "look_alike", "column", "hub", "year", "unit", "other"}
SITE, HOME = "lihu.gov.cn", "http://www.lihu.gov.cn/gk/"


@dataclass(frozen=True)
class Line:
    """A text, what a person says it is, and the year of a report."""

    label: str
    year: int | None
    shape: str
    text: str


@dataclass(frozen=True)
class Score:
    """How well report titles were told from all else."""

    precision: float
    recall: float


def lines(part: str) -> list[Line]:
    rows = (FOLDER / f"{part}.tsv").read_text("utf-8").splitlines()[1:]
    fields = [row.split("\t") for row in rows]
    return [Line(label, int(year) if year else None, shape, text) for label, year, shape, text in fields]


def judged(text: str, label: str = "") -> Judged:
    """On the home page first; what promises nothing there, and what is a year or a unit, inside a column."""
    html = text if text.startswith("<a ") else f'<a href="nb/1.html">{text}</a>'
    (anchor,) = harvest(html, HOME).anchors
    found = judge(anchor, Place(0, SITE), SITE)
    if found.kind != "skip" and label not in ("year", "unit"):
        return found
    return judge(anchor, Place(1, SITE, column="www.lihu.gov.cn/gk/"), SITE)


def named(found: Judged) -> str:
    """The classifier's word for it in the words of the labels."""
    if found.kind == "list":
        return "year" if any(reason.startswith("year") for reason in found.reasons) else "unit"
    return "other" if found.kind == "skip" else found.kind


def told(part: str) -> tuple[Score, str]:
    """The score of a part, and the table of its errors."""
    answers = [(line, judged(line.text, line.label)) for line in lines(part)]
    pairs = Counter((line.label == "report", found.kind == "report") for line, found in answers)
    right = pairs[True, True]
    score = Score(right / (right + pairs[False, True]), right / (right + pairs[True, False]))
    wrong = [
        f"  {line.label:10} → {named(found):10} {found.year or '-':>4}  {line.shape}: {line.text}  ({found.reason})"
        for line, found in answers
        if named(found) != (line.label if line.label != "look_alike" else "other")
        or found.year != (line.year or found.year)
    ]
    head = f"{part}: {len(answers)} texts; report titles: precision {score.precision:.3f}, recall {score.recall:.3f}"
    return score, "\n".join([head, f"  {len(wrong)} errors of any kind", *wrong])


@pytest.mark.parametrize("part", ["tune", "held_out"])
def test_report_titles_are_told_from_all_else(part: str) -> None:
    score, table = told(part)
    print(f"\n{table}")
    assert score.precision >= 0.99, table
    assert score.recall >= 0.97, table


def test_the_labels_are_many_and_the_parts_apart() -> None:
    tune, held_out = lines("tune"), lines("held_out")
    assert len(tune) + len(held_out) >= 330
    assert 3 * len(held_out) >= len(tune) + len(held_out)
    assert {line.label for line in tune} == {line.label for line in held_out} == LABELS
    titles = {"report", "look_alike"}
    assert not {line.text for line in tune if line.label in titles} & {line.text for line in held_out}


def test_every_label_of_a_menu_is_known_for_what_it_is() -> None:
    answers = [(line, judged(line.text, line.label)) for line in lines("menus")]
    wrong = [(line.text, line.label, found.reason) for line, found in answers if named(found) != line.label]
    # Of a look-alike it is enough that it is left alone.
    assert [text for text, label, reason in wrong if label != "look_alike" or not reason.startswith("skip")] == []
    assert len(answers) > 60
