"""Quantities stated in prose: what is a number with its counting word, and what only looks like one.

Dates, document numbers, telephone numbers, ordinals, times, limits, rates and names in quotes or title marks count
nothing. They are blotted out before numbers are looked for; what stands in the claim is the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from parsers.labels import plain_marks
from parsers.numerals import MULTIPLIERS, arabic, chinese, whole
from parsers.quantities import Context, quantity_of
from parsers.report import Claim, Section

# Where a sentence may end, beside the text's last character: at a mark, at a line's end.
_SENTENCE_ENDS = re.compile(r"[。!?\n]")
# A line that goes on in the next one is long and ends with no mark.
_CUT_LINE = 20
# No sentence is near this long: what is, is a list or a table that lost its marks, and counts nothing by itself.
_LONGEST_SENTENCE = 3_000
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_ANY_NUMERAL = re.compile(rf"[\d{_NUMERALS}]")
_NAMES = r"《[^《》\n]{0,80}》|<[^<>\n]{2,60}>|“[^“”\n]{0,14}”|(?:https?:|www\.)[\w./:%?=&#~-]+"
_MAIL = r"[\w.+-]+@[\w.-]+"
_COUNTLESS = (
    r"[〔\[(【]\d{4}[〕\])】]第?\d+号|第?\d+号"
    rf"|第[\d{_NUMERALS}]+(?:[、,和至及到][\d{_NUMERALS}]+)*"
    rf"|[\d{_NUMERALS}]{{2,4}}年(?:度|[\d{_NUMERALS}]{{1,3}}月)?(?:[\d{_NUMERALS}]{{1,3}}[日号])?"
    rf"|[\d{_NUMERALS}]{{1,3}}月(?:[\d{_NUMERALS}]{{1,3}}[日号])?|\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}:\d{{2}}"
    r"|(?:电话|传真|邮编|手机)\D{0,4}[\d ()—–-]{6,}|\d{3,4}[—–-]\d{7,8}|1[3-9]\d{9}|12345(?=[^\d件条个次])"
    rf"|[(（][\d{_NUMERALS}]{{1,2}}[)）]|[一二三四五六七八九十]分之[{_NUMERALS}]"
)
# All but addresses of mail begin with one of these: looking for that first takes a fraction of trying each everywhere.
_BLOTS = re.compile(rf"(?=[《<“hw〔\[(（【第电传邮手\d{_NUMERALS}])(?:{_NAMES}|{_COUNTLESS})")
_BLOTS_WITH_MAIL = re.compile(f"{_NAMES}|{_MAIL}|{_COUNTLESS}")
# The longer ones first; each only where it does not begin another word.
_UNIT = (
    r"个百分点|个小时|人次|场次|家次|件次|批次|平方米|公里|小时|分钟|学时|课时|元(?!旦)|条(?!例)|件|项|篇"
    r"|个(?!人(?:信息|隐私))|次|期(?!间|限)|份(?!额)|人(?!大)|名(?!称)|位(?!置)|场(?!所)|户(?!外)|家(?!庭)|批(?!准|复)"
    r"|本(?![级年区县市省局机单])|册|部(?![门分])|起|宗|例|处(?![理罚室长分])|所(?![有在])|种(?!植)|类|轮|张|幅|套|台(?!账)"
    r"|块|则|集(?![中体成])|封|支(?![队持])|辆|间(?!接)|座|倍|分(?![局队类管之别])|天|页(?!面)|字(?![样号])|组(?!织)|吨|%"
)
# What NFKC may change: neither ASCII nor the common Han characters and their marks.
_FOLDED = re.compile(r"[^\x00-\x7f\u3001-\u3011\u4e00-\u9fff]")
_ABOUT = "余|多"
_ABOUT_BEFORE = "(?<![最附])近|(?<![预节签公契])约|超过?|逾|突破|(?<![通经超不])过|上(?=[百千万亿])"
_SPOKEN = rf"(?<![几数点])(?P<chinese>[{_NUMERALS}]+(?:点[零一二三四五六七八九]+)?)"
_NUMBER_BEGINS = rf"(?=[近约超逾突过上百\d{_NUMERALS}])"
_NUMBER = re.compile(
    _NUMBER_BEGINS + rf"(?P<before>{_ABOUT_BEFORE})?(?<![\dA-Za-z.])(?<!\d[-—–~～至×*xX/])"
    rf"(?:(?P<percent>百分之)(?P<of>[{_NUMERALS}点]+|\d[\d.]*)"
    rf"|(?:(?P<arabic>\d[\d,]*(?:\.\d+)?)|{_SPOKEN})"
    rf"\s?(?P<about>{_ABOUT})?(?P<times>[十百千万亿]+)?(?P<about2>{_ABOUT})?\s?(?P<unit>{_UNIT})?)"
    r"(?P<after>以上|左右|上下)?"
)
# Where a number has no counting word of its own, what it measures gives one.
_MEASURES = re.compile(r"(?:浏览|点击|阅读|访问|播放)(?:总)?量?(?:达到?|为|共|累计|已|超|突破|过|近|约)*$")
# Limits, rates, repeated doings, rankings: no count of what was done.
_NOT_BEFORE = re.compile(
    r"(?:每[^,。;、]{0,6}|前|不得?(?:超过|少于|低于|高于)|至少|最多(?:跑)?|最低|之|任|同|另|再|又|某|哪|这|那|满|[排位]名)$"
)
_NOT_AFTER = re.compile(r"(?:以内|之内|内(?!容)|以下|\(含|/|[-—–~～至]\d|多?个?(?:月|工作日|自然日|季度|星期))")
_NOT_COUNTED = re.compile(r"方面|部分|层面|阶段|环节|维度|聚焦|坚持|[性化]")
_DURATIONS = {"天", "小时", "分钟", "个小时"}
_STEADY = re.compile(
    r"(?:[,。;、:)!?\s]|$|已|均|正在|全部|乡|镇|街道|部门|单位|社区|村|行政村|专[区栏]|栏目|平台|账号|查阅点|申请|议案|建议|提案|文件|行政规范|规范性文件|政策文件)"
)
_FEES = re.compile(r"\(含\d+[件页]|收费标准|按[件量]计收|元/[件页]")
_CLAUSE = re.compile(r"[,。;、:!?()]")
_TELLING_LEAD = 4
_MANY = 10
_FIGURATIVE = frozenset("类种分字对组天")


def find_claims(sections: Sequence[Section]) -> list[Claim]:
    """Every quantity that the sections state, in their order."""
    return [claim for section in sections for claim in _in_section(section)]


def _in_section(section: Section) -> Iterator[Claim]:
    topic = ""
    for sentence, flat, fresh in _sentences(section.text):
        context = Context("" if fresh else topic)
        yield from _in_sentence(section.number, sentence, flat, context)
        topic = context.topic


def sentences(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences as printed, each with whether it begins a paragraph; one cut by a line goes on in the next."""
    return ((sentence, fresh) for sentence, _, fresh in _sentences(text))


