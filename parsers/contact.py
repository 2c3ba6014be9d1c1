"""How the report says its office can be reached. Only what is labelled is taken."""

from __future__ import annotations

import re

from parsers.labels import nfkc

_NUMBER = r"((?:\+?86[- ]?)?\(?\d[\d ()\-—–－―]{5,22}\d)"
_PHONE = re.compile(
    rf"(?<![督报诉线真])(?:联系电话|咨询电话|办公电话|电话号码|联系方式|电话)(\W{{0,3}}传真\)?)?\s*[:：]?\s*{_NUMBER}"
)
_FAX = re.compile(rf"传真(?:号码|电话)?\)?\s*[:：]?\s*{_NUMBER}")
_POSTCODE = re.compile(r"(?:邮编|邮政编码)\s*[:：]?\s*(\d{6})(?!\d)")
_EMAIL = re.compile(
    r"(?:电子邮箱|电子邮件|电子信箱|邮箱|e-?mail)(?:地址)?\s*[:：]?\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.I | re.A,
)
_ADDRESS = re.compile(r"(?<![网站箱件])地址\s*[:：]\s*([^,，;；。()（）\n]{4,60}(?:\([^()\n]{1,30}\))?)")
_WEBSITE = re.compile(
    r"(?:电子版|下载|查阅|查询|网址|网站)[^。\n]{0,60}?(https?://[\w./:%?=&#~-]+|www\.[\w.-]+\.[a-z]{2,})",
    re.I | re.A,
)
_LEAST_DIGITS = 7


def find_contact(text: str) -> dict[str, str]:
    """address, postcode, phone, fax, email, website: those that the text states, white space and odd dashes mended."""
    text = nfkc(text)
    found: dict[str, str] = {}
    phone = _first_number(_PHONE, text, 2)
    if phone:
        found["phone"] = phone
        shared = _PHONE.search(text)
        if shared and shared[1]:
            found["fax"] = phone
    fax = _first_number(_FAX, text, 1)
    if fax:
        found["fax"] = fax
    for name, pattern in (
        ("postcode", _POSTCODE),
        ("email", _EMAIL),
        ("address", _ADDRESS),
        ("website", _WEBSITE),
    ):
        match = pattern.search(text)
        if match:
            found[name] = re.sub(r"\s+", "", match[1]).rstrip(".")
    return found


def _first_number(pattern: re.Pattern[str], text: str, group: int) -> str | None:
    for match in pattern.finditer(text):
        number = re.sub(r"[—–－―]+", "-", re.sub(r"\s+", "", match[group]))
        if number.count("(") < number.count(")"):
            number = number[: number.index(")")]
        if sum(char.isdigit() for char in number) >= _LEAST_DIGITS:
            return number.strip("-(")
    return None
