"""Is this a report at all? Signs are counted in the text; a title alone proves nothing (portals.md §2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from parsers.dates import period_in
from parsers.flow import Text
from parsers.formats.encoding import decode
from parsers.labels import squeeze
from parsers.title import Title, find_title, parse_title
from parsers.units import unit_level

MOST_BYTES = 2_000_000
# A title stands before this many lines of a page.
MOST_LINES = 200
_HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "行政复议、?行政诉讼",
    "存在的?主要问题",
    "其[他它]需要报告的?事项",
)
_STRONG = {
    "banner": re.compile(r"第二十条第[(（]一[)）]项"),
    "corner": re.compile(r"勾稽关系"),
}
_WEAK = {
    "regulation": re.compile(r"中华人民共和国政府信息公开条例"),
    "fee": re.compile(r"信息处理费"),
}
_LEGACY = {
    "legacy_active": re.compile(r"主动公开"),
    "legacy_requests": re.compile(r"依申请公开"),
    "legacy_disputes": re.compile(r"复议|诉讼"),
    "legacy_fees": re.compile(r"收费[及和]减免|收费减免|减免情况"),
    "legacy_table": re.compile(r"附表|统计表|附件[:：一1]"),
}
_LEAST_LEGACY = 3
LAST_LEGACY_YEAR = 2018
# Titles of what stands beside reports in the same columns.
_VETO = re.compile(
    r"图解|解读|一图|读懂|法治政府|网站.{0,6}报表|工作报表|决算|预算|政府工作报告|统计公报|公开指南|公开制度|公开目录|管理办法|"
    r"实施办法|工作要点|工作总结|工作计划|工作方案|培训|会议|第三方评估|绩效|企业年报|法人年度|债务|"
    r"通知(?:$|[-_—|（(【])|(?:做好|编制|填报|报送).{0,30}(?:报告|年报).{0,12}(?:工作|通知|格式)|格式(?:$|[-_—|（(])"
)
# A notice that brings the report with it is not vetoed: the signs decide.
_BRINGS = re.compile(r"^关于(?:发布|公布|印发).{4,60}报告》?的通知$")


@dataclass(frozen=True)
class Verdict:
    """Whether a page is a report, the signs that were found in it, and its title."""

    is_report: bool
    signs: list[str]
    _page: _Page = field(repr=False, compare=False)

    @property
    def title(self) -> str | None:
        """The title as printed; a crawl, which has no use for it, is not to pay for its search."""
        return self._page.named.text if self._page.named else None


def find_signs(text: str) -> list[str]:
    """The signs of a report in a text: strong and weak ones of the form, `legacy_…` those of reports before 2019."""
    line = squeeze(text)
    signs = [name for name, pattern in {**_STRONG, **_WEAK}.items() if pattern.search(line)]
    if sum(bool(re.search(heading, line)) for heading in _HEADINGS) >= 3:
        signs.append("headings")
    period = period_in(line)
    if period is not None and (period[0].month, period[1].month) == (1, 12):
        signs.append("period")
    return signs + [name for name, pattern in _LEGACY.items() if pattern.search(line)]


def vetoed(title: str) -> bool:
    """Is this the title of a notice, a picture story, a guide or another yearly paper?"""
    # What a page puts behind a title (`…年度报告-公开目录-红旗区`) tells where it stands, not what it is.
    line = re.split(r"[-_—–|]", squeeze(title))[0]
    report = parse_title(line)
    if report is not None and report.unit is not None and unit_level(report.unit) is not None:
        # A training centre or a budget office has a report like any other.
        line = line.replace(report.unit, "", 1)
    return bool(_VETO.search(line)) and not _BRINGS.search(line)


def enough(signs: list[str], has_report_title: bool, year: int | None) -> bool:
    """Two signs of the form, one strong or with a report's title; before 2019 a title and three of that time."""
    modern = [sign for sign in signs if not sign.startswith("legacy_")]
    strong = any(sign in (*_STRONG, "headings", "period") for sign in modern)
    if len(modern) >= 2 and (strong or has_report_title):
        return True
    legacy = len(signs) - len(modern)
    return has_report_title and legacy >= _LEAST_LEGACY and year is not None and year <= LAST_LEGACY_YEAR


