"""Which headings divide a document, by definition and however many there are."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from parsers.headings import Heading, best_chain


def sections_held(chain: tuple[Heading, ...], filled: list[bool]) -> int:
    """How many sections of a row of headings hold anything."""
    ends = [heading.at for heading in chain[1:]]
    between = [
        any(filled[heading.at + 1 : end]) or bool(heading.rest) for heading, end in zip(chain, ends, strict=False)
    ]
    return sum(between) + any(filled[chain[-1].at + 1 :])


def best_by_definition(headings: list[Heading], filled: list[bool]) -> tuple[int, int]:
    """Length and sections held of the best of all rising rows."""
    rows = [row for length in range(1, 7) for row in combinations(headings, length)]
    rising = [row for row in rows if all(one.number < other.number for one, other in pairwise(row))]
    return max((len(row), sections_held(row, filled)) for row in rising)


def test_no_other_row_of_headings_is_longer_or_holds_more() -> None:
    dice = random.Random(20240126)  # noqa: S311 not for secrets
    for _ in range(300):
        filled = [dice.random() < 0.4 for _ in range(14)]
        places = [at for at in range(14) if not filled[at]]
        headings = [Heading(at, dice.randint(1, 6), "", "text" if dice.random() < 0.1 else "") for at in places]
        if headings:
            chain = tuple(best_chain(headings, filled))
            assert (len(chain), sections_held(chain, filled)) == best_by_definition(headings, filled)


def test_a_table_of_contents_before_the_report_loses() -> None:
    contents = [Heading(at, at + 1, "") for at in range(6)]
    report = [Heading(6 + 2 * at, at + 1, "") for at in range(6)]
    filled = [False] * 6 + [False, True] * 6
    assert best_chain([*contents, *report], filled) == report


def test_a_document_without_headings_is_not_divided() -> None:
    assert best_chain([], [True]) == []
