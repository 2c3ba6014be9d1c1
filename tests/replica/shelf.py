"""Shelves of reports: many bodies and years in a few words, with what stands between them in real lists."""

from __future__ import annotations

from collections.abc import Iterable

from tests.replica.figures import invented
from tests.replica.pages import Row
from tests.replica.portal import Portal
from tests.replica.story import Story

# Titles as portals print them, the statutory one first; each names unit and year.
TITLES = (
    "{unit}{year}年政府信息公开工作年度报告",
    "{year}年{unit}政府信息公开工作年度报告",
    "{unit}{year}年度政府信息公开工作年度报告",
    "{unit}{year}年政府信息公开年度报告",
    "{unit}{year}年政府信息公开工作报告",
    "{unit}{year}年政府信息公开年度工作报告",
    "{unit}政府信息公开工作{year}年度报告",
    "{unit}{year}年信息公开工作年度报告",
)
# What makes a real page longer than a stub.
DRESS = "<style>" + "".join(f".l{width}{{width:{width}px;line-height:2}}" for width in range(300, 325)) + "</style>"
STYLES = ("plain", "nested", "word", "separate")


def story_of(portal: Portal, unit: str, level: str, year: int) -> Story:
    """A report with figures and a title of its own, the same ones each time."""
    turn = sum(map(ord, unit)) + year
    form = "2019" if year < 2021 else "2021"
    people = 20 + turn % 90 if level in ("county", "prefecture") else turn % 9
    title = TITLES[turn % len(TITLES)].format(unit=unit, year=year)
    return Story(unit, level, year, invented(f"{portal.slug}-{unit}-{year}", form, people), title=title, voice=turn % 3)


def shelf(portal: Portal, unit: str, level: str, years: Iterable[int], path: str, attach: bool = False) -> list[Row]:
    """Publish a body's reports at PATH, with {year} and {id} filled in; gives their lines, the newest first.

    With `attach` each has a PDF beside it.
    """
    rows = []
    for year in sorted(years, reverse=True):
        story = story_of(portal, unit, level, year)
        here = path.format(year=year, id=identifier(unit, year))
        folder = here.rsplit("/", 1)[0]
        attachment = f"{folder}/P{identifier(unit, year)}.pdf" if attach else None
        date = f"{year + 1}-{1 + len(unit) % 3:02d}-{10 + year % 18}"
        style = STYLES[(year + len(unit)) % len(STYLES)]
        rows.append(portal.report(here, story, style, attachment=attachment, date=date))
    return rows


def identifier(unit: str, year: int) -> str:
    """A number that says nothing."""
    return str(sum(ord(letter) * (place + 3) for place, letter in enumerate(unit)) * 37 + year * 11 + 1_000_000)


def between(
    portal: Portal, rows: list[Row], folder: str, noise: int, suffix: str = ".html", unit: str = ""
) -> list[Row]:
    """The lines of a real list: ordinary articles and look-alikes among the reports."""
    others = portal.noise(f"{folder}9", noise, suffix=suffix)
    for number, kind in enumerate(("notice", "law", "website", "chart", "work", "budget")):
        path = f"{folder}8{number}7{suffix}"
        others.append(
            portal.look_alike(path, kind, unit or portal.name, 2023 - number % 2, "2024-02-0" + str(number + 1))
        )
    step = max(len(rows) // (len(others) + 1), 1)
    mixed: list[Row] = []
    for place, row in enumerate(rows):
        mixed.append(row)
        if place % step == step - 1 and others:
            mixed.append(others.pop(0))
    return mixed + others
