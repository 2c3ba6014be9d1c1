"""What a server's certificate was worth: recorded beside each fetch, never a reason to refuse an answer.

Scrapy does not verify certificates by default and shows only the server's own one. So each TLS connection is
kept until its host has answered; then its whole chain is checked against this machine's authorities.
"""

from __future__ import annotations

import ssl
from functools import cache
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import X509, X509Store, X509StoreContext, X509StoreContextError
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]  # it has no stubs


class TlsVerdicts:
    """The verdict per host, as of its last handshake: `valid`, or `invalid: ` and why."""

    def __init__(self) -> None:
        self._met: dict[str, SSL.Connection] = {}
        self._verdicts: dict[str, str] = {}

    def meet(self, host: str, connection: SSL.Connection) -> None:
        """A connection to this host begins; it is judged when its host has answered."""
        self._met[host] = connection

    def of(self, host: str) -> str | None:
        """The verdict for a host; None when no handshake with it came to its end."""
        connection = self._met.pop(host, None)
        chain = None if connection is None else connection.get_peer_cert_chain()
        if chain:
            self._verdicts[host] = judge(host, chain)
        return self._verdicts.get(host)


def judge(host: str, chain: list[X509]) -> str:
    """Check a chain, the server's own first, against this machine's authorities and the host's name."""
    try:
        X509StoreContext(_authorities(), chain[0], chain[1:]).verify_certificate()
        verify_service_identity(extract_patterns(chain[0]), [DNS_ID(host)], [])
    except X509StoreContextError as error:
        return f"invalid: {error}"
    except (CertificateError, VerificationError, ValueError):
        return "invalid: made out to another name"
    return "valid"


@cache
def _authorities() -> X509Store:
    """The authorities that this machine trusts; a machine that has none finds every certificate invalid."""
    store = X509Store()
    paths = ssl.get_default_verify_paths()
    if paths.cafile or paths.capath:
        store.load_locations(paths.cafile, paths.capath)
    return store


@implementer(IOpenSSLClientConnectionCreator)
class _WitnessedConnection:
    def __init__(self, creator: Any, host: str, verdicts: TlsVerdicts) -> None:
        self._creator, self._host, self._verdicts = creator, host, verdicts

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:  # noqa: N802 (Twisted's name)
        connection: SSL.Connection = self._creator.clientConnectionForTLS(protocol)
        self._verdicts.meet(self._host, connection)
        return connection


@implementer(IPolicyForHTTPS)
class WitnessingPolicy:
    """Scrapy's own policy for TLS connections, with a witness at each handshake."""

    def __init__(self, policy: Any, verdicts: TlsVerdicts) -> None:
        self._policy, self._verdicts = policy, verdicts

    def creatorForNetloc(self, hostname: bytes, port: int) -> _WitnessedConnection:  # noqa: N802 (Twisted's name)
        creator = self._policy.creatorForNetloc(hostname, port)
        return _WitnessedConnection(creator, hostname.decode("ascii"), self._verdicts)
