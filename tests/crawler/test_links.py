"""Links: harvested from a page, and judged by what they promise."""

from __future__ import annotations

import re
from itertools import product

import pytest

from crawler.harvest import Anchor, harvest, undressed
from crawler.links import Judged, Place, is_unit_directory, judge
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import STYLES, report_html
from tests.replica.story import Story

URL = "http://www.lihu.gov.cn/zwgk/"
SITE = "lihu.gov.cn"


def labels(html: str) -> dict[str, str]:
    return {anchor.label: anchor.url for anchor in harvest(html, URL).anchors}


def judged(label: str, url: str = f"{URL}a/", place: Place | None = None, beside: tuple[str, ...] = ()) -> Judged:
    return judge(Anchor(url, label, beside=beside), place or Place(0, SITE), SITE)


def in_column(government_only: bool = False) -> Place:
    return Place(1, SITE, column="www.lihu.gov.cn/zwgk/nb/", government_only=government_only)


@pytest.mark.parametrize(
    ("trait", "html"),
    [
        ("split by br", "<a href=nb/>政府信息<br>公开年报</a>"),
        ("nbsp and newline", "<a href=nb/>政府&nbsp;信息\n 公开年报</a>"),
        ("span soup", "<a href=nb/><span>政府</span><b>信息公开</b>年报</a>"),
        ("title of a picture's link", '<a href=nb/ title="政府信息公开年报"><img src=x.png></a>'),
        ("alt of a picture", '<a href=nb/><img src=x.png alt="政府信息公开年报"></a>'),
        ("map area", '<map><area href=nb/ title="政府信息公开年报"></map>'),
        ("onclick", "<a href=# onclick=\"location.href='nb/'\">政府信息公开年报</a>"),
        ("window.open", "<a href=\"javascript:window.open('nb/')\">政府信息公开年报</a>"),
    ],
)
def test_labels_are_read_whatever_they_are_written_in(trait: str, html: str) -> None:
    assert labels(html) == {"政府信息公开年报": "http://www.lihu.gov.cn/zwgk/nb/"}, trait


def test_a_page_dressed_by_word_reads_as_the_same_page_bare() -> None:
    bare = (
        '<title>年报</title><h1>里湖区2022年政府信息公开工作年度报告</h1><div class="position">首页</div>'
        "<table><tr><td>附件:工作年度报告</td><td><a href=1.pdf>下载</a></td></tr></table>"
        "<li>二<a href=2.doc>查看</a></li>"
    )
    dressed = re.sub("([首报告下二])", r'<span style="font-family:宋体">\1</span>', bare)
    one, other = harvest(bare, URL), harvest(dressed, URL)
    assert dressed.count("<span") == 8
    assert (one, one.heading) == (other, other.heading)


def test_a_span_that_says_where_the_page_stands_is_no_dress() -> None:
    html = '<span class="position" style="color:red">首页>年报</span><span style="x"><b>一</b></span>'
    assert undressed(html) == html
    assert harvest(html, URL).heading == "首页>年报"


LINKED = (
    "<tr><td>附件</td><td><a href=1.pdf>下载</a></td></tr>",
    "<TR><TD>扫描件</TD><TD><A HREF=2.pdf>查看</A></TD></TR>",
    "<a href=3.doc><table><tr><td>里湖区2022年</td></tr><tr><td>年度报告</td></tr></table></a>",
    "<tr><td><table><tr><td>一</td></tr></table></td><td><iframe src=4.pdf></iframe></td></tr>",
    "<tr><td>未合上<tr><td><a href=5.xls>表</a></td></tr>",
    "<tr><td><!-- <tr><td> --><a href=6.docx>文</a></td></tr>",
    '<script>s="<tr><td>"</script><a href=7.zip>包</a>',
    "<tr",
)


@pytest.mark.parametrize(("style", "linked"), list(product(STYLES, LINKED)))
def test_a_report_s_links_and_title_are_the_same_without_its_rows_of_figures(style: str, linked: str) -> None:
    story = Story("里湖区", "county", 2022, invented("links", "2021"))
    html = page(story.unit, story.heading, f"{report_html(story, style)}{linked}{report_html(story, style)}")
    whole, brief = harvest(html, URL), harvest(html, URL, report=True)
    assert brief == whole
    assert whole.title == story.heading


