"""People are not the subject: what is left out of, or masked in, everything that is shown (design.md, decision 14)."""

from __future__ import annotations

import re
from typing import Any

MOBILE = re.compile(r"(?<![\d-])(1[3-9]\d)([-\s]?)\d{4}\2\d{4}(?!\d)")


def mask_mobiles(text: str) -> str:
    """Text with every mobile number (eleven digits, 13… to 19…) cut to its first three digits."""
    return MOBILE.sub(lambda found: f"{found[1]}********", text)


def public_reading(parsed: dict[str, Any]) -> dict[str, Any]:
    """A reading as the snapshot may hold it: no contact, mobile numbers masked in the running text."""
    sections = [section | {"text": mask_mobiles(section["text"])} for section in parsed["sections"]]
    return {key: value for key, value in parsed.items() if key != "contact"} | {"sections": sections}
