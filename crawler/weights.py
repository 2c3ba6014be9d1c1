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
IN_COLUMN_MORE = 50
OTHER_SITE = -40
PER_HOP = -5
FLOOR = 10
# A label of less needs its surroundings.
TELLING_LABEL = 90

# What every label has that promises anything outside a column, or is vetoed. `…`: a title may be cut there.
RELEVANT = re.compile(
    r"公开|年度?报|报[告表]|年度工作|地图|决算|预算|指南|制度|目录|依申请|公报|年鉴|(?:部门|[区县市旗]直[单机][位关]|派出机构|街道[)）]|乡镇、街道|镇街|街镇)$"
)
# Groups of bodies, as menus and columns call them: 部门, 乡镇（街道）, 部门街镇, 区级部门, 县直单位.
_OF_AREA = r"(?:各|[本各]?[区县市旗](?:级|直|属)?|(?:[区县市旗])?(?:人民)?政府(?:工作|组成)?|直属?)"
_GROUP = (
    r"部门|乡镇|镇街|街镇|街乡|街道|苏木|派出机构|直属机构|(?:直属)?事业单位|[区县市旗]直(?:机关|单位)|园区|开发区|经开区|高新区"
    r"|管委会|办事处"
)
_GROUPS = (
    rf"{_OF_AREA}?(?:{_GROUP}|[乡镇](?=[（(和及与、/街])|地区(?=[（(]街道))"
    rf"(?:[（(]?[及和与、/]?(?:各)?(?:{_GROUP}|镇|乡|单位|机构)[)）]?)*"
)
# The same as labels of a menu that leads to the bodies' own pages.
_DIRECTORY = (
    r"各?[区县市旗](?:级|直|属|政府(?:工作)?)?部门|各?[区县市旗]直(?:单位|机关)"
    r"|各?乡镇(?:[（(]街道[)）]|、街道)|各?(?:镇街|街镇)"
)
_YEARLY = r"(?:年报|年度报告)"
# Only the first label signal that fits counts; the labels are those of section 2.1. One that is all of the anchor.
EXACT_LABEL = _signal(
    "label",
    "column",
    100,
    rf"^(?:(?:[区县市旗])?(?:人民)?政府|政务|{_GROUPS})?(?:政府)?信息公开(?:工作)?(?:年报|年度报告|报告)(?:列表|专栏|专区)?$"
    r"|^公开(?:工作)?年报$",
)
COLUMN_LABELS = (
    EXACT_LABEL,
    _signal("label contains", "column", 95, r"信息公开.{0,6}(?:年度报告|年报)"),
    _signal("公开年报", "column", 90, r"公开年报|^(?:政务)?公开(?:工作)?年度报告"),
    _signal(
        "bare label",
        "column",
        40,
        rf"^(?:(?:历年|工作)?{_YEARLY}(?:专栏|公开|列表)?|年度工作报告|(?:{_GROUPS}|[区县市旗]?本级|[区县市旗]?(?:人民)?政府){_YEARLY})$",
    ),
)
HUB_LABELS = (
    _signal("unit directory", "hub", 45, rf"^{_GROUPS}(?:政府|政务)?(?:信息)?公开(?:目录|平台|专栏|专区)?$"),
    # Their own pages are looked for there (section 6.4).
    _signal("unit directory", "hub", 35, rf"^(?:政府(?:工作)?部门|派出机构|{_DIRECTORY})$"),
    _signal("hub", "hub", 70, r"^政府信息公开(?:专栏|平台|专区|网)?$"),
    _signal("hub", "hub", 60, r"^信息公开(?:专栏|平台|专区|网)?$"),
    _signal("hub", "hub", 55, r"^政务公开(?:专栏|平台|专区)?$"),
    _signal("hub", "hub", 45, r"^(?:政府)?信息公开目录$"),
    _signal("hub", "hub", 40, r"^(?:法定|政府信息)?主动公开(?:内容|目录)?$"),
    _signal("site map", "hub", 20, r"^(?:网站|站点)地图$"),
)
PATHS = (
    _signal(
        "template",
        "column",
        90,
        r"xxgkAnnualReport|OpennessAnnualReport|[?&]frame=nb\b|zfxxgk_gknb"
        r"|/public/column/[^?]*\?(?=.*\btype=3\b).*\baction=detail\b",
        "path",
    ),
    _signal(
        "slug",
        "column",
        60,
        r"/(?:(?:zf|bm)?xxgk(?:gz)?nb(?:_\d+|\d*n?|z)?|gknb(?:_\d+)?|(?:zf|bm)?(?:xx)?gk(?:gz)?ndbg(?:_\d+)?|zfxxgknan(?:_\w+)?|bmnb)"
        r"(?:/|\.|$|\?)",
        "path",
    ),
    _signal("weak slug", "column", 25, r"/(?:ndbg|nb)(?:_\d+)?(?:/|\.|$|\?)", "path"),
    _signal(
        "script", "column", 50, r"['\"/](?:(?:zf|bm)?(?:xx)?gk(?:gz)?(?:nbz?|ndbg)|bmnb|ndbg)(?:_\d+)?['\"/]", "script"
    ),
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
        r"指南|制度|目录|依申请|解读|图解|一图|读懂|通知|要点|总结|会议|评估|考核|考评|培训|工作计划|方案"
        r"|征求意见|模板|召开|编制|答记者问|新闻|动态|问答",
    ),
)
# The same, around words that a report's title has too (portals.md, section 2.5): what is done with reports.
ABOUT_REPORTS = (
    VETOES[0],
    _signal(
        "about reports",
        "skip",
        -80,
        r"指南|制度|目录|依申请|解读|图解|图说|图看|图表|一图|看懂|读懂|视频|动漫|H5|通知|通报|的函|意见|要点|总结|会议|(?:座谈|推进|动员|专题|交流|工作)会"
        r"|评估|考核|考评|培训|计划(?!生育)|方案|模板|样本|范本|格式|编制|编写|撰写|召开|举办|部署|答记者问|新闻|动态|问答"
        r"|做好|报送|催报|上报|规范|征求|整改|按时|圆满|完成|全部|发布(?:工作|情况)|^(?:各|我)(?:区|县|市|旗|部门|单位)"
        r"|企业\s",
    ),
)
# The name of a body may hold any of those words: 绩效考核办公室, 职业培训中心, 新闻出版局.
NAMES_OF_BODIES = re.compile(
    r"(?:绩效|考核|考评|评估|评价|培训|会议|编制|预算|决算|债务|新闻|网站|统计|指南|动态|目录)[\u4e00-\u9fff]{0,8}?"
    r"(?:中心|办公室|办|局|委员会|委|处|院|学校|所|站|大队)(?=$|[\d\W二关政信])"
    # A page's <title> often ends with the column and the site it stands in.
    r"|[-_|—–](?:通知公告|公告公示|公示公告|工作动态|[\u4e00-\u9fff]{0,12}网)(?=$|[-_|—–])"
)

