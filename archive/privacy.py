"""People are not the subject: what is left out of, or masked in, everything that is shown (design.md, decision 14)."""

from __future__ import annotations

import re
from typing import Any

MOBILE = re.compile(r"(?<![\d-])(1[3-9]\d)([-\s]?)\d{4}\2\d{4}(?!\d)")


def mask_mobiles(text: str) -> str:
    """Text with every mobile number (eleven digits, 13… to 19…) cut to its first three digits."""
    return MOBILE.sub(lambda found: f"{found[1]}********", text)


def public_reading(parsed: dict[str, Any]) -> dict[str, Any]:
    """A reading as the snapshot may hold it: no contact, mobile numbers masked in running text and old tables."""
    sections = [section | {"text": mask_mobiles(section["text"])} for section in parsed["sections"]]
    # Readings made before claims and old tables were read have neither.
    claims = [
        claim | {key: mask_mobiles(claim[key]) for key in ("sentence", "text")} for claim in parsed.get("claims", [])
    ]
    legacy = [_public_figure(figure) for figure in parsed.get("legacy", [])]
    kept = {key: value for key, value in parsed.items() if key != "contact"}
    return kept | {"sections": sections, "claims": claims, "legacy": legacy}


def _public_figure(figure: dict[str, Any]) -> dict[str, Any]:
    cell = figure["cell"] | {"raw": mask_mobiles(figure["cell"]["raw"])}
    return figure | {"label": mask_mobiles(figure["label"]), "cell": cell}
