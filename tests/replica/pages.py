"""The plain pages around the reports: home pages, lists, articles. Words of the replica's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_FOOT = "仿真网页：为测试而作，不是政府网站；除抄录的数字外均为虚构"


@dataclass(frozen=True)
class Row:
    """A line of a list: what it says, where it leads, the date beside it.

    `shown` is the text of the anchor when it differs from the full title (cut off with …), which then
    stands in the anchor's title attribute.
    """

    title: str
    href: str
    date: str = "2025-01-20"
    shown: str = ""


@dataclass(frozen=True)
class Link:
    """An anchor whose inside is HTML already (a label may be broken by <br>)."""

    label: str
    href: str


def page(site: str, title: str, body: str, head: str = "") -> str:
    """A whole page: the site's head, what stands in it, the foot that says what this is."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head>'
        f"<title>{escape(title)}_{escape(site)}</title>"
        f'<meta name="SiteName" content="{escape(site)}">{head}</head>\n<body>\n'
        f'<div class="top"><a href="/">{escape(site)}</a></div>\n{body}\n'
        f'<div class="foot"><p>{_FOOT}</p></div>\n</body></html>\n'
    )


def menu(links: Iterable[Link]) -> str:
    items = "".join(f'<li><a href="{escape(link.href)}">{link.label}</a></li>' for link in links)
    return f'<ul class="nav">{items}</ul>'


def rows_html(rows: Iterable[Row]) -> str:
    """The lines of a list, dates beside them."""
    lines = []
    for row in rows:
        given = f' title="{escape(row.title)}"' if row.shown else ""
        anchor = f'<a href="{escape(row.href)}"{given} target="_blank">{escape(row.shown or row.title)}</a>'
        lines.append(f"<li>{anchor}<span>{row.date}</span></li>")
    return '<ul class="list">\n' + "\n".join(lines) + "\n</ul>"


def crumbs(*names: str) -> str:
    return '<div class="crumbs">当前位置：' + " &gt; ".join(escape(name) for name in ("首页", *names)) + "</div>"


def article(title: str, paragraphs: Iterable[str]) -> str:
    """An ordinary article: what lists are full of."""
    return f'<h1 class="title">{escape(title)}</h1>\n' + "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs)


# Articles whose title or text resembles a report's: title pattern (by unit and year) and what they say.
LOOK_ALIKES: dict[str, tuple[str, tuple[str, ...]]] = {
    "law": (
        "{unit}{year}年法治政府建设年度报告",
        ("这里写的是依法行政：行政复议和行政诉讼的应诉、执法案卷的评查、学法的安排。", "与公开工作无关。"),
    ),
    "website": (
        "{unit}{year}年政府网站工作年度报表",
        ("网站填报单位、独立用户访问总量、信息发布总数等见下表，下表从略。",),
    ),
    "chart": ("【图解】{unit}{year}年政府信息公开工作年度报告", ("一张图看完全年要点，文字版另见。",)),
    "notice": (
        "关于做好{year}年政府信息公开工作年度报告编制发布工作的通知",
        (
            "各单位：请按《中华人民共和国政府信息公开条例》第五十条准备年度报告。",
            "统计期限自{year}年1月1日起至{year}年12月31日止，内容分总体情况、主动公开政府信息情况、"
            "收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。",
            "请在一月底前报送，逾期不候。",
        ),
    ),
    "guide": (
        "{unit}政府信息公开指南",
        ("本指南说明到哪里查、怎样申请。依据是《中华人民共和国政府信息公开条例》。",),
    ),
    "system": ("{unit}政府信息公开制度汇编", ("汇编收录保密审查、属性认定、答复时限等制度，按年修订。",)),
    "budget": ("{unit}{year}年度部门决算", ("收支表从略。",)),
    "work": ("{unit}{year}年政务公开工作要点", ("要点共四条，分工见附件。",)),
}

NOISE = (
    "{unit}召开公开工作培训会",
    "{unit}开展食品摊点夜间巡查",
    "{unit}春季植树安排",
    "{unit}老旧小区改造进度通报",
    "{unit}公共厕所开放时间调整",
    "{unit}农田水渠清淤完成",
    "{unit}高考期间交通提示",
    "{unit}冬季供热测温结果",
    "{unit}社区图书角启用",
    "{unit}防汛物资清点",
    "{unit}公益性岗位招聘公示",
    "{unit}残疾人证办理流程调整",
    "{unit}乡村公路养护计划",
    "{unit}校园周边整治小结",
)
