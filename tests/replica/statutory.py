"""The statutory forms as the replica prints them: labels and codes of tables two, three and four.

Kept apart from the parsers' own tables on purpose: what the parsers are tested with must not be made from
what they believe. Source of the labels and codes: the forms of 国办公开办函〔2021〕30号 and 〔2019〕60号.
"""

from __future__ import annotations

from dataclasses import dataclass

APPLICANTS = (
    ("natural_person", "自然人"),
    ("commercial", "商业企业"),
    ("research", "科研机构"),
    ("public_welfare", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other", "其他"),
    ("total", "总计"),
)
RESULTS = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)
ROUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

CORNER_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
PROCESSED = "三、本年度办理结果"
SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)

BEFORE = (
    ("new_received", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "二、上年结转政府信息公开申请数量"),
)
AFTER = ("carried_out", "四、结转下年度继续办理")
TOTAL = ("total_processed", "（七）总计")
ONE_ROW_OTHER = ("other_total", "（六）其他处理")


@dataclass(frozen=True)
class Group:
    """Leaves of table three under one label; without a label, each leaf stands for itself."""

    label: str
    leaves: tuple[tuple[str, str], ...]


GROUPS = (
    Group(
        "",
        (
            ("granted_full", "（一）予以公开"),
            ("granted_partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ),
    ),
    Group(
        "（三）不予公开",
        (
            ("denied_state_secret", "1.属于国家秘密"),
            ("denied_other_law", "2.其他法律行政法规禁止公开"),
            ("denied_three_securities", "3.危及“三安全一稳定”"),
            ("denied_third_party", "4.保护第三方合法权益"),
            ("denied_internal_affairs", "5.属于三类内部事务信息"),
            ("denied_process_info", "6.属于四类过程性信息"),
            ("denied_enforcement_file", "7.属于行政执法案卷"),
            ("denied_admin_query", "8.属于行政查询事项"),
        ),
    ),
    Group(
        "（四）无法提供",
        (
            ("unable_not_held", "1.本机关不掌握相关政府信息"),
            ("unable_needs_creation", "2.没有现成信息需要另行制作"),
            ("unable_still_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    Group(
        "（五）不予处理",
        (
            ("refused_petition", "1.信访举报投诉类申请"),
            ("refused_repeat", "2.重复申请"),
            ("refused_publication", "3.要求提供公开出版物"),
            ("refused_excessive", "4.无正当理由大量反复申请"),
            ("refused_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
OTHER_GROUP = Group(
    "（六）其他处理",
    (
        ("other_correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("other_fee_overdue", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other_misc", "3.其他"),
    ),
)


def leaves(one_row_other: bool) -> list[str]:
    """The codes that add up to （七）总计, in the form's order."""
    found = [code for group in GROUPS for code, _ in group.leaves]
    return [*found, ONE_ROW_OTHER[0]] if one_row_other else found + [code for code, _ in OTHER_GROUP.leaves]


def outcomes(one_row_other: bool) -> list[str]:
    """Every row of table three, in the form's order: 25 of them, or 23 with a one-row （六）."""
    return [*(code for code, _ in BEFORE), *leaves(one_row_other), TOTAL[0], AFTER[0]]


@dataclass(frozen=True)
class Banner:
    """One of the small tables that table two is made of."""

    banner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


_DECISIONS = ("本年处理决定数量",)
_ITEMS = ("上一年项目数量", "本年增/减", "处理决定数量")


def _item_row(label: str, stem: str) -> tuple[str, tuple[str, ...]]:
    return label, (f"{stem}_items_prev", f"{stem}_items_change", f"{stem}_decisions")


def _stock_row(label: str, stem: str, *measures: str) -> tuple[str, tuple[str, ...]]:
    return label, tuple(f"{stem}_{measure}" for measure in measures)


PROACTIVE: dict[str, tuple[Banner, ...]] = {
    "2021": (
        Banner(
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            (
                _stock_row("规章", "regulations", "issued", "repealed", "in_force"),
                _stock_row("行政规范性文件", "normative_docs", "issued", "repealed", "in_force"),
            ),
        ),
        Banner("第二十条第（五）项", _DECISIONS, (("行政许可", ("licensing_decisions",)),)),
        Banner(
            "第二十条第（六）项",
            _DECISIONS,
            (("行政处罚", ("penalty_decisions",)), ("行政强制", ("coercion_decisions",))),
        ),
        Banner(
            "第二十条第（八）项",
            ("本年收费金额（单位：万元）",),
            (("行政事业性收费", ("admin_fees_wan_yuan",)),),
        ),
    ),
    "2019": (
        Banner(
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (
                _stock_row("规章", "regulations", "new_made", "new_public", "total_public"),
                _stock_row("规范性文件", "normative_docs", "new_made", "new_public", "total_public"),
            ),
        ),
        Banner(
            "第二十条第（五）项",
            _ITEMS,
            (_item_row("行政许可", "licensing"), _item_row("其他对外管理服务事项", "other_services")),
        ),
        Banner(
            "第二十条第（六）项",
            _ITEMS,
            (_item_row("行政处罚", "penalty"), _item_row("行政强制", "coercion")),
        ),
        Banner(
            "第二十条第（八）项",
            _ITEMS[:2],
            (("行政事业性收费", ("fee_items_prev", "fee_items_change")),),
        ),
        Banner(
            "第二十条第（九）项",
            ("采购项目数量", "采购总金额"),
            (("政府集中采购", ("procurement_projects", "procurement_amount")),),
        ),
    ),
}


def items(form: str) -> list[str]:
    """The codes of table two, in the form's order."""
    return [code for banner in PROACTIVE[form] for _, codes in banner.rows for code in codes]
