"""Letters of a sheet's cell that are raised, lowered or struck out: they are no part of the number beside them."""

from __future__ import annotations

from lxml import etree

from parsers.formats.package import attribute, child, local
from parsers.formats.word_text import APART, is_on


def raised_strings(strings: etree._Element | None) -> dict[int, str]:
    """Of the workbook's strings those with such letters, which are put in brackets, by number."""
    texts = enumerate(map(raised_text, strings if strings is not None else ()))
    return {at: text for at, text in texts if text is not None}


def raised_text(string: etree._Element) -> str | None:
    """The text of a string with such letters in brackets; None where it has none."""
    runs = [(run, _text(run)) for run in string if local(run) == "r"]
    marked = [is_apart(run) and bool(text.strip()) for run, text in runs]
    if not any(marked):
        return None
    return "".join(f"[{text}]" if apart else text for apart, (_, text) in zip(marked, runs, strict=True))


def is_apart(run: etree._Element) -> bool:
    """Is a run of letters raised, lowered or struck out?"""
    look = child(run, "rPr")
    return attribute(child(look, "vertAlign"), "val") in APART or is_on(child(look, "strike"))


def _text(run: etree._Element) -> str:
    return "".join(part.text or "" for part in run if local(part) == "t")
