"""Reports made up for the tests of the site: no real place, unit or figure; one of them means harm."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from parsers.forms import outcomes, routes

SCRIPT = "<script>alert('x')</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
JS_URL = "javascript:alert(document.domain)"
APPLICANTS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other", "total")


@dataclass
class Report:
    """What a made-up report prints: raw texts by code, its sections, and what does not add up."""

    key: str
    unit_id: int | None
    unit: str | None
    year: int | None
    form: str | None
    title: str | None
    original: bytes
    media_type: str
    url: str | None = None
    raw: dict[str, str] = field(default_factory=dict)
    sections: list[tuple[int, str, str]] = field(default_factory=list)
    checks: list[tuple[str, str, int, int, str, str]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    # sentence, text, quantity, value, unit, the table's figure, whether they agree
    claims: list[tuple[str, str, str | None, int, str, int | None, int | None]] = field(default_factory=list)
    # label, unit, column, raw
    legacy: list[tuple[str, str | None, str | None, str]] = field(default_factory=list)
    one_row_other: bool = False
    page: int | None = None


def tiny_pdf(line: str) -> bytes:
    """A one-page PDF with a line of text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.drawString(72, 720, line)
    canvas.save()
    return buffer.getvalue()


def requests_row(outcome: str, *raw: str) -> dict[str, str]:
    """The seven cells of a row of table three."""
    return {f"requests.{outcome}.{code}": text for code, text in zip(APPLICANTS, raw, strict=True)}


def full_table(new: int, granted: int, *, three_leaves: bool) -> dict[str, str]:
    """Table three with everything else printed as 0."""
    raw: dict[str, str] = {}
    for outcome in outcomes():
        is_leaf = outcome.outcome in ("other_correction_overdue", "other_fee_overdue", "other_misc")
        if outcome.outcome == "other_total" if three_leaves else is_leaf:
            continue
        raw |= requests_row(outcome.outcome, *("0" * 7))
    raw |= requests_row("new_received", str(new), "0", "0", "0", "0", "0", str(new))
    raw |= requests_row("granted_full", str(granted), "0", "0", "0", "0", "0", str(granted))
    raw |= requests_row("denied_process_info", "3", "0", "0", "0", "0", "0", "3")
    raw |= requests_row("total_processed", str(granted + 3), "0", "0", "0", "0", "0", str(granted + 3))
    return raw


def disputes(**corrected: int) -> dict[str, str]:
    """Table four: so many corrected, one upheld."""
    raw: dict[str, str] = {}
    for route in routes():
        wrong = corrected.get(route.route, 0)
        printed = {"upheld": 1, "corrected": wrong, "other": 0, "pending": 0, "total": wrong + 1}
        raw |= {f"disputes.{route.route}.{result}": str(count) for result, count in printed.items()}
    return raw


def reports() -> list[Report]:
    """Five: a government on both forms, an office with blanks, a hostile one, one that is hardly there."""
    table_two = {
        "proactive.regulations_issued": "",
        "proactive.regulations_repealed": "/",
        "proactive.regulations_in_force": "—",
        "proactive.normative_docs_issued": "4",
        "proactive.normative_docs_repealed": "1",
        "proactive.normative_docs_in_force": "57",
        "proactive.licensing_decisions": "3120",
        "proactive.penalty_decisions": "208",
        "proactive.coercion_decisions": "无",
        "proactive.admin_fees_wan_yuan": "1234.56789",
    }
    prose = "本年度收到申请二十六件，作出罚款决定的依据已经公开。\n\n二是加强政策解读，召开会议三次。"
    government = Report(
        "999901-qingshi-2024",
        1,
        "青石区",
        2024,
        "2021",
        "青石区2024年政府信息公开工作年度报告",
        tiny_pdf("Qingshi 2024"),
        "application/pdf",
        "https://www.qingshi.gov.cn/zfxxgk/2025/a.pdf",
        table_two | full_table(26, 20, three_leaves=True) | disputes(reconsideration=2),
        [
            (0, "", "现发布本区年度报告。"),
            (1, "一、总体情况", prose),
            (5, "五、存在的主要问题及改进情况", ""),
        ],
        [
            (
                "flow",
                "natural_person",
                26,
                23,
                "fail",
                "新收26＋结转0＝26，而总计23＋结转下年0＝23：自然人一列相差3。",
            ),
            ("flow", "total", 26, 23, "fail", "新收26＋结转0＝26，而总计23＋结转下年0＝23：总计一列相差3。"),
        ],
        [("claim_differs", "正文与表格不一致")],
        page=2,
        claims=[
            ("全年制发规范性文件6件。", "全年制发规范性文件6件", "normative_docs_issued", 6, "件", 4, 0),
            ("召开会议三次。", "召开会议三次", "meetings", 3, "次", None, None),
        ],
    )
    old = Report(
        "999901-qingshi-2019",
        1,
        "青石区",
        2019,
        "2019",
        "青石区2019年政府信息公开工作年度报告",
        "<meta charset=gbk><title>年报</title><p>青石区</p><p>1.属于国家秘密</p>".encode("gb18030"),
        "text/html",
        "http://www.qingshi.gov.cn/art/2020/1/20/art_1_2.html",
        {"proactive.regulations_new_made": "0", "proactive.licensing_items_change": "+24"}
        | {"proactive.licensing_decisions": "976", "proactive.procurement_amount": "12884.2万"}
        | full_table(10, 7, three_leaves=False)
        | disputes(),
        [(1, "一、总体情况", "本年收费情况说明。")],
    )
    office = Report(
        "999901-qingshi-office-2024",
        2,
        "青石区人民政府办公室",
        2024,
        "2021",
        "青石区人民政府办公室2024年政府信息公开工作年度报告",
        "青石区人民政府办公室 年度报告".encode(),
        "text/plain",
        None,
        full_table(3, 0, three_leaves=False) | {"requests.carried_in.total": "", "requests.carried_in.other": "/"},
        one_row_other=True,
        checks=[("flow", "total", 0, 0, "uncertain", "上年结转的总计没有数字，无法判断。")],
    )
    hostile = Report(
        "999901-hostile-2023",
        3,
        f"{SCRIPT}局",
        2023,
        "2021",
        f"{SCRIPT}{IMAGE}",
        f"<body onload=alert(1)>{SCRIPT}<form action=https://evil.example/><input name=q></form>".encode(),
        "text/html; charset=utf-8",
        JS_URL,
        {"proactive.penalty_decisions": SCRIPT, "requests.new_received.total": IMAGE},
        [(1, f"一、{SCRIPT}", f"罚款{SCRIPT}{IMAGE} {JS_URL}"), (2, IMAGE, "https://evil.example/a'\"><b>x")],
        [("row", "new_received", 1, 2, "fail", f"{SCRIPT}1≠2")],
        [(SCRIPT, f"{IMAGE}{SCRIPT}")],
        claims=[(f"{IMAGE}发布5条{SCRIPT}", f"{IMAGE}发布5条", SCRIPT, 5, SCRIPT, 6, 0)],
        legacy=[(SCRIPT, IMAGE, SCRIPT, IMAGE)],
    )
    bare = Report(
        "unknown-undated-0a1b2c3d",
        None,
        None,
        None,
        None,
        None,
        b"\xd0\xcf\x11\xe0 word",
        "application/msword",
    )
    return [government, old, office, hostile, bare]
