"""Which hosts may be asked: those under gov.cn, and those that a person listed in hosts.csv; nothing else.

At least two dozen foreign domains carry copies of government pages under names such as x.gov.cn.example.com,
so the name must *end* in .gov.cn, on the border of a label.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.csvfile import BadLine, Columns, CsvFileError, read_rows

HOSTS = Path(__file__).with_name("hosts.csv")
COLUMNS = Columns(["host", "portal", "why"])
# A host name as it goes over the wire, where other scripts are written xn--… Anything else (user@host, a
# full-width dot or slash, a backslash) is a trick or a mistake, and is refused instead of being repaired.
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


class HostsFileError(CsvFileError):
    """The list of hosts outside gov.cn cannot be used."""


@dataclass(frozen=True)
class ListedHost:
    """A host outside gov.cn that a person allowed for a portal, and why; lower case, without port."""

    host: str
    portal: str
    why: str


def is_allowed(host: str, listed: Container[str]) -> bool:
    """Whether a host may be asked: its name ends in .gov.cn, or it stands in `listed` (IP addresses too).

    `host` is a bare name, without scheme, user or port; anything that is not such a name is refused, and so
    is gov.cn itself, which is nobody's portal.
    """
    name = host.lower().removesuffix(".")
    if name in listed:
        return True
    return len(name) <= 253 and NAME.fullmatch(name) is not None and name.endswith(".gov.cn")


def is_allowed_url(url: str, listed: Container[str]) -> bool:
    """Whether an address is http or https, on an allowed host, and read in one way only.

    Refused are addresses with a user (https://x.gov.cn@example.com), a backslash, white space or a bad port:
    programs disagree about the host that such an address means.
    """
    if re.search(r"[\\\s\x00-\x20\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return False
    return is_allowed(parts.hostname or "", listed)


def read_hosts(path: Path = HOSTS) -> list[ListedHost]:
    """The hosts outside gov.cn that people listed; HostsFileError names every line that is not in order."""
    try:
        rows, bad_lines = read_rows(path, COLUMNS)
    except CsvFileError as error:
        raise HostsFileError(error.file, error.bad_lines) from error
    hosts: list[ListedHost] = []
    for row in rows:
        host = ListedHost(row.fields["host"].lower(), row.fields["portal"], row.fields["why"])
        objection = _objection(host)
        if objection:
            bad_lines.append(BadLine(row.line, objection))
        hosts.append(host)
    if bad_lines:
        raise HostsFileError(path, sorted(bad_lines, key=lambda bad: bad.line))
    return hosts


def listed_hosts(path: Path = HOSTS) -> frozenset[str]:
    """The names of the listed hosts, as `is_allowed` wants them."""
    return frozenset(host.host for host in read_hosts(path))


def _objection(host: ListedHost) -> str | None:
    if not _is_address(host.host) and ("." not in host.host or not NAME.fullmatch(host.host)):
        return f"host is {host.host or 'empty'}: write the name or address alone, without http:// and port"
    if not host.portal or not host.why:
        return f"{host.host} has no portal or no reason: say whose host it is, and in `why` how that is known"
    return None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
