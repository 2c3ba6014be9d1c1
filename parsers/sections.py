"""The report's sections: its running text under the six headings, without tables and without the site's chrome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from parsers.flow import Text, paragraphs, tidy
from parsers.headings import Heading, best_chain, find_heading
from parsers.labels import squeeze
from parsers.report import Section

# Where a page's own text begins after an article.
_AFTER = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|相关(?:文章|信息|链接|附件|稿件|阅读|文件|新闻)[:：]?$|主办(?:单位)?:|承办(?:单位)?:|版权所有|"
    r"网站(?:标识码|地图)|.?ICP备|.?公网安备|友情链接|您是第.{0,9}访问)"
)
_AFTER_SHORT = re.compile(
    r"^(?:附件下载|分享|【?(?:打印|关闭|收藏)|扫一扫|浏览次数|责任编辑|返回顶部|微信(?:微博|分享|扫)|联系我们|信息来源)"
)
_SHORT = 25
# Lines of a page before an article that are none of its text.
_BEFORE = re.compile(
    r"当前位置|您的位置|^首页|发布(?:日期|时间|机构)|^(?:信息)?来源[:：]|^【?字[体号]|浏览次数|点击数|^打印|^分享|^索引号|^发文|"
    r"^文号|^责任编辑|^作者[:：]|^主题分类|^生成日期|^成文日期|^有效性"
)
_LEGACY_HEADING = re.compile(r"^([一二三四五六七八九十])、(.{2,40})$")
_PROSE = 30


def headings_of(texts: Sequence[Text]) -> list[Heading]:
    """The headings that divide these lines."""
    found = [(text, find_heading(text.text, at)) for at, text in enumerate(texts)]
    filled = [text.is_table or (heading is None and bool(text.text)) for text, heading in found]
    return best_chain([heading for text, heading in found if heading is not None and not text.linked], filled)


def sections_of(texts: Sequence[Text], headings: Sequence[Heading], after_title: int) -> list[Section]:
    """Sections 0 (the text before the first heading, if there is any) to 6, those that the document has."""
    if not headings:
        return _whole(texts, after_title)
    inside = _around([texts[heading.at].inside for heading in headings])
    preamble = [text for text in texts[after_title : headings[0].at] if _is_preamble(text, inside)]
    sections = [Section(0, "", "\n".join(paragraphs(preamble)))] if paragraphs(preamble) else []
    ends = [heading.at for heading in headings[1:]] + [_end(texts, headings[-1].at, inside)]
    for heading, end in zip(headings, ends, strict=True):
        # A line that is all link is a way to somewhere else (an attachment, the next report).
        body = [text for text in texts[heading.at + 1 : end] if not text.linked]
        lines = [*([Text(heading.rest)] if heading.rest else []), *body]
        sections.append(Section(heading.number, heading.text, "\n".join(paragraphs(lines))))
    return sections


def _whole(texts: Sequence[Text], after_title: int) -> list[Section]:
    """A document without headings is all section 0."""
    lines = [text for text in texts[after_title : _end(texts, after_title, ())] if not _BEFORE.search(tidy(text.text))]
    text = "\n".join(paragraphs(lines))
    return [Section(0, "", text)] if text else []


def _around(paths: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The innermost container around all headings; with one heading that tells nothing."""
    if len(paths) < 2:
        return ()
    shared = paths[0]
    for path in paths[1:]:
        shared = tuple(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(shared, path, strict=False)))
    return shared


def _is_preamble(text: Text, inside: tuple[int, ...]) -> bool:
    within = text.inside[: len(inside)] == inside
    prose = "。" in text.text and len(text.text) > _PROSE
    chrome = len(text.text) <= 4 * _SHORT and _BEFORE.search(tidy(text.text))
    return (within or prose) and not text.linked and not chrome


def _end(texts: Sequence[Text], start: int, inside: tuple[int, ...]) -> int:
    """Where the article ends: its container, or the first line that only a page prints."""
    for at in range(start + 1, len(texts)):
        text = texts[at]
        if text.inside[: len(inside)] != inside or _is_chrome(squeeze(text.text)):
            return at
    return len(texts)


def _is_chrome(line: str) -> bool:
    return bool(_AFTER.match(line)) or (len(line) <= _SHORT and bool(_AFTER_SHORT.match(line)))


def legacy_sections(texts: Sequence[Text], after_title: int) -> list[Section]:
    """Sections under a report's own headings 一、二、三…, counted from 1 (reports before 2019 have no fixed ones)."""
    marks: list[tuple[int, str]] = []
    for at in range(after_title, len(texts)):
        line = squeeze(texts[at].text)
        match = _LEGACY_HEADING.match(line)
        if match and "一二三四五六七八九十".index(match[1]) == len(marks) and not re.search(r"[。；]|\d$", line):
            marks.append((at, line))
    if not marks:
        return _whole(texts, after_title)
    inside = _around([texts[at].inside for at, _ in marks])
    preamble = [text for text in texts[after_title : marks[0][0]] if _is_preamble(text, inside)]
    sections = [Section(0, "", "\n".join(paragraphs(preamble)))] if paragraphs(preamble) else []
    ends = [at for at, _ in marks[1:]] + [_end(texts, marks[-1][0], inside)]
    for number, ((at, heading), end) in enumerate(zip(marks, ends, strict=True), start=1):
        sections.append(Section(number, heading, "\n".join(paragraphs(texts[at + 1 : end]))))
    return sections
