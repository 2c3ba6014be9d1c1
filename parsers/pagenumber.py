"""The numbers that pages bear at their foot."""

from __future__ import annotations

import re

# `- 3 -`, `— 2 —`, `第 3 页`: a page's number, never a figure (a bare number may be one).
PAGE_NUMBER = re.compile(r"^(?:[-—–－~]+\s*\d{1,3}\s*[-—–－~]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)$")
