"""While crawling: is this page a report?"""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import looks_like_report
from parsers.evidence import MOST_BYTES, vetoed

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
REPORTS = ("trial-form", "nested-layout", "one-table", "tables-as-pictures", "legacy-2016")
TITLE = "青石县2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("name", REPORTS)
def test_reports(name: str) -> None:
    verdict = looks_like_report((GOLDEN / f"{name}.html").read_bytes())
    assert verdict.is_report
    assert len(verdict.signs) >= 2
    assert verdict.title is not None


def test_the_same_in_gb18030_and_as_text() -> None:
    page = (GOLDEN / "nested-layout.html").read_text("utf-8")
    assert looks_like_report(page) == looks_like_report(page.encode("gb18030"))
    assert looks_like_report(page).title == "青石县水务局2022年政府信息公开工作年度报告"


def test_a_notice_that_names_all_the_signs() -> None:
    assert not looks_like_report((GOLDEN / "look-alike-notice.html").read_bytes()).is_report


def test_a_list_of_reports_is_none() -> None:
    links = "".join(
        f'<li><a href="/{year}">青石县{year}年政府信息公开工作年度报告</a></li>' for year in range(2015, 2024)
    )
    menu = '<a href="/tl">中华人民共和国政府信息公开条例</a><a href="/fee">政府信息公开信息处理费管理办法</a>'
    verdict = looks_like_report(f"<html><title>政府信息公开年报</title><body>{menu}<ul>{links}</ul></body></html>")
    assert not verdict.is_report
    assert verdict.signs == []


def test_a_page_that_only_leads_to_the_file() -> None:
    page = f'<html><body><h1>{TITLE}</h1><p>附件：<a href="a.pdf">{TITLE}.pdf</a></p></body></html>'
    verdict = looks_like_report(page)
    assert (verdict.is_report, verdict.title) == (False, TITLE)


def test_scripts_and_comments_are_not_evidence() -> None:
    page = f"<h1>{TITLE}</h1><script>var a = '勾稽关系 第二十条第（一）项';</script><!-- 勾稽关系 信息处理费 -->"
    assert looks_like_report(page).signs == []


def test_a_guide_is_no_report() -> None:
    page = (
        "<title>青石县政府信息公开指南</title><h1>青石县政府信息公开指南</h1>"
        "<p>依据《中华人民共和国政府信息公开条例》，超出合理范围的收取信息处理费。</p>"
    )
    assert not looks_like_report(page).is_report


def test_only_the_first_part_of_an_endless_page_is_judged() -> None:
    page = b"<p>.</p>" * (MOST_BYTES // 8) + "<p>勾稽关系 第二十条第（一）项</p>".encode()
    assert looks_like_report(page).signs == []


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("关于做好2023年政府信息公开工作年度报告编制发布工作的通知", True),
        ("一图读懂青石县2023年政府信息公开工作年度报告", True),
        ("青石县2023年法治政府建设年度报告", True),
        ("青石县政府网站工作年度报表", True),
        ("青石县2023年度部门决算", True),
        (TITLE, False),
        (f"{TITLE}-公开目录-青石县", False),
        (f"关于发布{TITLE}的通知", False),
    ],
)
def test_vetoes(title: str, wanted: bool) -> None:
    assert vetoed(title) is wanted


@pytest.mark.parametrize("unit", ["青石县培训中心", "青石县会议中心", "青石县财政预算编审中心", "青石县债务管理中心"])
def test_a_unit_whose_own_name_holds_a_word_of_other_papers_is_not_vetoed(unit: str) -> None:
    assert not vetoed(f"{unit}2024年政府信息公开工作年度报告")
    assert vetoed(f"{unit}关于做好2024年政府信息公开工作年度报告编制工作的通知")
    assert vetoed(f"一图读懂{unit}2024年政府信息公开工作年度报告")
