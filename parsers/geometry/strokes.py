"""Rules as drawn, in many pieces, to whole rules; the borders that a table leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from parsers.geometry.page import SNAP, Rule

# So many rules ending at one place have a border there, drawn or not.
_LEAST_RULES = 3


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces that lie in one line, no farther apart than the snap distance, as one; stray dots dropped."""
    whole: list[Rule] = []
    for group in _aligned(sorted(rules)):
        if len(group) == 1:
            whole += group
            continue
        at = sum([rule[0] for rule in group]) / len(group)
        pieces = sorted([rule[1:] for rule in group])
        start, end = pieces[0]
        for begin, stop in pieces[1:]:
            if begin > end + SNAP:
                whole.append(Rule(at, start, end))
                start, end = begin, stop
            elif stop > end:
                end = stop
        whole.append(Rule(at, start, end))
    return [rule for rule in whole if rule[2] - rule[1] > SNAP]


def _aligned(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    first = -math.inf
    for rule in rules:
        if rule[0] - first <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
            first = rule[0]
    return groups


def meeting(levels: Sequence[Rule], uprights: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet each other, directly or through others: each group's (levels, uprights)."""
    groups: list[tuple[list[Rule], set[int]]] = []
    reaching = [(number, x, top - SNAP, bottom + SNAP) for number, (x, top, bottom) in enumerate(uprights)]
    for level in levels:
        y, left, right = level.at, level.start - SNAP, level.end + SNAP
        touched = {number for number, x, top, bottom in reaching if left <= x <= right and top <= y <= bottom}
        mine = [group for group in groups if not group[1].isdisjoint(touched)]
        if len(mine) == 1 and mine[0] is groups[-1]:
            mine[0][0].append(level)
            mine[0][1].update(touched)
            continue
        groups = [group for group in groups if all(group is not other for other in mine)]
        together = [level, *(rule for group in mine for rule in group[0])]
        groups.append((together, touched.union(*(group[1] for group in mine))))
    return [(levels_of, [uprights[number] for number in sorted(numbers)]) for levels_of, numbers in groups]


def closed(levels: list[Rule], uprights: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The same with the borders that are open: where at least three rules reach beyond the outermost across them."""
    more_uprights = _ends_beyond(levels, uprights)
    more_levels = _ends_beyond(uprights, levels)
    return levels + more_levels, uprights + more_uprights


def _ends_beyond(rules: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Borders at the common ends of `rules` that lie outside the rules across them."""
    if not rules or not across:
        return []
    first, last = min(rule.start for rule in rules), max(rule.end for rule in rules)
    span = min(rule.at for rule in rules), max(rule.at for rule in rules)
    found = []
    if min(rule.at for rule in across) - first > 2 * SNAP:
        found += [Rule(first, *span)] if _is_border([rule.start - first < SNAP for rule in rules], across) else []
    if last - max(rule.at for rule in across) > 2 * SNAP:
        found += [Rule(last, *span)] if _is_border([last - rule.end < SNAP for rule in rules], across) else []
    return found


def _is_border(reaching: list[bool], across: Sequence[Rule]) -> bool:
    """Enough rules end there; of a single row of many cells, which a page may cut off, both."""
    single = len(reaching) == _LEAST_RULES - 1 and len(across) >= _LEAST_RULES
    return sum(reaching) >= _LEAST_RULES or (single and all(reaching))
