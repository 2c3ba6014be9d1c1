"""Who asks: the contact in the user agent comes from the operator, nobody invents one."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from urllib.parse import urlsplit

SHORTEST_DELAY = 1.0


class ContactMissingError(Exception):
    """Hosts would be asked without saying who asks."""


class DelayTooShortError(Exception):
    """Hosts would be asked faster than once a second."""


def check_manners(
    contact: str | None, delay: float, environment: Mapping[str, str], listed: Iterable[str] = ()
) -> None:
    """Refuse to ask real hosts without a contact or too fast. Raises ContactMissingError, DelayTooShortError.

    `environment` holds the proxy variables, `listed` the hosts outside .gov.cn that may be asked.
    """
    if is_all_on_loopback(environment, listed):
        return
    if not contact:
        raise ContactMissingError(
            "no contact is set: expected an address under which portals can reach you;"
            " give --contact URL or set NIANBAO_CONTACT"
        )
    # Said this way round, because nan is neither less nor more.
    if not SHORTEST_DELAY <= delay < math.inf:
        raise DelayTooShortError(
            f"a delay of {delay:g} s is too short, or none: expected at least {SHORTEST_DELAY:g} s between requests"
            " to a site; give --delay 3"
        )


def is_all_on_loopback(environment: Mapping[str, str], listed: Iterable[str] = ()) -> bool:
    """Whether every request goes to a proxy on this machine: both schemes, and no host of ours excepted."""
    proxied = all(_on_loopback(_variable(environment, f"{scheme}_proxy")) for scheme in ("http", "https"))
    return proxied and not any(_exempts(name, listed) for name in _variable(environment, "no_proxy").split(","))


def user_agent(contact: str | None) -> str:
    """The name the crawl goes by."""
    name = f"nianbao/{version('nianbao')}"
    return f"{name} (+{contact})" if contact else name


def _variable(environment: Mapping[str, str], name: str) -> str:
    # As urllib reads them, which is what Scrapy does: lower case wins, even when it is empty.
    lower = environment.get(name)
    return lower if lower is not None else environment.get(name.upper(), "")


def _on_loopback(proxy: str) -> bool:
    try:
        host = urlsplit(proxy if "://" in proxy else f"//{proxy}").hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _exempts(name: str, listed: Iterable[str]) -> bool:
    """Whether an entry of no_proxy, a suffix as urllib reads it, lets a host around the proxy."""
    suffix = name.strip().lstrip(".").lower().partition(":")[0]
    if not suffix:
        return False
    if "*" in suffix or suffix in ("cn", "gov.cn") or suffix.endswith(".gov.cn"):
        return True
    return any(host == suffix or host.endswith(f".{suffix}") for host in listed)
