"""What link signals weigh: one table, as data (portals.md, sections 2 and 6.2; start values, to be tuned)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["report", "column", "list", "hub", "skip"]
Where = Literal["label", "path", "script"]


@dataclass(frozen=True)
class Signal:
    """A pattern that speaks for or against a link of a kind, searched in its label, path or script."""

    name: str
    kind: Kind
    weight: int
    pattern: re.Pattern[str]
    where: Where = "label"


def _signal(name: str, kind: Kind, weight: int, pattern: str, where: Where = "label") -> Signal:
    return Signal(name, kind, weight, re.compile(pattern, re.IGNORECASE), where)


REPORT_TITLE = 150
TRUNCATED_TITLE = 60
COLUMN_HEADING = 40
MENU_NEIGHBOURS = 25
IN_COLUMN_YEAR = 60
IN_COLUMN_UNIT = 55
OTHER_SITE = -40
PER_HOP = -5
FLOOR = 10

# Only the first label signal that fits counts; the labels are those of section 2.1.
COLUMN_LABELS = (
    _signal(
        "label",
        "column",
        100,
        r"^(?:(?:区|县|市|旗)?(?:人民)?政府|部门|政务|乡镇|街道|镇街)?(?:政府)?信息公开(?:工作)?(?:年报|年度报告|报告)(?:列表|专栏)?$|^公开年报$",
    ),
    _signal("label contains", "column", 95, r"信息公开.{0,6}(?:年度报告|年报)"),
    _signal("公开年报", "column", 90, r"公开年报"),
    _signal("bare label", "column", 40, r"^(?:工作)?(?:年度报告|年报)$"),
)
HUB_LABELS = (
    _signal(
        "unit directory",
        "hub",
        45,
        r"^(?:政府|区政府|县政府)?部门(?:及?(?:乡镇|街道|镇街))?(?:政府)?(?:信息公开|公开|街道公开)(?:目录|平台)?$",
    ),
    _signal(
        "unit directory",
        "hub",
        45,
        r"^(?:各?(?:乡镇|街道|镇街|苏木|派出机构)[（(]?(?:街道|苏木)?[)）]?)(?:政府)?(?:信息)?公开(?:目录|平台)?$",
    ),
    _signal("hub", "hub", 70, r"^政府信息公开(?:专栏|平台)?$"),
    _signal("hub", "hub", 60, r"^信息公开(?:专栏|平台)?$"),
    _signal("hub", "hub", 55, r"^政务公开(?:专栏|平台)?$"),
    _signal("hub", "hub", 45, r"^(?:政府)?信息公开目录$"),
    _signal("hub", "hub", 40, r"^法定主动公开内容$"),
    _signal("site map", "hub", 20, r"^(?:网站|站点)地图$"),
)
PATHS = (
    _signal("template", "column", 90, r"xxgkAnnualReport|OpennessAnnualReport|[?&]frame=nb\b|zfxxgk_gknb", "path"),
    _signal(
        "slug",
        "column",
        60,
        r"/(?:(?:zf)?xxgk(?:gz)?nb(?:_\d+|\d*n?|z)?|gknb(?:_\d+)?|(?:zf|bm)?(?:xx)?gk(?:gz)?ndbg|zfxxgkgznb|bmnb)(?:/|\.|$|\?)",
        "path",
    ),
    _signal("weak slug", "column", 25, r"/(?:ndbg|nb)(?:_\d+)?(?:/|\.|$|\?)", "path"),
    _signal("script", "column", 50, r"['\"/](?:zf)?(?:xx)?gk(?:gz)?(?:nb|ndbg)['\"/]|['\"]ndbg['\"]", "script"),
)
MENU = re.compile(r"指南|制度|依申请公开|法定主动公开")

# Against the anchor alone, never against the page it stands on (section 2.5).
VETOES = (
    _signal(
        "look-alike",
        "skip",
        -120,
        r"网站.{0,8}年度?报[表告]|年度报表|网站年报|法治政府|[决预]算|统计(?:公报|年鉴)|政府工作报告|债务管理"
        r"|企业年(?:报|度报告)|法人年(?:报|度报告)|绩效|第三方",
    ),
    _signal(
        "about reports",
        "skip",
        -80,
        # What follows in (?!…) is the name of a body that files a report of its own.
        r"指南|制度|目录|依申请|解读|图解|一图|读懂|通知|要点|总结|会议|评估|考核(?!办)|考评|培训(?!中心|学)|工作计划|方案"
        r"|征求意见|模板|召开|编制(?!委|办)|答记者问|新闻(?!出版|办|中心)|动态|问答",
    ),
)

# Units inside a column: groups, and names by their last word (section 2.3).
GOVERNMENT_GROUP = re.compile(
    r"^(?:本?级|区|县|市|旗)?(?:人民)?政府(?:年报|信息公开年报)?$|^(?:区|县|市|旗)?(?:人民)?政府办(?:公室)?$"
)
UNIT_GROUP = re.compile(r"部门|乡镇|街道|镇街|苏木|派出机构|园区|开发区|管委会")
UNIT_NAME = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|院|中心|大队|支队|乡|镇|街道|街道办事处|苏木|管委会|开发区|园区|公司|社)$"
)
