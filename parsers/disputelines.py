"""Table four in lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.found import DisputeFound, Found
from parsers.headers import RESULTS, ROUTES
from parsers.headings import find_heading
from parsers.labels import key, may_begin
from parsers.lines import Line, differ, groups_of, pieces

# So many characters of the header may be misprinted or lost.
_SLACK = 4
_DISPUTE_WORDS = "行政复议行政诉讼未经复议直接起诉复议后起诉" + "结果维持结果纠正其他结果尚未审结总计" * len(ROUTES)
_DISPUTE_LETTERS = frozenset(_DISPUTE_WORDS)


def read_disputes(lines: Sequence[Line], found: Found) -> None:
    """Fifteen figures in one row under a header whose words are all there, in whatever order they were extracted."""
    start = next(
        (at for at, line in enumerate(lines) if _is_dispute_words(line) and "行政复议" in key(line.text)),
        None,
    )
    if start is None:
        return
    stop = next((at for at in range(start, len(lines)) if not _may_be_dispute_line(lines[at])), len(lines))
    region = lines[start:stop]
    groups = groups_of(region)
    words = groups[0].words if groups else "".join(line.text for line in region)
    if differ(key(words), _DISPUTE_WORDS) > _SLACK:
        found.disputes_unaligned |= bool(groups)
        return
    found.paragraphs |= {line.at for line in region}
    if len(groups) == 1 and len(groups[0].figures) == len(ROUTES) * len(RESULTS):
        columns = [(route, result) for route in ROUTES for result in RESULTS]
        found.disputes.append(DisputeFound(dict(zip(columns, groups[0].figures, strict=True))))
    else:
        found.disputes_unaligned = True


def _is_dispute_words(line: Line) -> bool:
    words = key(line.text) if may_begin(line.text, _DISPUTE_LETTERS) else ""
    return bool(words) and _DISPUTE_LETTERS.issuperset(words)


def _may_be_dispute_line(line: Line) -> bool:
    words = key("".join(text for text, _ in pieces(line)))
    return _DISPUTE_LETTERS.issuperset(words) and not find_heading(line.text)
