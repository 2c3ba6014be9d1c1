"""The years and units of a column: below it, beside it, in drop-down lists."""

from __future__ import annotations

import pytest

from crawler.discovery import Wanted
from tests.crawler.fakes import (
    COLUMN,
    HOME,
    SIGNED,
    TITLE,
    WIDE,
    Pages,
    crawled,
    links,
    page,
    portal,
    report,
)


def test_years_and_units_of_the_column_are_expanded() -> None:
    rows = links(("2023年", "2023/"), ("部门", "bm/"), ("2023年", "/other/2023/"))
    pages = portal(**{"/gk/nb/": page(rows + links((TITLE.format(2024), "2024.html")))})
    pages[f"{COLUMN}2023/"] = page(links((TITLE.format(2023), "../2023.html")))
    pages[f"{COLUMN}bm/"] = page(links(("里湖区教育局2024年政府信息公开年报", "e.html")))
    pages[f"{COLUMN}bm/e.html"] = report("里湖区教育局2024年政府信息公开年报")
    crawl, web, _ = crawled(pages)
    assert len(crawl.reports) == 3
    assert f"{HOME}other/2023/" not in web.asked


@pytest.mark.parametrize(
    "label",
    [
        "【2020】",
        "2019年&gt;",
        "·教育局",
        "2008-2018年",
        "2024年县直部门",
        "2024年度乡镇年报",
        "2023年县政府",
        "垂管单位",
        "群团组织",
        "县总工会",
        "红十字会",
    ],
)
def test_levels_are_read_whatever_stands_around_them(label: str) -> None:
    pages = portal(**{"/gk/nb/": page(links((label, "a/"), (TITLE.format(2024), "2024.html")))})
    pages[f"{COLUMN}a/"] = page(links((TITLE.format(2023), "../2023.html")))
    assert len(crawled(pages)[0].reports) == 2


def test_a_year_before_a_group_s_name_counts_as_the_level_s_year() -> None:
    levels = links(("2019年县直部门", "a/"), ("2008-2018年", "b/"), ("2022年县直部门", "c/"))
    pages = portal(**{"/gk/nb/": page(levels)})
    asked = crawled(pages, Wanted(since=2020))[1].asked
    assert [path for path in "abc" if f"{COLUMN}{path}/" in asked] == ["c"]


def test_a_year_of_a_column_before_the_one_wanted_is_not_opened() -> None:
    rows = links((TITLE.format(2024), "2024.html"), ("2019年", "2019/"), ("2023年", "2023/"))
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/2023/": page(links((TITLE.format(2023), "../2023.html")))})
    asked = crawled(pages, Wanted(since=2022))[1].asked
    assert f"{COLUMN}2023/" in asked
    assert f"{COLUMN}2019/" not in asked


def test_counties_of_a_city_s_column_are_its_levels() -> None:
    rows = links((TITLE.format(2024), "2024.html"), ("湖东县", "hdx/"), ("湖西区", "/hxq/"))
    county = "湖东县2024年政府信息公开工作年度报告"
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/hdx/": page(links((county, "1.html")))})
    pages[f"{COLUMN}hdx/1.html"] = report(county)
    _, web, book = crawled(pages)
    assert f"{COLUMN}hdx/1.html" in book.kept
    assert f"{HOME}hxq/" not in web.asked
    assert f"{COLUMN}hdx/" not in crawled(pages, Wanted("government"))[1].asked


def beside(labels: dict[str, str], at: str = "col/col7/index.html", menu: str = "", more: str = "") -> Pages:
    """A column whose address is a number, and levels that are its neighbours; each leads to a report of its own."""
    tabs = links(*((label, f"/{path}") for path, label in labels.items()))
    pages: Pages = {HOME: page(links(("政府信息公开年报", f"/{at}")) + menu), f"{HOME}{at}": page(tabs + more)}
    for number, (path, label) in enumerate(labels.items()):
        title = f"里湖区{label}2024年政府信息公开工作年度报告"
        pages[f"{HOME}{path}"] = page(links((title, f"/art/{number}.html")))
        pages[f"{HOME}art/{number}.html"] = report(title)
    return pages


