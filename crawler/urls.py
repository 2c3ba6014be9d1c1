"""URLs: when two are one page, which lead nowhere, and what stands under a column."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Names of session and cache-busting parameters (portals.md, section 3: session ids).
SESSION_NAMES = frozenset({"_t", "_", "jsessionid", "phpsessid", "ticket", "timestamp", "aspsessionid", "sid_session"})
# Servers and browsers stop near 2,000; a page may link more than anyone can ask for.
LONGEST_URL = 2000
PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# Twins of a page for another device: t1_1_wap.html, mpost_1.html, m.x.gov.cn, www.x.gov.cn beside x.gov.cn.
TWIN_HOST = re.compile(r"^(?:www|m|wap|3g)\.(?=.+\..+\.)")
TWIN_PATH = re.compile(r"_wap(?=\.s?html?$)|(?<=/)m(?=post_\d+\.s?html?$)", re.IGNORECASE)
INDEX_FILE = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.IGNORECASE)

# Calendars, searches, sharing, print, other-script and accessibility twins (portals.md, section 3: traps).
TRAPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("calendar", re.compile(r"[?&](?:date|day|month|rili)=|/calendar/", re.IGNORECASE)),
    (
        "search",
        re.compile(r"/(?:jsearchfront|was5|was40|search|s)/?(?:\?|$)|/search[./]|/jsearch", re.IGNORECASE),
    ),
    ("dialogue", re.compile(r"/(?:hdjl|zmhd|liuyan|mailbox)/", re.IGNORECASE)),
    (
        "twin",
        re.compile(
            r"/big5/|gb2big5|//(?:big5|tw|ft)\.|[?&](?:big5|fanti)=|[?&](?:print|fontsize)=|/print(?:[./]|$)"
            r"|/wza/|wuzhangai|barrierfree|/accessib|/mobile/",
            re.IGNORECASE,
        ),
    ),
    ("sharing", re.compile(r"//(?:service\.weibo|connect\.qq|v\.t\.sina)\.|[?&]share=", re.IGNORECASE)),
    ("login", re.compile(r"/(?:login|logout|register)(?:[./?]|$)", re.IGNORECASE)),
)
ANY_TRAP = re.compile("|".join(pattern.pattern for _, pattern in TRAPS), re.IGNORECASE)
# What stands for one thing among many of its kind: a number, a uuid, the name of a database's row.
OPAQUE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{16,}|[-_]?\d+[a-z]?(?![a-z\d])|\d+"
)
ROOT_STEM = re.compile(r"^/[a-z]+[-_](?:[a-z]+[-_])*(?=\w+\.(?:s?html?)$)", re.IGNORECASE)
SHORT = re.compile(r"[\w-]{1,40}")
ROOT_FILE = re.compile(r"^(/(?!index|default)[\w-]+)\.(?:s?html?)$", re.IGNORECASE)
# What may hold a session's name or a fragment.
ADORNED = re.compile(r"[?;#]")
# Links as most are written, which need no resolving: whole, from the host's root, and beside the page.
WHOLE = re.compile(r"https?://[a-z0-9.-]+(?:/[\w.-]*)+", re.ASCII)
ROOTED = re.compile(r"(?:/[\w.-]+)+/?|/", re.ASCII)
BESIDE = re.compile(r"[\w-][\w.-]*(?:/[\w.-]+)*/?", re.ASCII)


@lru_cache(4096)  # asked many times for each request
def host_of(url: str) -> str:
    """The host name in lower case, without port; empty when the URL has none that can be read."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def resolve(base: str, href: str) -> str | None:
    """The http(s) URL that `href` means on the page `base`, without fragment; None when it means none."""
    if (plain := _plainly(base, href)) is not None:
        return plain
    try:
        url = urljoin(base, re.sub(r"[\t\r\n]", "", href.strip()).replace("\\", "/").replace(" ", "%20"))
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > LONGEST_URL:
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _plainly(base: str, href: str) -> str | None:
    """What `resolve` makes of a link as most are written; None for any other."""
    if "/." in href or len(href) > LONGEST_URL // 2:
        return None
    if WHOLE.fullmatch(href):
        return href
    origin, folder = _place(base)
    if ROOTED.fullmatch(href):
        return origin + href if origin else None
    return folder + beside if folder and BESIDE.fullmatch(beside := href.removeprefix("./")) else None


@lru_cache(64)  # asked for every link of a page
def _place(base: str) -> tuple[str, str]:
    """The page's host as a URL and the folder it stands in; empty where that is not plain."""
    plain = WHOLE.fullmatch(base)
    if plain is None or "/." in base or "//" in base[8:] or len(base) > LONGEST_URL // 2:
        return "", ""
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}", base[: base.rindex("/") + 1]