# A page has some thousand tags: those that cannot match are passed over by their first letters.
_DROPPED = re.compile(r"<(?=[!sn]|te)(?:!--.*?-->|(script|style|noscript|template)\b.*?</\1\s*>)", re.I | re.S)
_LINKED = re.compile(r"<a\b[^>]*>.*?</a\s*>", re.I | re.S)
_TAG = re.compile(r"<[^>]{0,2000}>")
_NO_BRACKET = bytes(set(range(256)) - set(b"<>"))
_PRINTED = re.compile(r">\s*+([^<\s][^<]*+)")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.I | re.S)
_BLOCK_END = re.compile(
    r"</?(?:[Tt](?:[DdRrHh]|[Ii][Tt][Ll][Ee]|[Aa][Bb][Ll][Ee])|[Pp]|[Dd][Ii][Vv]|[Hh][1-6]|[Ll][Ii]|[Bb][Rr]|[Uu][Ll]"
    r"|[Ss][Ee][Cc][Tt][Ii][Oo][Nn])\b[^>]{0,2000}>"
)
_META_TITLE = re.compile(
    r"<meta\b[^>]*?\bname\s*=\s*[\"']?ArticleTitle[\"']?[^>]*?\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.I,
)


def looks_like_report(html: bytes | str) -> Verdict:
    """Judge a page while crawling: at most 2 MB of it, no tables built, words of links not counted."""
    text = decode(html[:MOST_BYTES])[0] if isinstance(html, bytes) else html[:MOST_BYTES]
    text = _DROPPED.sub("", text)
    titles = [match[1] or match[2] or "" for match in _META_TITLE.finditer(text)]
    titles += [_plain(found) for found in _TITLE.findall(text)]
    page = _Page(_LINKED.sub(" ", text), titles)
    signs = find_signs(page.words)
    return Verdict(_is_report(page, signs), signs, page)


@dataclass(frozen=True)
class _Page:
    """What is read of a page, each thing only when it is asked for: `body` is its HTML less its links."""

    body: str
    titles: list[str]

    @property
    def words(self) -> str:
        """What is printed: as signs are sought without white space, which tags end a line need not be known."""
        brackets = self.body.encode("utf-8", "replace").translate(None, _NO_BRACKET)
        # An opening bracket that is no tag's: what it hides can only be told tag by tag.
        if b"<<" in brackets or brackets.endswith(b"<"):
            return " ".join(self.lines)
        return unescape(" ".join(_PRINTED.findall(f">{self.body}")))

    @cached_property
    def lines(self) -> list[str]:
        text = _plain(_BLOCK_END.sub("\n", self.body))
        return [line for line in text.split("\n") if line and not line.isspace()]

    @cached_property
    def named(self) -> Title | None:
        return find_title(_near_titles(self.lines[:MOST_LINES]), self.titles)[0]


def _is_report(page: _Page, signs: list[str]) -> bool:
    """A page's title, whose search is what costs most, is looked for only where it may decide."""
    if not enough(signs, has_report_title=True, year=LAST_LEGACY_YEAR):
        return False
    if any(map(vetoed, page.titles[:2] or page.lines[:1])):
        return False
    if enough(signs, has_report_title=False, year=None):
        return True
    return page.named is not None and enough(signs, has_report_title=True, year=page.named.year)


def _near_titles(lines: list[str]) -> list[Text]:
    """The lines, blank but for those that a title may stand in: it says 报告 or 年报, and takes three lines at most."""
    near = {at + step for at, line in enumerate(lines) if "报" in line for step in range(-2, 3)}
    return [Text(line) if at in near else _BLANK for at, line in enumerate(lines)]


_BLANK = Text("")


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip()