def test_levels_lie_beside_a_column_whose_address_is_a_number() -> None:
    labels = {"col/col8/index.html": "2023年", "col/col9/index.html": "教育局", "col/col10/index.html": "更多>>"}
    assert len(crawled(beside(labels))[2].kept) == 3
    by_query = {"list.aspx?cid=8": "2023年", "list.aspx?cid=9": "教育局"}
    assert len(crawled(beside(by_query, "list.aspx?cid=7"))[2].kept) == 2


def test_what_stands_in_the_portal_s_menu_or_is_called_otherwise_is_no_level_beside_a_column() -> None:
    labels = {"col/col8/index.html": "公安局", "col/col9/index.html": "通知公告", "zwgk/8/index.html": "2022年"}
    pages = beside(labels, menu=links(("公安局", "/col/col8/index.html")))
    assert crawled(pages)[2].kept == {}


def test_levels_that_lead_to_nothing_are_given_up_after_a_few() -> None:
    labels = {f"col/col{number}/index.html": f"{number}号局" for number in range(20, 60)}
    labels = {
        path: f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'东南西北'[number // 10]}局" for number, path in enumerate(labels)
    }
    pages = beside(labels) | {f"{HOME}{path}": page("<p>机构职能</p>" + WIDE) for path in labels}
    asked = crawled(pages)[1].asked
    assert len([url for url in asked if "/col/col" in url and "col7" not in url]) == 4


def test_the_government_s_column_alone_takes_years_beside_it_and_no_units() -> None:
    labels = {"col/col8/index.html": "2023年", "col/col9/index.html": "教育局"}
    asked = crawled(beside(labels), Wanted("government"))[1].asked
    assert f"{HOME}col/col8/index.html" in asked
    assert f"{HOME}col/col9/index.html" not in asked


def test_years_stand_in_a_drop_down_list_and_below_a_file_of_the_root() -> None:
    choices = '<option>选择</option><option value="all">全部</option><option value="/nb/2023.htm">2023年</option>'
    pages = {
        HOME: page(links(("政府信息公开年报", "/nb.htm"))),
        f"{HOME}nb.htm": page(f"<select>{choices}</select>"),
        f"{HOME}nb/2023.htm": page(links((TITLE.format(2023), "/r.htm"))),
        f"{HOME}r.htm": report(TITLE.format(2023)),
    }
    _, web, book = crawled(dict(pages))
    assert list(book.kept) == [f"{HOME}r.htm"]
    assert f"{HOME}all" not in web.asked


def test_what_only_labels_speak_for_does_not_branch_for_ever() -> None:
    pages = beside({"col/col8/index.html": "更多>>"})
    for number in range(8, 60):
        more = links(("更多>>", f"/col/col{number + 1}/index.html"), ("水务局", f"/col/col{number + 100}/index.html"))
        pages[f"{HOME}col/col{number}/index.html"] = page(more + WIDE + str(number))
    asked = crawled(pages)[1].asked
    assert [url for url in asked if "/col/" in url and "col7" not in url] == [f"{HOME}col/col8/index.html"]


@pytest.mark.parametrize("label", ["{}年", "里湖区人民政府{}年政府信息公开工作年度报告"])
def test_a_column_that_is_its_newest_report_names_the_others_beside_it(label: str) -> None:
    others = links(*((label.format(year), f"{year}.html") for year in (2023, 2022)))
    pages = portal(**{"/gk/nb/": report(TITLE.format(2024), others), "/gk/nb/2022.html": report(TITLE.format(2022))})
    assert sorted(crawled(pages)[2].kept) == [COLUMN, f"{COLUMN}2022.html", f"{COLUMN}2023.html"]


def test_a_year_s_page_is_the_report_whatever_it_is_called_and_whatever_stands_beside_it() -> None:
    years = links(*((f"{year}年", f"/gk/nb/{year}/") for year in range(2020, 2024)))
    pages = portal(**{"/gk/nb/": page(years)})
    for year in range(2020, 2024):
        pages[f"{COLUMN}{year}/"] = page(f"<h1>里湖镇_{year}年</h1>{SIGNED}{years}")
    assert len(crawled(pages)[2].kept) == 4
    listed = links((TITLE.format(2021), "/gk/nb/r.html"))
    pages[f"{COLUMN}2021/"] = page(f"<h1>2021年</h1>{SIGNED}{years}{listed}")
    assert f"{COLUMN}2021/" not in crawled(pages)[2].kept
