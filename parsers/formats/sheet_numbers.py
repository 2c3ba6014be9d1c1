"""A sheet's number as its cell shows it, by the cell's number format."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
# The formats that files only name by number (ECMA-376 part 1, 18.8.30); 5 to 8, 42 and 44 differ by country.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    49: "@",
}
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<gap>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<whole>General)'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?)|(?P<literal>[-+()/ :%¥￥$元万件项个\u3000-\u9fff])|(?P<other>.)",
    re.S | re.I,
)
_COLOURS = frozenset({"red", "black", "blue", "green", "white", "yellow", "cyan", "magenta"})
_MOST_LENGTH = 255


def plain(number: float) -> Decimal:
    """A stored number without the artefacts of binary arithmetic: the 15 digits that sheets compute with."""
    return Decimal(format(number, ".15g"))


def general(number: float) -> str:
    """The number with all its digits, never with an exponent."""
    text = format(plain(number), "f")
    return "0" if text == "-0" else text


def shown(number: float, code: str) -> str | None:
    """The text that a cell with this number format shows; None for a format that is not known here."""
    if len(code) > _MOST_LENGTH:
        return None
    sections = _sections(code)
    value = plain(number)
    if value == 0 and len(sections) > 2:
        return _section(value, sections[2])
    if value < 0 and len(sections) > 1:
        return _section(-value, sections[1])
    text = _section(abs(value), sections[0])
    return f"-{text}" if text is not None and value < 0 and re.search("[1-9]", text) else text


def _sections(code: str) -> list[str]:
    """The parts for positive, negative and zero, cut at the semicolons that stand for themselves."""
    sections = [""]
    for match in _PIECE.finditer(code):
        if match[0] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _section(value: Decimal, section: str) -> str | None:
    if section.strip().lower() == "general" or section == "@":
        return format(value, "f")
    text, printed = "", False
    pieces = list(_PIECE.finditer(section))
    value = value.scaleb(2 * sum(match["literal"] == "%" for match in pieces))
    for match in pieces:
        digits, bracket = match["digits"], match["bracket"]
        odd = bracket is not None and bracket.lower() not in _COLOURS and not bracket.startswith("$")
        is_number = digits is not None or match["whole"] is not None
        if odd or match["other"] is not None or (is_number and printed):
            return None
        if match["whole"] is not None:
            text, printed = text + format(value, "f"), True
        elif digits is not None:
            number = _digits(value, digits)
            if number is None:
                return None
            text, printed = text + number, True
        else:
            text += match["quoted"] or match["escaped"] or match["literal"] or ""
    return text.strip()


def _digits(value: Decimal, pattern: str) -> str | None:
    """The number by one run of #, 0, ? with a comma for thousands and a point."""
    whole, _, decimals = pattern.partition(".")
    if whole.endswith(",") or "," in decimals:
        return None  # shown in thousands
    if not re.search("0", pattern) and value == 0:
        return ""
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP) if value < 10**15 else value
    text = format(rounded, ",f" if "," in whole else "f")
    head, point, tail = text.partition(".")
    head = head.zfill(whole.count("0")) if "," not in whole else head
    while decimals and tail and decimals[-1] in "#?" and tail[-1] == "0":
        tail, decimals = tail[:-1], decimals[:-1]
    return head + (point if tail else "") + tail
