"""What stands between a crawl and a page: challenges, shells, soft 404s. Recognised, never solved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

from crawler.urls import resolve

BLOCKED_DAYS = 7
SHELL_BYTES = 3000
SAME_PAGE = 0.9
# With so many letters to read it is a page: a challenge says next to nothing.
PAGE_LETTERS = 200
# A title and a request to switch scripts on.
STUB_WORDS = 60

# Statuses that only a challenge answers with (portals.md, section 3).
CHALLENGE_STATUS = {412: "412 challenge", 468: "468 challenge", 512: "512 challenge", 521: "521 challenge"}
CHALLENGE_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("$_ts script", re.compile(r"\$_ts\s*=")),
    ("acw_sc__v2 script", re.compile(r"acw_sc__v2|var\s+arg1\s*=\s*['\"][0-9A-F]{20,}")),
    ("jsl clearance script", re.compile(r"__jsl_clearance")),
    ("wzws script", re.compile(r"WZWS|wzwsconfirm|_waf_(?:bd|sc)_")),
)
# One of these stands in every mark: a page without them is searched no further.
HINTS = ("$_ts", "acw_sc__v2", "arg1", "__jsl_clearance", "WZWS", "wzwsconfirm", "_waf_")
FORBIDDEN_MARKS = re.compile(
    r"WAF|GeoBL|访问被拒绝|访问被拦截|安全防护|云防护|请求被阻断|Request blocked", re.IGNORECASE
)
# What never ends reaches to the end of the page: a search anew from each start would take the square of its size.
TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*(?:>|\Z)", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
UNSEEN = re.compile(rf"{COMMENT.pattern}|{TAG.pattern}", re.IGNORECASE | re.DOTALL)
META = re.compile(r"<meta\b[^>]*(?:>|\Z)", re.IGNORECASE)
REFRESH = re.compile(r"http-equiv\s*=\s*['\"]?refresh\b", re.IGNORECASE)
REFRESH_TO = re.compile(
    r"content\s*=\s*['\"]\s*(\d{1,4})\s*[;,]\s*url\s*=\s*['\"]?([^'\">]+)",
    re.IGNORECASE | re.ASCII,
)
SCRIPT_MOVE = re.compile(
    r"(?:window|document|self|top)?\.?location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]"
    r"|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)['\"]"
)
FRAME = re.compile(r"<i?frame\b[^>]*(?:>|\Z)", re.IGNORECASE)
# A frameset's frames for its head, its foot and its menu stand before the one that has the page.
BESIDE_CONTENT = re.compile(
    r"\b(?:src|name|id)\s*=\s*['\"]?[^'\" >]*?\b_?(?:top|head(?:er)?|banner|foot(?:er)?|bottom|logo)", re.IGNORECASE
)
SOURCE = re.compile(r"\bsrc\s*=\s*['\"]?([^'\" >]+)", re.IGNORECASE)


def challenge(status: int, headers: Mapping[str, str], text: str) -> str | None:
    """The evidence that an answer is a challenge, not a page; None when it is none.

    A cookie such as acw_tc alone is ordinary. `headers` has lower-case names.
    """
    if status in CHALLENGE_STATUS:
        marks = [name for name, pattern in CHALLENGE_MARKS if pattern.search(text)]
        return ", ".join([CHALLENGE_STATUS[status], *marks])
    # A page of words may mention a mark.
    if not _shows(PAGE_LETTERS, text) and any(hint in text for hint in HINTS):
        mark = next((name for name, pattern in CHALLENGE_MARKS if pattern.search(text)), None)
        if mark is not None:
            return f"{status} with {mark}"
    if status == 403 and (FORBIDDEN_MARKS.search(text) or FORBIDDEN_MARKS.search(headers.get("reason", ""))):
        return "403 by a firewall"
    return None


def script_stub(html: str) -> str | None:
    """The evidence that a page is a script and nothing else: no word, no link, no frame and nowhere to go."""
    bare = COMMENT.sub("", html)
    if re.search(r"<(?:a|i?frame|area|form)\b", bare, re.IGNORECASE) or len(visible_text(html)) >= STUB_WORDS:
        return None
    scripts = len(re.findall(r"<script\b", bare, re.IGNORECASE))
    return f"a page of scripts alone ({scripts} of them, {len(html)} characters)" if scripts else None


def visible_text(html: str) -> str:
    """The words of a page, without tags, scripts and white space."""
    return "".join(UNSEEN.sub("", html).split())


def _shows(letters: int, html: str) -> bool:
    """Whether a page has so many visible letters; it is read no further than that takes."""
    shown, end = 0, 0
    for unseen in UNSEEN.finditer(html):
        shown += len("".join(html[end : unseen.start()].split()))
        if shown >= letters:
            return True
        end = unseen.end()
    return shown + len("".join(html[end:].split())) >= letters


def shell_target(url: str, html: str) -> str | None:
    """Where a page that is only a shell sends its reader, by meta refresh, location.href or a frame."""
    bare = COMMENT.sub("", html)
    if (refresh := _refresh(bare)) and int(refresh.group(1)) <= 5:
        return _elsewhere(url, refresh.group(2))
    if len(html) > SHELL_BYTES or len(visible_text(html)) > 100 or re.search(r"<a\s", bare, re.IGNORECASE):
        return None
    if move := SCRIPT_MOVE.search(bare):
        return _elsewhere(url, move.group(1) or move.group(2))
    frames = [frame for frame in FRAME.findall(bare) if SOURCE.search(frame)]
    frames = [frame for frame in frames if not BESIDE_CONTENT.search(frame)] or frames
    source = SOURCE.search(frames[0]) if frames else None
    return None if source is None else _elsewhere(url, source.group(1))


def _refresh(html: str) -> re.Match[str] | None:
    """(seconds, target) of the first meta refresh that names both."""
    tags = (tag for tag in META.findall(html) if REFRESH.search(tag))
    return next((found for tag in tags if (found := REFRESH_TO.search(tag))), None)


def _elsewhere(url: str, target: str) -> str | None:
    resolved = resolve(url, target)
    return resolved if resolved != url else None


def probe_url(home: str, crawl_id: int) -> str:
    """An address on the host of `home` that cannot exist: looks random, derived from host and crawl."""
    parts = urlsplit(home)
    name = hashlib.sha256(f"{parts.netloc} {crawl_id}".encode()).hexdigest()[:20]
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}/{name[:8]}.html", "", ""))


def fingerprint(html: str) -> frozenset[str]:
    """What a page says, in pieces; those with digits or slashes (a clock, the path) are left out."""
    bare = COMMENT.sub("", html)
    pieces = (re.sub(r"\s+", "", piece) for piece in TAG.sub("\n", bare).split("\n"))
    return frozenset(piece for piece in pieces if piece and not re.search(r"[0-9/]", piece))


def is_soft_404(page: frozenset[str], probe: frozenset[str]) -> bool:
    """Whether a page says the same as what the host answered for an address that cannot exist."""
    if not page and not probe:
        return True
    return len(page & probe) >= SAME_PAGE * len(page | probe)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait; None when there is none that can be read."""
    if not value:
        return None
    if re.fullmatch(r"\s*[0-9]+\s*", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def blocked_until(today: str) -> str:
    """When a blocked portal may be asked again: seven days after `today` (ISO time), as ISO time in UTC."""
    moment = datetime.fromisoformat(today) + timedelta(days=BLOCKED_DAYS)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
