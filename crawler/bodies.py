"""Names of bodies in a portal's menus and directories: which labels are one, and which only group them."""

from __future__ import annotations

import re

from crawler.titles import normalise, veto
from parsers.units import unit_level

LEVELS = frozenset({"office", "department", "township", "zone"})
# 教育局信息公开目录: the body, and what of it the link leads to.
SUFFIX = re.compile(
    r"(?:的)?(?:(?:政府|政务)?(?:信息)?公开(?:工作)?(?:目录|年报|年度报告|指南|专栏|平台)?|年报|年度报告|网站|门户)$"
)
GROUP = re.compile(
    r"^[各本区县市旗]{0,2}(?:人民)?(?:政府|直属?|级)?(?:工作|组成)?(?:(?:部门|乡镇?|镇|街道|街|苏木|办事处|派出机构|直属机构|事业单位|"
    r"开发区|园区|功能区|管委会|单位|委办局|和|及|与|其他)[（(、及和与]?[）)]?)+$"
)
# Of menus, not of directories.
NO_BODY = re.compile(
    r"大厅|(?:新闻|下载|互动|服务|数据|资讯|回应|政策|便民|会员|发布|帮助|投诉|监督|图片|视频|信息|用户)中心$|^我要|^在线"
    r"|网站|首页|公开|[\d?？!！：:]"
)
LONGEST = 30


def body_name(label: str) -> str | None:
    """The name of the body that a label names; None for a group of bodies and for anything else."""
    name = SUFFIX.sub("", normalise(label))
    if not 3 <= len(name) <= LONGEST or GROUP.match(name) or NO_BODY.search(name) or veto(name):
        return None
    return name if unit_level(name) in LEVELS else None


def same_body(one: str, other: str) -> bool:
    """Whether two names differ only in the area before them: 教育局 and 红寺堡区教育局."""
    return one.endswith(other) or other.endswith(one)
