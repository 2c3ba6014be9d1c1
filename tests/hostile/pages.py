"""Pages and texts: too large, too deep, badly coded, and what is no report but looks like one."""

from __future__ import annotations

UNIT = "青石县"


def page(title: str, *paragraphs: str, body: str = "") -> bytes:
    """A plain page."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><h1>{title}</h1>{text}{body}</body></html>"
    ).encode()


def table(*rows: tuple[str, ...]) -> str:
    """A table of text."""
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


LOOK_ALIKES: dict[str, bytes] = {
    "notice-to-write-reports": page(
        f"{UNIT}人民政府办公室关于做好2023年政府信息公开工作年度报告编制和发布工作的通知",
        "各镇人民政府、县政府各部门：",
        "根据《中华人民共和国政府信息公开条例》，请于2024年1月31日前编制并公布本单位政府信息公开工作年度报告。",
        "年度报告应当包括总体情况、主动公开、依申请公开、行政复议和行政诉讼、存在的主要问题及改进情况等内容。",
    ),
    "rule-of-law": page(
        f"{UNIT}2023年法治政府建设年度报告",
        "一、总体情况。2023年受理行政复议申请12件，办理行政诉讼案件3件。",
        "二、主动公开政务信息210条，收到信息公开申请5件。",
        "三、存在的主要问题及改进情况。",
    ),
    "website-statement": page(
        f"{UNIT}政府网站工作年度报表（2023年度）",
        body=table(
            ("网站名称", f"{UNIT}人民政府"),
            ("独立用户访问总量（单位：个）", "10200"),
            ("信息发布（单位：条）总数", "3321"),
            ("解读信息发布总数", "25"),
            ("收到留言数量（单位：条）", "88"),
        ),
    ),
    "budget": page(
        f"{UNIT}人民政府办公室2023年部门预算公开",
        "第一部分 部门概况 第二部分 2023年部门预算表",
        body=table(("项目", "本年预算"), ("一般公共预算拨款收入", "1208.55"), ("收入总计", "1208.55")),
    ),
    "final-accounts": page(
        f"{UNIT}政务服务局2022年度部门决算公开报告",
        "一、总体情况 二、主要职能",
        body=table(("项目", "决算数"), ("政府信息公开经费", "2.40"), ("合计", "88.12")),
    ),
    "guide": page(
        f"{UNIT}政府信息公开指南",
        "一、主动公开。二、依申请公开：公民、法人或者其他组织可以申请公开政府信息。",
        "行政机关收到政府信息公开申请，自收到申请之日起20个工作日内予以答复。",
    ),
    "regulation": page(
        "中华人民共和国政府信息公开条例",
        "第四十九条 县级以上人民政府部门应当在每年1月31日前公布上一年度政府信息公开工作年度报告。",
        "第二十条 行政机关应当主动公开本行政机关的下列政府信息：（一）行政法规、规章和规范性文件。",
    ),
    "news-of-reports": page(
        f"{UNIT}52家单位公布2023年政府信息公开工作年度报告",
        "本网讯：截至2024年1月31日，全县52家单位均已公布年度报告，共收到申请73件。",
    ),
    "application-form": page(
        "政府信息公开申请表",
        body=table(
            ("申请人信息", "公民", "姓名"), ("", "法人或其他组织", "商业企业 科研机构 社会公益组织 法律服务机构")
        ),
    ),
    "plan": page(
        f"{UNIT}2023年政务公开工作要点",
        "一、总体要求。二、主动公开重点领域信息。三、做好政府信息公开年度报告编制工作。",
    ),
    "proposals": page(
        f"{UNIT}2023年人大代表建议和政协提案办理情况报告",
        "一、总体情况 共收到建议提案88件，已全部办结。二、主要做法 三、存在的问题及改进措施",
    ),
    "third-party-review": page(
        f"{UNIT}2023年政务公开第三方评估报告",
        "一、总体情况 二、主动公开得分92分 三、依申请公开得分88分 四、存在的主要问题",
    ),
    "template-instructions": page(
        "政府信息公开工作年度报告格式填报说明",
        "表格中“本年新收政府信息公开申请数量”指统计年度内收到的申请。勾稽关系：第一项加第二项之和，等于第三项加第四项之和。",
    ),
}
CHALLENGES: dict[str, bytes] = {
    "script-challenge": b"<html><head><script>var _0x1a=['cookie'];document.cookie='__jsl_clearance=1|x';"
    b"location.href=location.pathname;</script></head><body></body></html>",
    "captcha": page("安全验证", "请完成下方验证后继续访问，拖动滑块完成拼图"),
    "forbidden": page("403 Forbidden", "您的访问请求可能对网站造成安全威胁，请求已被网站防火墙拦截"),
    "login": page("用户登录", "请登录后查看附件", body="<form><input name=user><input type=password name=pw></form>"),
    "not-found": page("404", "您访问的页面不存在或已删除"),
    "json-error": '{"code":500,"msg":"系统繁忙，请稍后再试","data":null}'.encode(),
    "redirect": b"<meta http-equiv=refresh content='0;url=/login'>",
}


def large_page(megabytes: int = 30) -> bytes:
    """A page of so many megabytes of paragraphs and small tables."""
    piece = "<p>这里写着一句没有用处的话，后面还有许多句。</p><table><tr><td>甲</td><td>1</td></tr></table>\n"
    return page("一个很长的页面", body=piece * (megabytes * 1_000_000 // len(piece.encode())))


def nested_tables(depth: int = 5_000) -> bytes:
    """Tables in tables."""
    return page("表中表", body="<table><tr><td>" * depth + "1" + "</td></tr></table>" * depth)


def nested_elements(depth: int = 100_000) -> bytes:
    """Divisions in divisions."""
    return page("层中层", body="<div>" * depth + "一" + "</div>" * depth)


def wide_spans() -> bytes:
    """A table whose cells claim more places than there are."""
    cell = '<td colspan="99999999" rowspan="99999999">1</td>'
    return page("跨行跨列", body="<table>" + f"<tr>{cell * 50}</tr>" * 50 + "</table>")


def long_table(rows: int = 30_000) -> bytes:
    """A table of very many rows."""
    return page("很长的表", body="<table>" + "<tr><td>甲</td><td>1</td><td>2</td></tr>" * rows + "</table>")


def one_long_line(length: int = 500_000) -> bytes:
    """A text without a single break."""
    return ("本年收到申请12件" * (length // 9)).encode()


def many_paragraphs(count: int = 30_000) -> bytes:
    """A page of very many short paragraphs, no two the same."""
    return page("许多段落", *(f"第{number}段里的几个字" for number in range(count)))


def many_attributes(count: int = 200_000) -> bytes:
    """One element with very many attributes."""
    return page("属性", body="<p " + " ".join(f"a{number}=1" for number in range(count)) + ">一</p>")


def open_brackets(count: int = 1_000_000) -> bytes:
    """What only begins."""
    return page("尖括号", body="<" * count + "<a " * 10_000)
