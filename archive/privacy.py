"""People are not the subject: what is left out of, or masked in, everything that is shown (design.md, decision 14)."""

from __future__ import annotations

import re
from typing import Any

# Digits of full width are digits too (\d), and 86 may go before.
_ONE, _SECOND = "[1１]", "[3-9３-９]"
MOBILE = re.compile(rf"(?<!\d)(?:(?:00|[+＋])?86[-\s]?)?({_ONE}{_SECOND}\d)[-—－\s]?\d{{4}}[-—－\s]?\d{{4}}(?!\d)")
# Parts of a reading that are figures, or no words of the document: an amount may have eleven digits as well.
KEPT = ("file", "proactive", "requests", "disputes", "checks")


def mask_mobiles(text: str) -> str:
    """Text with every mobile number (eleven digits, 13… to 19…) cut to its first three digits."""
    return MOBILE.sub(lambda found: f"{found[1]}********", text)


def public_reading(parsed: dict[str, Any]) -> dict[str, Any]:
    """A reading as the snapshot may hold it: no contact, mobile numbers masked wherever the document's words are."""
    public = {key: value if key in KEPT else _masked(value) for key, value in parsed.items() if key != "contact"}
    # Readings made before old tables were read have none.
    return public | {"legacy": [public_figure(figure) for figure in parsed.get("legacy", [])]}


def public_figure(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure of an old table, masked. Its foot may give a telephone number: that is no figure."""
    cell, raw = figure["cell"], mask_mobiles(figure["cell"]["raw"])
    if raw != cell["raw"]:
        cell = cell | {"value": None, "kind": "text", "raw": raw}
    words = {key: _masked(value) for key, value in figure.items() if key != "cell"}
    return words | {"cell": cell}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_mobiles(value)
    if isinstance(value, list):
        return [_masked(part) for part in value]
    if isinstance(value, dict):
        return {key: _masked(part) for key, part in value.items()}
    return value
