"""Names of bodies in menus, directories and breadcrumbs: which labels are one, and which only group them."""

from __future__ import annotations

import re

from parsers.labels import squeeze
from parsers.units import unit_level

LEVELS = frozenset({"office", "department", "township", "zone"})
# 教育局信息公开目录: the body, and what of it the link leads to.
_SUFFIX = re.compile(
    r"(?:的)?(?:(?:政府|政务)?(?:信息)?公开(?:工作)?(?:目录|年报|年度报告|指南|专栏|平台)?|年报|年度报告|网站|门户)$"
)
_GROUP = re.compile(
    r"^[各本区县市旗]{0,2}(?:人民)?(?:政府|直属?|级)?(?:工作|组成)?(?:(?:部门|乡镇?|镇|街道|街|苏木|办事处|派出机构|直属机构|事业单位|"
    r"开发区|园区|功能区|管委会|单位|委办局|和|及|与|其他)[（(、及和与]?[）)]?)+$"
)
# Of menus, not of directories.
_NO_BODY = re.compile(
    r"大厅|(?:新闻|下载|互动|服务|数据|资讯|回应|政策|便民|会员|发布|帮助|投诉|监督|图片|视频|信息|用户)中心$|^我要|^在线"
    r"|网站|首页|公开|[\d?？!！：:]"
)
_LONGEST = 30


def is_group(name: str) -> bool:
    """Whether a name only groups bodies: 部门, 乡镇（街道）."""
    return bool(_GROUP.match(squeeze(name)))


def body_in(label: str) -> str | None:
    """The body that a label names, below a government; None for a group of bodies and for anything else."""
    name = _SUFFIX.sub("", squeeze(label))
    if not 3 <= len(name) <= _LONGEST or _GROUP.match(name) or _NO_BODY.search(name):
        return None
    return name if unit_level(name) in LEVELS else None