# The menus of a portal's pages lead to the same places.
@lru_cache(maxsize=32768)
def canonical(url: str) -> str:
    """The key under which a page is asked for once.

    http and https are one site, as are www and none; a folder and its index file are one page, so are the twins for
    other devices; session ids and fragments are nothing.
    """
    parts = urlsplit(PATH_SESSION.sub("", url))
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and pair.split("=")[0].lower() not in SESSION_NAMES
    )
    path = TWIN_PATH.sub("", INDEX_FILE.sub("/", parts.path or "/"))
    host = TWIN_HOST.sub("", parts.netloc.lower().removesuffix(":80").removesuffix(":443"))
    return str(canonicalize_url(urlunsplit(("http", host, path, query, ""))))


def without_session(url: str) -> str:
    """The URL to ask for: as linked, less its session id."""
    if not ADORNED.search(url):
        return url
    parts = urlsplit(PATH_SESSION.sub("", url))
    pairs = [pair for pair in parts.query.split("&") if pair.split("=")[0].lower() not in SESSION_NAMES]
    return urlunsplit(parts._replace(query="&".join(pairs), fragment=""))


@lru_cache(8192)  # asked of every link, and again in the queue
def is_twin(url: str) -> bool:
    """Whether an address is a page's twin for another device: asked only where the page itself is not linked."""
    parts = urlsplit(url)
    return bool(re.match(r"(?:m|wap|3g)\.", parts.netloc.lower()) or TWIN_PATH.search(parts.path))


def other_scheme(url: str) -> str:
    """The same address by the other of http and https."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="http" if parts.scheme == "https" else "https"))


def column_prefix(url: str) -> str:
    """What addresses under a column begin with: its host and folder, without scheme."""
    parts = urlsplit(url)
    folder = parts.path if parts.path.endswith("/") else posixpath.dirname(parts.path)
    if folder == "/" and (file := ROOT_FILE.match(parts.path)):
        # /xxgknb.htm, whose levels stand in /xxgknb/.
        folder = file.group(1)
    return f"{parts.netloc.lower()}{folder.rstrip('/')}/"


def is_beside(url: str, prefix: str, page: str) -> bool:
    """Whether an address differs from a column's prefix, or its page's own address, in numbers or names alone.

    Where addresses say nothing (/col/col44163/, /columns/UUID/, ?cid=7), levels of a column are its neighbours; so are
    /nb2023/ beside /nb/, and /list-bm.html beside /list-nb.html in a host's root.
    """
    there, here = urlsplit(url), urlsplit(page)
    if there.netloc != here.netloc:
        return False
    if there.query or here.query:
        return there.path == here.path and _differs_in_one_parameter(there.query, here.query)
    other = column_prefix(url)
    if other == prefix:
        return False
    if OPAQUE.sub("", other) == OPAQUE.sub("", prefix):
        return True
    stems = [found and found.group() for found in map(ROOT_STEM.match, (there.path, here.path))]
    return stems[0] is not None and stems[0] == stems[1]


def _differs_in_one_parameter(there: str, here: str) -> bool:
    """Whether one query is the other with one short value changed or added, or with other numbers."""
    if there == here:
        return False
    if OPAQUE.sub("", there) == OPAQUE.sub("", here):
        return True
    now, was = dict(parse_qsl(there)), dict(parse_qsl(here))
    changed = [value for name, value in now.items() if was.get(name) != value]
    return was.keys() <= now.keys() and len(changed) == 1 and SHORT.fullmatch(changed[0]) is not None


def is_under(url: str, prefix: str) -> bool:
    """Whether an address stands under a column's prefix. The root of a host is a prefix of nothing."""
    parts = urlsplit(url)
    if prefix.count("/") < 2:
        return False
    return f"{parts.netloc.lower()}{parts.path}".startswith(prefix)


def natural_key(url: str) -> list[tuple[int, int, str]]:
    """A sort key in which page 2 comes before page 10."""
    return [
        (1, int(part), "") if part.isascii() and part.isdigit() else (0, 0, part) for part in re.split(r"(\d+)", url)
    ]


@lru_cache(8192)  # a portal's pages link the same places again and again
def trap(url: str) -> str | None:
    """The name of the trap this address is, if it is one."""
    if not ANY_TRAP.search(url):
        return None
    return next((name for name, pattern in TRAPS if pattern.search(url)), None)