def _sentences(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each sentence also in plain characters, at the same places."""
    start, line, fresh = 0, 0, True
    flat = _fold(text)
    ends = [end.start() for end in _SENTENCE_ENDS.finditer(flat)]
    if flat and (not ends or ends[-1] < len(flat) - 1):
        ends.append(len(flat) - 1)
    for at in ends:
        broken = flat[at] == "\n"
        cut = broken and (at - line < _CUT_LINE or flat[at - 1] in "。!?;:…")
        if broken:
            line = at + 1
        if not broken or cut or at == len(flat) - 1:
            printed = text[start : at + 1].strip()
            if printed:
                begin = text.index(printed, start)
                yield printed, flat[begin : begin + len(printed)], fresh
                fresh = False
            start = at + 1
        fresh = fresh or cut


def _in_sentence(section: int, sentence: str, flat: str, context: Context) -> Iterator[Claim]:
    if len(sentence) > _LONGEST_SENTENCE:
        return
    taken = _counted_in(flat)
    ends = [found.end() for found, _ in taken]
    for at, (found, (value, unit, end)) in enumerate(taken):
        begin = max(_clause_start(flat, found.start()), ends[at - 1] if at else 0)
        behind = taken[at + 1][0].start() if at + 1 < len(taken) else len(flat)
        stop = min(_clause_end(flat, end), behind)
        lead = flat[begin : found.start()]
        # What says little before its number says it behind: 2件议案全部办结.
        text = sentence[begin:end] if len(lead.strip()) >= _TELLING_LEAD else sentence[begin:stop]
        next_one = "#" if stop == behind and at + 1 < len(taken) else ""
        near = f"{lead}#{unit}{flat[end:stop]}{next_one}".replace("\n", "")
        context.read(flat[: found.start()])
        yield Claim(
            section,
            sentence,
            text.strip(),
            quantity_of(near, unit, context, flat[end:stop]),
            value,
            unit,
            _about(found),
        )
    context.read(flat)


def _counted_in(flat: str) -> list[tuple[re.Match[str], tuple[int | Decimal, str, int]]]:
    """The numbers of a sentence that count something."""
    if not _ANY_NUMERAL.search(flat) or _FEES.search(flat):
        return []
    blotted = (_BLOTS_WITH_MAIL if "@" in flat else _BLOTS).sub(lambda found: "\0" * len(found[0]), flat)
    # Most numerals of prose were those of dates and ordinals.
    numbers = _NUMBER.finditer(blotted) if _ANY_NUMERAL.search(blotted) else ()
    return [(found, stated) for found in numbers if (stated := _stated(found, blotted))]


def _stated(found: re.Match[str], text: str) -> tuple[int | Decimal, str, int] | None:
    """Value, unit and end of a number that counts something; None for any other."""
    before, after = text[: found.start()] + (found["before"] or ""), text[found.end() :]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return None
    if found["percent"]:
        share = arabic(found["of"]) if found["of"][0].isdigit() else chinese(found["of"])
        return None if share is None else (whole(share), "%", found.end())
    unit = found["unit"] or ""
    if not unit and (found["times"] or found["chinese"]) and _MEASURES.search(before):
        unit = "次"
    if not unit or (unit in _DURATIONS and after.startswith("内")) or _NOT_COUNTED.match(after):
        return None
    amount = arabic(found["arabic"]) if found["arabic"] else chinese(found["chinese"])
    if amount is None:
        return None
    for char in found["times"] or "":
        amount *= MULTIPLIERS[char]
    if found["chinese"] and not _is_count(amount, found, unit, before, after):
        return None
    return *_in_unit(amount, found, unit), found.end()


def _in_unit(amount: Decimal, found: re.Match[str], unit: str) -> tuple[int | Decimal, str]:
    """万 and 亿 before 元 belong to the unit, before a counting word they multiply."""
    if unit == "元":
        written = (found["times"] or "") if found["arabic"] else found["chinese"]
        scale = next((char for char in ("亿", "万") if written.endswith(char)), "")
        return whole(amount / MULTIPLIERS[scale]), f"{scale}元"
    return whole(amount), {"个小时": "小时"}.get(unit, unit)


def _is_count(amount: Decimal, found: re.Match[str], unit: str, before: str, after: str) -> bool:
    """Does a number in Chinese characters count? 一次, 三个方面, 千家 and 五项制度 are mostly figures of speech."""
    if amount >= _MANY and _about(found):
        return True
    if found["chinese"] in ("百", "千", "万", "亿") or unit in _FIGURATIVE:
        return False
    if amount >= _MANY:
        return True
    ends = _CLAUSE.match(after) or not after
    return bool(before.strip("\0 ")) and bool(ends if amount <= 1 else _STEADY.match(after))


def _about(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("before", "about", "about2", "after"))


def _clause_start(text: str, at: int) -> int:
    return max((mark.end() for mark in _CLAUSE.finditer(text, 0, at)), default=0)


def _clause_end(text: str, at: int) -> int:
    mark = _CLAUSE.search(text, at)
    return mark.start() if mark else len(text)


def _fold(text: str) -> str:
    """NFKC character by character, so that places stay what they are."""
    return _FOLDED.sub(_folded, plain_marks(text))


@lru_cache(1024)
def _normal(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _folded(found: re.Match[str]) -> str:
    return _normal(found[0])
