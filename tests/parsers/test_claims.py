from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.claims import find_claims, sentences
from parsers.numerals import arabic, chinese
from parsers.quantities import quantities, topics
from parsers.report import Claim, Section

Stated = list[tuple[int | str, str, bool]]


def claims(*texts: str) -> list[Claim]:
    return find_claims([Section(number, "", text) for number, text in enumerate(texts, start=1)])


def stated(text: str) -> Stated:
    return [(str(c.value) if isinstance(c.value, Decimal) else c.value, c.unit, c.approximate) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本县网站发布信息1,208条。", [(1208, "条", False)]),
        ("网站发布信息１２０８ 条。", [(1208, "条", False)]),
        ("点击量6.5万次，转发1.23万余次。", [(65000, "次", False), (12300, "次", True)]),
        ("印发手册近300份、海报四百余张。", [(300, "份", True), (400, "张", True)]),
        ("参加座谈二十多人次，答疑百余次。", [(20, "人次", True), (100, "次", True)]),
        ("阅读量突破三万。", [(30000, "次", True)]),
        ("访问量达1.2亿次。", [(120000000, "次", False)]),
        ("投入36.5万元，另筹3千万元，捐款8元。", [("36.5", "万元", False), (3000, "万元", False), (8, "元", False)]),
        (
            "办结率97.50%，满意率100％，按期率百分之九十五。",
            [("97.5", "%", False), (100, "%", False), (95, "%", False)],
        ),
        ("提高3.2个百分点。", [("3.2", "个百分点", False)]),
        ("召开会议三次，走访一百二十户。", [(3, "次", False), (120, "户", False)]),
        ("共收到两件申请，制定文件一件。", [(2, "件", False), (1, "件", False)]),
        ("三点五万条信息经审核发布。", [(35000, "条", False)]),
        ("发布三点五万条信息。", [(35000, "条", False)]),
        ("平台24小时值守。", [(24, "小时", False)]),
        ("通过5个栏目发布。", [(5, "个", False)]),
    ],
)
def test_quantities(text: str, expected: Stated) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自2023年1月1日至12月31日，二〇二三年十二月止。",
        "依据青政办发〔2023〕12号、第5号公告和《青石县政务公开十条措施》第三条、第十四、十五条。",
        "电话：0955-5096217，传真0955—5096218，手机13800001111，邮编751999。",
        "拨打12345热线，在9:30至17:00办理。",
        "一是加强领导，二是落实责任，（三）强化监督，坚持“三审三校”和“五个一”。",
        "三个方面的问题，两级政府，一站式服务，一次性告知，最多跑一次，千家万户。",
        "第一季度、第2次会议、前3名、三届人大二次会议、党的十九届五中全会。",
        "应在20个工作日内答复，15日内补正，2小时内回应，每月至少1次，每季度通报一次。",
        "不超过10件，不少于5次。",
        "按件计收：每件10元，11-30件（含30件）100元/件。",
        "数十次、几百条、三分之一。",
        "访问www.example.gov.cn/2023/10件 或致信a5件@example.gov.cn。",
    ],
)
def test_what_only_looks_like_a_quantity(text: str) -> None:
    assert stated(text) == []


def test_the_text_stands_in_the_sentence_and_the_sentence_in_the_section() -> None:
    text = "（一）公开。共发布信息２０条，\u3000其中网站１５条。35件建议办结28件，5件正在办理。\n收到申请3件。"
    found = claims(text)
    assert [claim.value for claim in found] == [20, 15, 35, 28, 5, 3]
    assert all(claim.text in claim.sentence and claim.sentence in text for claim in found)
    assert found[0].text == "共发布信息２０条"
    assert found[4].text == "5件正在办理"


def test_a_sentence_cut_by_a_line_goes_on_in_the_next() -> None:
    text = "本年度全县共受理政府信息公开申请12件，均已在期限内办理完毕，办结率\n98.5%。另行通报"
    assert [sentence for sentence, _ in sentences(text)] == [text[:-4], "另行通报"]
    assert [claim.quantity for claim in claims(text)] == ["requests_new_received", "requests_done_rate"]


def test_claims_know_their_section() -> None:
    assert [(claim.section, claim.value) for claim in claims("发布信息5条。", "召开会议2次。")] == [(1, 5), (2, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全县新收政府信息公开申请9件，已答复8件，结转1件。",
            ["requests_new_received", "requests_processed", "requests_carried_out"],
        ),
        (
            "收到9件政府信息公开申请。其中予以公开4件，部分公开2件。",
            ["requests_new_received", "requests_granted_full", "requests_granted_partial"],
        ),
        ("县本级收到政府信息公开申请2件。", ["requests_accepted_own_level"]),
        ("通过网上收到政府信息公开申请2件。", [None]),
        ("受理行政许可申请40件。", [None]),
        ("政府信息公开申请同比增加7件。", [None]),
        ("被申请行政复议3件、提起行政诉讼1件。", ["reconsiderations", "litigations"]),
        ("制发行政规范性文件6件，废止2件。", ["normative_docs_issued", "normative_docs_repealed"]),
        ("热线受理工单52件，已办结52件。", ["hotline_calls", "hotline_done"]),
        ("政务微博发布信息31条。", ["items_published_weibo"]),
        ("种树12万棵，新建凉亭7座。", [None]),
    ],
)
def test_what_a_quantity_counts(text: str, expected: list[str | None]) -> None:
    assert [claim.quantity for claim in claims(text)] == expected


def test_a_new_paragraph_forgets_what_was_spoken_of() -> None:
    assert [claim.quantity for claim in claims("收到政府信息公开申请9件。\n已办结4件。")][1] is None


def test_every_topic_of_a_quantity_is_there() -> None:
    assert {quantity.topic for quantity in quantities().values()} - {None} <= set(topics())


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("一百零五", 105), ("两千三百", 2300), ("三万零六", 30006), ("一亿二千万", 120000000)],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["二〇二四", "一二", "三点", "点五", ""])
def test_no_chinese_numerals(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize("text", ["1,23", "12,3456", "1.2.3"])
def test_no_arabic_numbers(text: str) -> None:
    assert arabic(text) is None
