"""The level of a publishing body, from its name alone (contract.md, `unit_level`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from parsers.labels import squeeze

_OFFICE = re.compile(r"(?:办公厅|办公室|政府办|府办|党政办)$")
_TOWNSHIP = re.compile(r"(?:街道|乡|镇|苏木)$|(?:街道|乡|镇)?办事处$|街道办$")
_ZONE = re.compile(
    r"(?:管委会|开发区|园区|试验区|示范区|产业园|工业园|高新区|保税区|度假区)$|[区园港城湖岛山]管理委员会$"
)
_DEPARTMENT = re.compile(r"(?:局|委|委员会|厅|所|中心|大队|支队|总队|站|院|处|馆|社|会|部|公司|学校|集团)$")
_PROVINCE = re.compile(r"(?:省|自治区)$")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PREFECTURE = re.compile(r"(?:自治州|盟|地区)$")
_COUNTY = re.compile(r"(?:县|区|旗)$")
# What stands before a city's own name: 河北省石家庄市, 伊犁哈萨克自治州伊宁市.
_ABOVE = re.compile(r"^.*(?:省|自治区|自治州|地区|盟|市)(?=.+市$)")


@cache
def prefectures() -> frozenset[str]:
    """Names of the areas of prefecture level (prefectures.txt, whose head names its source)."""
    lines = Path(__file__).with_name("prefectures.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def unit_level(name: str) -> str | None:
    """province, prefecture, county, township, zone, office or department; None for a name that tells none."""
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", squeeze(name))
    if _OFFICE.search(bare):
        return "office"
    bare = re.sub(r"(?:人民)?政府$", "", bare)
    for level, pattern in (
        ("township", _TOWNSHIP),
        ("zone", _ZONE),
        ("department", _DEPARTMENT),
        ("province", _PROVINCE),
    ):
        if pattern.search(bare):
            return level
    if bare in _MUNICIPALITIES:
        return "province"
    if _PREFECTURE.search(bare):
        return "prefecture"
    if bare.endswith("市"):
        return "prefecture" if _ABOVE.sub("", bare) in prefectures() else "county"
    return "county" if _COUNTY.search(bare) else None
