"""Which known pages a crawl that comes back looks at, and in which order."""

from __future__ import annotations

from archive.memory import Known, KnownPage, Memory
from crawler.outlook import Looks, looks

ROOT = "http://x.gov.cn/nb/"
LATEST = 2025


def page(path: str, label: str, parent: str | None = ROOT, led: bool = True) -> KnownPage:
    return KnownPage(ROOT + path, parent, label, led)


def report(parent: str, year: int, number: int = 0) -> Known:
    title = f"里湖县教育局{year}年政府信息公开工作年度报告"
    return Known(f"{parent}{year}_{number}.html", "report", parent, title, "2026-01-05T08:00:00Z", True)


def paths(found: Looks) -> tuple[list[str], list[str]]:
    likely, others = ([at.url.removeprefix(ROOT) for at in pages] for pages in (found.likely, found.others))
    return likely, others


def by_units(years: dict[str, range], passes: int = 0) -> Memory:
    pages = [page("", "政府信息公开年报", None), *(page(f"{unit}/", unit) for unit in years)]
    documents = [report(f"{ROOT}{unit}/", year) for unit, span in years.items() for year in span]
    return Memory(tuple(documents), tuple(pages), None, passes)


def test_a_unit_s_list_that_has_the_latest_year_comes_last() -> None:
    memory = by_units({"教育局": range(2019, 2026), "民政局": range(2019, 2025), "司法局": range(2019, 2024)})
    assert paths(looks(memory, LATEST, 10)) == (["", "民政局/", "司法局/"], ["教育局/"])


def test_units_are_looked_at_in_turn_and_the_page_above_them_always() -> None:
    units = {f"{number}局": range(2019, 2025) for number in range(5)}
    turns = [paths(looks(by_units(units, passes), LATEST, 4))[0][:3] for passes in range(3)]
    assert {turn[0] for turn in turns} == {""}
    assert [turn[1:] for turn in turns] == [["0局/", "1局/"], ["2局/", "3局/"], ["4局/", "0局/"]]


def test_of_years_the_last_one_is_looked_at_and_those_gone_by_with_what_is_left() -> None:
    years = {f"{year}年": year for year in (2022, 2023, 2024)}
    pages = (page("", "政府信息公开年报", None), *(page(f"{label}/", label) for label in years))
    documents = [report(f"{ROOT}{label}/", year, number) for label, year in years.items() for number in range(9)]
    assert paths(looks(Memory(tuple(documents), pages), LATEST, 10)) == (["", "2024年/"], ["2022年/", "2023年/"])


def test_of_years_below_units_none_is_looked_at_before_the_units() -> None:
    pages, documents = [page("", "政府信息公开年报", None)], list[Known]()
    for unit in ("教育局", "民政局"):
        pages.append(page(f"{unit}/", unit))
        for year in (2023, 2024):
            pages.append(page(f"{unit}/{year}/", f"{year}年", f"{ROOT}{unit}/"))
            documents.append(report(f"{ROOT}{unit}/{year}/", year))
    likely, others = paths(looks(Memory(tuple(documents), tuple(pages)), LATEST, 10))
    assert likely == ["", "教育局/", "民政局/"]
    assert len(others) == 4


def test_a_level_that_was_empty_is_looked_at_and_a_further_page_of_a_list_is_not() -> None:
    pages = (
        page("", "政府信息公开年报", None),
        page("2025/", "2025年", led=False),
        page("index_1.html", "政府信息公开年报", led=False),
    )
    memory = Memory((report(ROOT, 2024), report(ROOT, 2024, 1)), pages)
    assert paths(looks(memory, LATEST, 10)) == (["", "2025/"], [])


def test_pages_that_link_each_other_are_told_in_a_fixed_order() -> None:
    pages = (page("a/", "甲局", f"{ROOT}b/"), page("b/", "乙局", f"{ROOT}a/"))
    assert paths(looks(Memory((report(f"{ROOT}a/", 2024),), pages), LATEST, 10)) == (["a/", "b/"], [])


def test_what_no_page_led_to_is_not_looked_for() -> None:
    assert looks(Memory(), LATEST, 10) == Looks()
