"""What a document says of whose it is and of which year, the page's own place in its portal included."""

from __future__ import annotations

import pytest

from parsers import Hint, read

TITLE = "红旗区教育局2023年政府信息公开工作年度报告"
BODY = f"""<h1>{TITLE}</h1><p>本报告由红旗区教育局办公室编制，依据《中华人民共和国政府信息公开条例》。</p>
<p>统计期限自2023年1月1日起至2023年12月31日止。</p>
<h2>一、总体情况</h2><p>2023年，平稳。</p><h2>二、主动公开政府信息情况</h2><p>见表。</p>
<h2>三、收到和处理政府信息公开申请情况</h2><p>见表。</p><h2>四、行政复议、行政诉讼情况</h2><p>无。</p>
<h2>五、存在的主要问题及改进情况</h2><p>无。</p><h2>六、其他需要报告的事项</h2><p>无。</p>
<p>红旗区教育局</p><p>2024年1月12日</p>"""


def candidates(head: str = "", crumbs: str = "") -> dict[str, list[str]]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{crumbs}{BODY}</body></html>"
    found: dict[str, list[str]] = {}
    for one in read(page.encode(), Hint("page.html")).candidates:
        found.setdefault(f"{one.what} {one.evidence}", []).append(one.value)
    return found


def test_all_that_the_text_says_is_kept() -> None:
    assert candidates() == {
        "unit title": ["红旗区教育局"],
        "unit made_by": ["红旗区教育局办公室"],
        "unit signature": ["红旗区教育局"],
        "year title": ["2023"],
        "year period": ["2023"],
        "year signed": ["2023"],
        "year text": ["2023"],
    }


@pytest.mark.parametrize(
    ("trait", "crumbs", "unit"),
    [
        (
            "separators in one text",
            '<div class="crumbs">当前位置：首页 &gt; 政务公开 &gt; 民政局 &gt; 年报</div>',
            "民政局",
        ),
        (
            "a list of links",
            '<ul id="dqwz"><li>您的位置：</li><li><a>首页</a></li><li><a>部门公开</a></li><li>民政局</li></ul>',
            "民政局",
        ),
        ("groups are no bodies", '<div class="position"><a>首页</a>&gt;<a>部门</a>&gt;<a>街道办事处</a></div>', None),
        ("a body's directory", '<p class="path"><a>首页</a>›<a>民政局信息公开目录</a></p>', "民政局"),
        ("the site's name first", '<div class="location">红旗区人民政府 &gt; 政务公开</div>', "红旗区人民政府"),
        ("the body below the site", '<div class="location">红旗区人民政府 / 云台镇 / 年报</div>', "云台镇"),
        ("no breadcrumb at all", '<div class="menu"><a>民政局</a><a>司法局</a></div>', None),
        ("a whole menu called so", f'<div class="position">{"<a>民政局 &gt; 司法局</a>" * 30}</div>', None),
    ],
)
def test_the_body_in_a_breadcrumb(trait: str, crumbs: str, unit: str | None) -> None:
    assert candidates(crumbs=crumbs).get("unit breadcrumb") == (None if unit is None else [unit]), trait


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("红旗区民政局", "红旗区民政局"),
        ("来源： 红旗区民政局", "红旗区民政局"),
        ("本网", None),
        ("", None),
        ("张三", None),
    ],
)
def test_the_source_in_the_page_s_metadata(content: str, source: str | None) -> None:
    found = candidates(f'<meta name="ContentSource" content="{content}">').get("unit source")
    assert found == (None if source is None else [source])


@pytest.mark.parametrize(
    ("content", "code"), [("4107020001", "410702"), ("bm4107020001", "410702"), ("41", None), ("", None)]
)
def test_the_site_s_code(content: str, code: str | None) -> None:
    found = candidates(f'<meta name="SiteIDCode" content="{content}">').get("unit site_code")
    assert found == (None if code is None else [code])