# Years inside a column that stand for several: 2019年以前, 往年, 2008-2018年.
YEARS_GONE_BY = re.compile(
    rf"^(?:20[0-3]\d年?度?(?:及)?(?:之|以)?前|20[0-3]\d年?[-—–~至到]20[0-3]\d年?度?|往年|历年|往期|历史)(?:的)?(?:信息公开)?{_YEARLY}?$"
)
# What stands around a level's label: 【2020】, 2019年>, ·教育局.
TRIMMINGS = "[]【】<>›»《》·•|丨*+."
YEAR_BEFORE = re.compile(r"^20[0-3]\d(?:年度?)?(?=\D)")
# The rest of a section of which a column shows some lines.
MORE = re.compile(r"^(?:查看|显示|点击)?(?:更多|全部|more)(?:信息|内容)?[>›»+.…]*$", re.IGNORECASE)
# Units inside a column: groups, and names by their last word (section 2.3).
GOVERNMENT_GROUP = re.compile(
    rf"^(?:本?级|区|县|市|旗)?(?:人民)?政府(?:信息公开)?{_YEARLY}?$|^[区县市旗]?本级(?:政府)?{_YEARLY}?$"
    r"|^(?:区|县|市|旗)?(?:人民)?政府办(?:公室)?$"
)
# The whole label, because lists are full of news that begins with 街道 or ends with 教育局.
UNIT_GROUP = re.compile(
    rf"^[\u4e00-\u9fff]{{0,6}}?{_GROUPS}(?:(?:政府)?信息公开|公开)?(?:工作)?(?:{_YEARLY}|目录|平台|专栏|汇总|列表)?$|^[乡镇]$"
    r"|^(?:垂管|双管|驻[区县市旗]|(?:中|省|市)+[直属]|法定|直属|下属|二级|其[他它]|(?:公共)?企?事业|群团)(?:单位|机构|组织)$"
)
UNIT_NAME = re.compile(
    r"^[\u4e00-\u9fff（）()]{1,18}"
    r"(?:局|委|委员会|办|办公室|厅|院|中心|大队|支队|乡|镇|街道|街道办事处|苏木|管委会|开发区|园区|公司|社"
    r"|(?:工|十字|联合|协)会|[妇残文侨科]联|工商联|科协)$"
)
