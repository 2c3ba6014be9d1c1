"""The reports that the benchmarks read: made-up figures in all the ways the replica web renders them."""

from __future__ import annotations

from itertools import cycle, islice

from parsers import Hint, read
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import STYLES, report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story


class NotReadError(Exception):
    """A report of a benchmark was not read in full, so that its speed would mean nothing."""


def stories(count: int) -> list[Story]:
    """Reports of made-up districts: the years and forms alternate, no two have the same figures."""
    found: list[Story] = []
    for number in range(count):
        form, year = ("2021", 2024) if number % 3 else ("2019", 2019)
        figures = invented(f"bench-{number}", form, people=20 + number, companies=number % 5)
        found.append(Story(f"甲{number}区", "county", year, figures, voice=number % 3, signed=f"{year + 1}-01-20"))
    return found


def html_pages(count: int) -> list[bytes]:
    """Reports as whole HTML pages, in turn in each style."""
    styles = islice(cycle(STYLES), count)
    return [
        page(story.unit, story.heading, report_html(story, style)).encode()
        for story, style in zip(stories(count), styles, strict=True)
    ]


def pdf_files(count: int) -> list[bytes]:
    """Reports as PDF files of several pages."""
    return [report_pdf(story) for story in stories(count)]


def read_all(files: list[bytes], hint: Hint) -> None:
    """Read every file; raises NotReadError unless each gives all three tables."""
    for number, data in enumerate(files):
        report = read(data, hint)
        if report.status != "parsed":
            raise NotReadError(f"{hint.file} {number} was read as {report.status}: {report.problems}; expected parsed")
