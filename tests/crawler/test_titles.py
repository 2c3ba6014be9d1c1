"""What a report's title looks like, and what only resembles one. Units are made up, shapes were seen."""

from __future__ import annotations

import pytest

from crawler.titles import report_title, year_in, years_in

REPORTS = {
    "canonical": ("里湖区2024年政府信息公开工作年度报告", 2024),
    "年度 before 政府": ("里湖区2023年度政府信息公开工作年度报告", 2023),
    "year first": ("2022年里湖区人民政府政府信息公开工作年度报告", 2022),
    "no 年度 before 报告": ("里湖区云台镇2024年度政府信息公开工作报告", 2024),
    "年度 and 工作 swapped": ("里湖区云台镇2024年政府信息公开年度工作报告", 2024),
    "year inside": ("里湖区人民政府政府信息公开工作2021年度报告", 2021),
    "no 政府": ("里湖区人民政府2019年信息公开工作年度报告", 2019),
    "政务": ("里湖区市场监管局2016 政务信息公开年度报告", 2016),
    "的, no unit": ("关于2016年政府信息公开工作的年度报告", 2016),
    "no unit": ("2025年政府信息公开工作年度报告", 2025),
    "机关 in brackets": ("云台镇2019 政府(机关)信息公开年度报告", 2019),
    "年报": ("里湖区教育局2023年政府信息公开年报", 2023),
    "full-width digits": ("里湖区２０２０年政府信息公开工作年度报告", 2020),
    "Chinese digits": ("里湖区二〇二二年政府信息公开工作年度报告", 2022),
    "blanks and a line break": ("里湖区人民政府办公室\n 2024 年政府信息公开 工作年度报告", 2024),
    "cut off in a list": ("里湖区人民政府关于2019年度政府信息公开…", 2019),
    "cut off by dots": ("里湖区人民政府2018年政府信息公开工作年度...", 2018),
    "date of publication after it": ("里湖区2020年政府信息公开年度报告2021-01-20", 2020),
    "finance bureau": ("里湖区财政局2024年政府信息公开工作年度报告", 2024),
    "health commission": ("里湖区卫生健康委员会2024年政府信息公开工作年度报告", 2024),
    "posts commission": ("里湖区机构编制委员会办公室2024年政府信息公开年度报告", 2024),
    "family planning": ("里湖区卫生和计划生育局2017年政府信息公开工作年度报告", 2017),
    "press bureau": ("里湖区新闻出版局2015年政府信息公开年度报告", 2015),
    "performance office": ("里湖区绩效考核办公室2018年政府信息公开工作年度报告", 2018),
    "debt office": ("里湖区财政局政府债务管理中心2023年政府信息公开年度报告", 2023),
    "valuation centre behind": ("2019年政府信息公开年度报告（里湖区土地评估中心）", 2019),
    "federation behind": ("2022年政府信息公开工作年度报告-里湖区残疾人联合会", 2022),
    "column and site behind": ("里湖区2022年政府信息公开工作年度报告-通知公告-里湖区新闻网", 2022),
    "情况的报告": ("里湖区环保局关于2012年度政府信息公开工作情况的报告", 2012),
    "年 twice": ("里湖区2020年政府信息公开年年度报告", 2020),
    "Chinese digits with a Latin O": ("里湖区二O一八年政府信息公开工作年度报告", 2018),
    "letters and statistics": ("里湖区统计局2021年政府信息公开工作年度报告", 2021),
}
LOOK_ALIKES = {
    "law": "里湖区2023年度法治政府建设年度报告",
    "website report": "里湖区2024年政府网站工作年度报表",
    "website in the column's words": "里湖区2024年政府信息公开网站年度报表",
    "accounts": "里湖区教育局2023年度部门决算",
    "government work report": "2024年里湖区政府工作报告",
    "statistics": "里湖区2023年国民经济和社会发展统计公报",
    "guide": "里湖区政府信息公开指南（2024年版）",
    "system": "里湖区2024年政府信息公开制度",
    "explained": "里湖区2024年政府信息公开工作年度报告解读",
    "drawn": "【图解】里湖区2024年政府信息公开工作年度报告",
    "at a glance": "一图读懂里湖区2024年政府信息公开工作年度报告",
    "notice that holds the whole phrase": "关于做好2024年政府信息公开工作年度报告编制发布工作的通知",
    "letter that asks for them": "关于催报2017年政府信息公开年度报告的函",
    "news of their publication": "里湖区按时公布2022年政府信息公开工作年度报告",
    "opinions asked": "关于征求2023年政府信息公开工作年度报告意见的公告",
    "set right": "关于2022年政府信息公开年度报告有关问题的整改通报",
    "moving picture": "视频：里湖区2022年政府信息公开工作年度报告",
    "plan": "里湖区2024年政务公开工作要点",
    "summary": "里湖区2024年政府信息公开工作总结",
    "training": "里湖区召开2024年政府信息公开年度报告培训会",
    "third party": "里湖区2024年政务公开第三方评估报告",
    "company": "里湖区自来水公司2023年企业年度报告",
    "debt": "里湖区2023年政府债务管理年度报告",
    "performance": "里湖区2023年财政绩效评价报告",
}


@pytest.mark.parametrize("trait", REPORTS)
def test_report_titles_pass_with_their_year(trait: str) -> None:
    text, year = REPORTS[trait]
    title = report_title(text)
    assert title is not None
    assert title.year == year


@pytest.mark.parametrize("trait", LOOK_ALIKES)
def test_look_alikes_do_not_pass(trait: str) -> None:
    assert report_title(LOOK_ALIKES[trait]) is None


def test_a_title_without_a_year_passes_without_one() -> None:
    title = report_title("政府信息公开工作年度报告")
    assert title is not None
    assert title.year is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025-01-20", None),
        ("文号20240056", None),
        ("第2024页", 2024),
        ("2025年1月20日发布的2024年度报告", 2024),
        ("二〇一九年", 2019),
        ("", None),
    ],
)
def test_year_in(text: str, year: int | None) -> None:
    assert year_in(text) == year


def test_every_year_of_a_title_is_kept() -> None:
    assert years_in("云台镇2020年政府信息公开工作2021年度报告") == [2020, 2021]
    assert years_in("里湖区2022年政府信息公开工作年度报告 2023-01-12") == [2022]
