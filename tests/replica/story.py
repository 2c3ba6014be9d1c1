"""A report before it is HTML or PDF: title, running text in the replica's own words, three tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.replica.figures import Figures
from tests.replica.grids import Grid, disputes_grid, proactive_grids, requests_grid
from tests.replica.statutory import SECTIONS
from tests.replica.truth import value_of


def as_it_is(grid: Grid) -> Grid:
    """The form's own table, unchanged."""
    return grid


@dataclass(frozen=True)
class Story:
    """What a report is about and how it is told.

    `title` is made from unit and year when empty. `voice` picks one of three wordings. `signed` and
    `published` are ISO dates, printed only when given; `author` is the body that the preamble names;
    `spelling` is how labels are printed (see grids.respell); `rewrite` makes of each table what an office made of it.
    """

    unit: str
    level: str
    year: int
    figures: Figures
    title: str = ""
    voice: int = 0
    preamble: bool = True
    author: str | None = None
    signed: str | None = None
    published: str | None = None
    spelling: str = "statutory"
    rewrite: Callable[[Grid], Grid] = as_it_is

    @property
    def heading(self) -> str:
        return self.title or f"{self.unit}{self.year}年政府信息公开工作年度报告"


@dataclass(frozen=True)
class Block:
    """A piece of a report: kind is title, text, heading, table or signature."""

    kind: str
    text: str = ""
    grid: Grid | None = None


@dataclass(frozen=True)
class Voice:
    """One wording of a report's running text; {} fields are filled from the story."""

    opening: str
    overall: tuple[str, ...]
    after_proactive: str
    after_disputes: str
    problems: tuple[str, ...]
    rest: str


VOICES = (
    Voice(
        "按照《中华人民共和国政府信息公开条例》规定，{body}整理了{year}年的公开工作情况，形成本报告。"
        "表中数字的统计期限自{year}年1月1日起至{year}年12月31日止。",
        (
            "（一）主动公开。这一年我们把群众问得最多的事项排在门户网站的前面，登载各类信息{notices}条。",
            "（二）依申请公开。全年新收申请{received}件，答复前先打电话问清申请人需要什么。",
            "（三）政府信息管理。文件在起草时就写明能否公开，发出之前由经办人再核对一遍。",
            "（四）平台建设。网站检索换了新的词表，失效的链接每季度清理一次。",
            "（五）监督保障。公开工作列入年底评议，结果在机关内通报。",
        ),
        "表中数字由各科室报送，汇总时逐项核对。",
        "",
        (
            "一是有的栏目更新不及时；二是解读写得太长，看的人少。",
            "下一年将定出每个栏目的更新日期，解读先写结论。",
        ),
        "本年度没有收取信息处理费。没有其他需要报告的事项。",
    ),
    Voice(
        "现依照《中华人民共和国政府信息公开条例》公布{body}{year}年度报告，全文分为六个部分，"
        "所用数据自{year}年1月1日起至{year}年12月31日止。",
        (
            "{year}年，公开工作围着企业和居民办事展开，网上共发布信息{notices}条。",
            "收到的{received}件新申请都登记编号，办理进度可以在窗口查到。",
            "责任科室每月自查一次，发现的错漏当月改正。",
        ),
        "",
        "涉诉事项由法制科室统一应对，情况见上表。",
        ("问题主要是基层人手不足，答复文书的格式不统一。", "今后准备印发一份文书样本，并安排两次培训。"),
        "未发生信息处理费。",
    ),
    Voice(
        "根据《中华人民共和国政府信息公开条例》第五十条，编写{body}{year}年工作年报。"
        "统计期限为{year}年1月1日至{year}年12月31日。",
        (
            "（一）公开的内容。以预算、重大项目和民生补贴为主，全年{notices}条。",
            "（二）申请的办理。新收{received}件，没有超过法定时限的。",
            "（三）管理和保障。专人负责，年中和年末各检查一回。",
        ),
        "以上为全年累计数。",
        "",
        ("有些信息埋得太深，老年人不容易找到。", "打算在首页加一个大字入口，并在村居张贴索引。"),
        "没有收取信息处理费，也没有另外需要说明的事情。",
    ),
)


def compose(story: Story, *, tables: bool = True, separate: bool = False) -> list[Block]:
    """The report from its title to its signature.

    `separate` prints the four or five parts of table two as tables of their own; without `tables` the
    running text points to the attachment instead.
    """
    voice = VOICES[story.voice]

    def say(template: str) -> Block:
        return Block("text", template.format(**_fields(story)))

    blocks = [Block("title", story.heading)]
    if story.preamble:
        blocks.append(say(voice.opening))
        if story.author:
            blocks.append(Block("text", f"本报告由{story.author}编制。"))
    middle = [
        proactive_grids(story.figures, separate),
        [requests_grid(story.figures)],
        [disputes_grid(story.figures)],
    ]
    after = [voice.after_proactive, "", voice.after_disputes]
    blocks += [Block("heading", SECTIONS[0]), *map(say, voice.overall)]
    for heading, grids, sentence in zip(SECTIONS[1:4], middle, after, strict=True):
        blocks.append(Block("heading", heading))
        blocks += (
            [Block("table", grid=story.rewrite(grid)) for grid in grids]
            if tables
            else [Block("text", "数据见附件中的表格。")]
        )
        blocks += [say(sentence)] if sentence and tables else []
    blocks += [Block("heading", SECTIONS[4]), *map(say, voice.problems)]
    blocks += [Block("heading", SECTIONS[5]), say(voice.rest)]
    if story.signed:
        year, month, day = map(int, story.signed.split("-"))
        blocks += [
            Block("signature", story.author or story.unit),
            Block("signature", f"{year}年{month}月{day}日"),
        ]
    return blocks


def _fields(story: Story) -> dict[str, object]:
    path = "requests.new_received.total"
    received = value_of(path, story.figures.cells[path])
    notices = 300 + 7 * story.year % 400 + 11 * len(story.unit)
    return {
        "body": story.author or story.unit,
        "year": story.year,
        "received": "若干" if received is None else received,
        "notices": notices,
    }
