"""No request to this machine's own network: a name is refused where it leads to an address that is nobody's on the web.

The refusal stands in the resolvers themselves, so what was looked at is what is connected to: a name that answers
with another address the second time gains nothing. A proxy that the operator named may stand anywhere.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy.resolver import CachingThreadedResolver

from crawler.scope import OffSiteError

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# An operator's own proxies, by host name.
Proxies = Callable[[], frozenset[str]]


class PrivateAddressError(OffSiteError):
    """A name, or an address, that leads into a private network; nothing was sent."""

    def __init__(self, host: str, address: str) -> None:
        leads = "is" if host == address else f"leads to {address},"
        super().__init__(f"{host}: not asked, it {leads} an address of a private or reserved network")


def is_public(address: str) -> bool:
    """Whether an address is one of the web: not private, loopback, link-local, shared (CGNAT), multicast or reserved.

    An IPv4 address inside an IPv6 one is judged for itself.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def check_literal(host: str, proxied: bool) -> None:
    """Refuse a host that is an address and not a public one. Raises PrivateAddressError."""
    if not proxied and _is_address(host) and not is_public(host):
        raise PrivateAddressError(host, host)


@lru_cache(4096)  # asked for each request
def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def proxy_hosts() -> frozenset[str]:
    """The hosts of the proxies that the environment names."""
    parts = [urlsplit(proxy if "://" in proxy else f"//{proxy}") for proxy in getproxies().values()]
    return frozenset((part.hostname or "").lower() for part in parts)


def refused_in(error: BaseException | None) -> PrivateAddressError | None:
    """The refusal that an error of a library's was caused by."""
    while error is not None and not isinstance(error, PrivateAddressError):
        error = error.__cause__ or error.__context__
    return error


class GuardedResolver(AbstractResolver):
    """aiohttp's resolver, behind the rule."""

    def __init__(self, inner: AbstractResolver, proxies: Proxies = proxy_hosts) -> None:
        self._inner, self._proxies = inner, proxies

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises PrivateAddressError when any of them is not public."""
        found = await self._inner.resolve(host, port, family)
        if host.lower() not in self._proxies():
            for result in found:
                if not is_public(result["host"]):
                    raise PrivateAddressError(host, result["host"])
        return found

    async def close(self) -> None:
        """Close the resolver that is asked."""
        await self._inner.close()


class GuardedThreadedResolver(CachingThreadedResolver):
    """Scrapy's resolver for its own download handler, behind the rule."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """The address of a host; fails with PrivateAddressError when it is not public."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found if name.lower() in proxy_hosts() else found.addCallback(_public, name)


def _public(address: Any, name: str) -> str:
    if not is_public(str(address)):
        raise PrivateAddressError(name, str(address))
    return str(address)