@pytest.mark.parametrize("piece", ["<tr", "<tr>", "<tr><td", "<tr><td>", "<a ", "<a><tr>", '<span style="'])
def test_a_page_of_unclosed_rows_takes_no_time(piece: str) -> None:
    # The square of this size would take hours; all portals of a crawl share one process.
    harvest(piece * (1_000_000 // len(piece)), URL, report=True)


@pytest.mark.parametrize("slug", ["xxgknb", "ndbg", "bmxxgkndbg", "zfxxgkgznb", "zfxxgknb_81484", "bmnb", "gknbz"])
def test_a_slug_in_a_script_s_argument_is_a_folder(slug: str) -> None:
    html = f"<a href=\"javascript:goXxgkml('{slug}')\">年报</a>"
    assert labels(html) == {"年报": f"http://www.lihu.gov.cn/zwgk/{slug}/"}


def test_a_label_that_was_cut_gives_way_to_its_title() -> None:
    html = '<a href=1.html title="里湖区2022年政府信息公开工作年度报告">里湖区2022年政府信息…</a>'
    assert list(labels(html)) == ["里湖区2022年政府信息公开工作年度报告"]


TITLE = "里湖区2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("trait", "html"),
    [
        ("cut without a word", f'<a href=1.html title="{TITLE}">{TITLE[:-2]}</a>'),
        ("the title of what stands inside", f'<a href=1.html><span title="{TITLE}">里湖区2022年…</span></a>'),
        ("a picture in a row", f"<table><tr><td>1</td><td>{TITLE}</td><td><a href=1.html><img src=p.png></a></table>"),
        ("a format in a row", f"<table><tr><td>1</td><td>{TITLE}</td><td><a href=1.html>PDF版下载</a></table>"),
        ("a box of one link", f"<div><p>{TITLE}</p><div><a href=1.html>查看详情</a></div></div>"),
        ("a term and its description", f"<dl><dt>{TITLE}</dt><dd><a href=1.html>查看详情</a></dd></dl>"),
    ],
)
def test_a_link_that_does_not_say_it_itself_is_called_what_stands_around_it(trait: str, html: str) -> None:
    found = [label.removesuffix("查看详情") for label in labels(html)]
    assert found == [TITLE], trait


def test_a_picture_among_many_links_is_called_nothing() -> None:
    html = f"<li>{TITLE}{'<a href=1.html><img src=p.png></a>' * 20}</li>"
    assert set(labels(html)) == {""}


@pytest.mark.parametrize("comment", ["<!-- {} -->", "<!-- {}", "<!--[if IE]>{}<![endif]-->"])
def test_links_in_comments_are_not_there(comment: str) -> None:
    html = "<a href=b/>乙</a>" + comment.format("<a href=old/>政府信息公开年报</a>")
    assert labels(html) == {"乙": "http://www.lihu.gov.cn/zwgk/b/"}


@pytest.mark.parametrize("href", ["mailto:a@b", "javascript:void(0)", "#top", "ftp://x/y", "http://[::1", "tel:1"])
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    found = [anchor for anchor in harvest(f'<a href="{href}">政府信息公开年报</a>', URL).anchors if anchor.url != URL]
    assert found == []


@pytest.mark.parametrize("html", ["", "\x00", '<?xml version="1.0" encoding="gbk"?><a href=b/>乙</a>', "<<<>"])
def test_broken_pages_are_read_without_harm(html: str) -> None:
    harvest(html, URL)


def test_a_base_element_moves_the_links() -> None:
    html = '<base href="http://www.lihu.gov.cn/gk/"><a href=b/>乙</a>'
    assert labels(html) == {"乙": "http://www.lihu.gov.cn/gk/b/"}


@pytest.mark.parametrize(
    "label",
    [
        "政府信息公开年报",
        "信息公开年报",
        "公开年报",
        "政府信息公开年度报告",
        "政府信息公开工作年度报告",
        "区政府信息公开年报",
        "政府信息公开报告",
    ],
)
def test_column_labels(label: str) -> None:
    found = judged(label)
    assert found.kind == "column"
    assert found.score >= 100


def test_a_bare_label_needs_its_surroundings() -> None:
    bare = judged("年报")
    helped = judged("年报", beside=("政府信息公开指南", "政府信息公开制度", "依申请公开"))
    assert (bare.kind, bare.score) == ("column", 40)
    assert helped.score == 65
    assert "menu neighbours +25" in helped.reasons


def test_an_anchor_outranks_a_slug() -> None:
    assert judged("通知公告", "http://www.lihu.gov.cn/zfxxgknb/").kind == "skip"
    assert judged("", "http://www.lihu.gov.cn/zfxxgknb/").kind == "column"


@pytest.mark.parametrize(
    "label",
    [
        "政府网站年度报表",
        "法治政府建设年度报告",
        "部门决算",
        "政府信息公开指南",
        "政府信息公开制度",
        "依申请公开",
        "企业年报",
    ],
)
def test_vetoes_fall_on_the_anchor(label: str) -> None:
    found = judged(label, f"{URL}zfxxgknb/", in_column())
    assert found.kind == "skip"
    assert any(reason.startswith("veto") for reason in found.reasons)


def test_a_veto_does_not_fall_on_the_page_a_link_stands_on() -> None:
    place = Place(1, SITE, heading="政府信息公开指南")
    assert judged("政府信息公开年报", place=place).kind == "column"


def test_hubs_in_their_order() -> None:
    scores = [
        judged(label).score
        for label in (
            "政府信息公开",
            "信息公开",
            "政务公开",
            "政府信息公开目录",
            "法定主动公开内容",
            "网站地图",
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert {judged(label).kind for label in ("政府信息公开", "网站地图")} == {"hub"}


def test_hubs_are_not_followed_from_a_column() -> None:
    assert judged("政府信息公开", place=in_column()).kind == "skip"


@pytest.mark.parametrize(
    "label",
    [
        "2023年",
        "2023",
        "2023年度",
        "区政府",
        "政府办公室",
        "部门",
        "乡镇街道",
        "镇（街道）",
        "乡（镇）",
        "教育局",
        "云台镇",
    ],
)
def test_years_and_units_are_followed_inside_a_column_only(label: str) -> None:
    inside = "http://www.lihu.gov.cn/zwgk/nb/2023/"
    assert judged(label, inside, in_column()).kind == "list"
    assert judged(label, "http://www.lihu.gov.cn/zwgk/other/", in_column()).kind == "skip"
    assert judged(label, inside).kind == "skip"


def test_government_scope_leaves_units_alone() -> None:
    inside = "http://www.lihu.gov.cn/zwgk/nb/x/"
    assert judged("区政府", inside, in_column(government_only=True)).kind == "list"
    assert judged("2023年", inside, in_column(government_only=True)).kind == "list"
    assert judged("教育局", inside, in_column(government_only=True)).kind == "skip"
    assert judged("部门信息公开年报", inside, in_column(government_only=True)).kind == "skip"
    assert judged("部门信息公开", place=Place(0, SITE, government_only=True)).kind == "skip"


def test_unit_directories_are_known_as_such() -> None:
    assert is_unit_directory(judged("部门信息公开"))
    assert all(is_unit_directory(judged(label)) for label in ("县直部门", "区级部门", "县直单位", "各镇街", "政府部门"))
    assert not is_unit_directory(judged("政府信息公开"))


def test_other_sites_and_depth_weigh_against_a_link() -> None:
    here = judge(Anchor(URL, "政府信息公开年报"), Place(0, SITE), SITE)
    there = judge(Anchor("http://www.dahe.gov.cn/a/", "政府信息公开年报"), Place(3, SITE), "dahe.gov.cn")
    assert here.score - there.score == 40 + 15
    assert there.foreign


def test_a_report_is_known_by_its_title_and_year() -> None:
    found = judged("里湖区2022年政府信息公开工作年度报告", "http://www.lihu.gov.cn/2019/t1.html")
    assert (found.kind, found.year) == ("report", 2022)


@pytest.mark.parametrize(
    "url", ["/was5/web/search?q=1", "/big5/nb/", "/hdjl/nb/", "/rili/?date=2024-01-01", "/print/1.html"]
)
def test_traps_are_left_alone(url: str) -> None:
    assert judged("政府信息公开年报", f"http://www.lihu.gov.cn{url}").kind == "skip"


def test_each_decision_has_its_reasons() -> None:
    assert judged("政府信息公开年报", f"{URL}zfxxgknb/").reason == "column 160: label 政府信息公开年报 +100, slug +60"


@pytest.mark.parametrize("label", ["部门年报", "乡镇年报", "区政府年报", "本级年报", "各部门年报"])
def test_a_unit_s_reports_are_a_column_in_a_menu_and_a_level_inside_one(label: str) -> None:
    assert judged(label).kind == "column"
    assert judged(label, f"{URL}nb/bm/", in_column()).kind == "list"


@pytest.mark.parametrize("label", ["2019年以前", "往年", "二〇二一年"])
def test_years_gone_by_and_years_in_words_are_levels(label: str) -> None:
    assert judged(label, f"{URL}nb/old/", in_column()).kind == "list"
    assert judged(label).kind == "skip"


@pytest.mark.parametrize(
    ("path", "weight"),
    [
        ("zfxxgknb_81484/", 60),
        ("xxgknb2024n/list.shtml", 60),
        ("bmxxgknb/", 60),
        ("zfxxgkgzndbg_44/", 60),
        ("zfxxgknan_ew/index.html", 60),
        ("bmnb.htm", 60),
        ("ndbg_1/", 25),
        ("/public/column/24601?action=detail&title=2020&type=3", 90),
        ("/public/column/24601?type=3&action=detail", 90),
        ("/spage.xp?doAction=sindex&unitid=7&frame=nb", 90),
        ("/OpennessContent/XxgkAnnualReport/", 90),
    ],
)
def test_an_address_speaks_for_a_picture_without_words(path: str, weight: int) -> None:
    found = judged("", f"http://www.lihu.gov.cn/{path.lstrip('/')}")
    assert (found.kind, found.score) == ("column", weight)


@pytest.mark.parametrize("path", ["xxgk/", "/public/column/24601?type=4&action=list", "zfxxgkzn/", "nbgz/"])
def test_other_addresses_say_nothing(path: str) -> None:
    assert judged("", f"http://www.lihu.gov.cn/{path.lstrip('/')}").kind == "skip"
