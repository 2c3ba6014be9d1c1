"""What a table can hold: a printed number beyond SQLite's integers keeps its text and has no value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

LARGEST = 2**63 - 1

Parsed = dict[str, Any]


def within_limits(parsed: Parsed) -> Parsed:
    """A reading whose numbers all fit: one that does not becomes text with its reason, its checks undecided."""
    too_large: list[str] = []

    def fit(code: str, cell: dict[str, Any]) -> dict[str, Any]:
        if _fits(cell["value"]):
            return cell
        too_large.append(code)
        return cell | {"value": None, "kind": "text", "note": "too_large"}

    fitted: Parsed = {"proactive": {item: fit(item, cell) for item, cell in parsed["proactive"].items()}}
    for table in ("requests", "disputes"):
        fitted[table] = {
            row: {column: fit(f"{row}.{column}", cell) for column, cell in cells.items()}
            for row, cells in parsed[table].items()
        }
    # Readings made before claims and old tables were read have neither.
    fitted["legacy"] = [figure | {"cell": fit(figure["label"], figure["cell"])} for figure in parsed.get("legacy", [])]
    claims = parsed.get("claims", [])
    fitted["claims"] = [claim for claim in claims if _fits(_whole(claim["value"]))]
    if len(fitted["claims"]) < len(claims):
        too_large.append("a quantity in the text")
    checks = [_undecided(check) for check in parsed["checks"]]
    if not too_large and checks == parsed["checks"]:
        return parsed
    told = f"larger than any count can be, kept as text: {', '.join(too_large) or 'a sum'}"
    return parsed | fitted | {"checks": checks, "problems": [*parsed["problems"], _problem(told)]}


def _whole(value: int | str) -> int:
    return int(Decimal(value))


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or abs(value) <= LARGEST


def _undecided(check: dict[str, Any]) -> dict[str, Any]:
    left, right = check["left"], check["right"]
    if _fits(left) and _fits(right) and (left is None or right is None or _fits(left - right)):
        return check
    return check | {"left": None, "right": None, "status": "uncertain"}


def _problem(message: str) -> dict[str, str]:
    return {"code": "number_too_large", "message": message}
