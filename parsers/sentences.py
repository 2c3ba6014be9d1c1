"""What a check found, said in Chinese and English with the form's labels and the printed figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parsers.forms import FORMS
from parsers.forms.codes import request_rows
from parsers.rules import RULES, Rule

Parsed = Mapping[str, Any]
# The long side of `items`: its figures of zero are not listed.
_MANY = 6
_SHORT = {
    "new_received": ("本年新收", "newly received"),
    "carried_in": ("上年结转", "carried in"),
    "total_processed": ("（七）总计", "total processed"),
    "carried_out": ("结转下年", "carried out"),
}


def sentence(check: Mapping[str, Any], parsed: Parsed) -> str:
    """What does not add up, or cannot be added up. Both arguments are as in the contract's JSON."""
    rule = RULES[check["rule"]]
    rows = parsed[rule.table]
    sides = [_left(rule, rows), rule.right]
    zh = [_side(rule, rows, check, side, total, "zh") for side, total in zip(sides, ("left", "right"), strict=True)]
    en = [_side(rule, rows, check, side, total, "en") for side, total in zip(sides, ("left", "right"), strict=True)]
    scope_zh, scope_en = _name(check["scope"], rule.over, "zh"), _name(check["scope"], rule.over, "en")
    scope_en = scope_en[:1].upper() + scope_en[1:]
    if check["status"] == "fail":
        delta = abs(check["left"] - check["right"])
        return f"{scope_zh}：{zh[0]}，而{zh[1]}，相差{delta}。 {scope_en}: {en[0]}, but {en[1]}; difference {delta}."
    if check["status"] == "pass":
        return f"{scope_zh}：{zh[0]}，{zh[1]}，相符。 {scope_en}: {en[0]} and {en[1]}; they agree."
    told_zh, told_en = (
        f"有空缺，无法核对（{zh[0]}；{zh[1]}）",
        f"cells are missing, cannot be checked ({en[0]}; {en[1]})",
    )
    return f"{scope_zh}：{told_zh}。 {scope_en}: {told_en}."


def _left(rule: Rule, rows: Mapping[str, Any]) -> tuple[str, ...]:
    shape = next((shape for shape in rule.left_one_of if any(term in rows for term in shape)), ())
    return rule.left + shape


def _side(
    rule: Rule,
    rows: Mapping[str, Any],
    check: Mapping[str, Any],
    side: tuple[str, ...],
    total: str,
    language: str,
) -> str:
    values = [(term, _value(rule, rows, check["scope"], term)) for term in side]
    kind = "outcome" if rule.over == "applicant" else "result" if rule.over == "route" else "applicant"
    blank, gap = ("空缺", "") if language == "zh" else ("not given", " ")
    many = len(side) > _MANY
    shown = [(term, value) for term, value in values if value != 0 or not many]
    parts = [f"{_name(term, kind, language)}{gap}{blank if value is None else value}" for term, value in shown]
    if len(side) == 1:
        return parts[0]
    summed = blank if check[total] is None else check[total]
    if not many:
        return f"{' + '.join(parts)} = {summed}"
    if language == "zh":
        return f"各类办理结果合计{summed}（{'，'.join(parts) or '各项均为0'}）"
    return f"the ways of closing add up to {summed} ({', '.join(parts) or 'each of them 0'})"


def _value(rule: Rule, rows: Mapping[str, Any], scope: str, term: str) -> int | None:
    row, column = (term, scope) if rule.over == "applicant" else (scope, term)
    cell = rows.get(row, {}).get(column)
    value = None if cell is None else cell["value"]
    return None if value is None else int(value)


def _name(code: str, kind: str, language: str) -> str:
    form = FORMS["2021"]
    if kind == "outcome":
        row = next(row for row in request_rows() if row.code == code)
        label = row.labels[0].split("（区分")[0]
        zh, en = _SHORT.get(code, (f"“{label}”", row.en.lower()))
        return zh if language == "zh" else en
    names = {"applicant": form.applicants, "route": form.routes, "result": form.results}[kind]
    name = next(name for name in names if name.code == code)
    if language == "zh":
        return name.zh
    return name.en if kind == "route" else name.en.lower()
