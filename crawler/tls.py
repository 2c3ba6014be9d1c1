"""What a server's certificate was worth: recorded beside each fetch, never a reason to refuse an answer.

Scrapy does not verify certificates by default and shows only the server's own one. So each TLS connection is
kept until its host has answered; then its whole chain is checked against this machine's authorities.
`see` judges a connection of the crawl's downloader, `meet` and `of` one of Scrapy's own, its fallback.
"""

from __future__ import annotations

import _ssl
import ssl
import sys
from functools import cache
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import (
    FILETYPE_ASN1,
    X509,
    X509Store,
    X509StoreContext,
    X509StoreContextError,
    load_certificate,
)
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
        self._seen: dict[str, ssl.SSLObject] = {}
        self._verdicts: dict[str, str] = {}

    def meet(self, host: str, connection: SSL.Connection) -> None:
        """A connection to this host begins; it is judged when its host has answered."""
        self._met[host] = connection

    def see(self, host: str, handshake: ssl.SSLObject) -> str | None:
        """The verdict on a connection that has answered; each connection is judged once."""
        if self._seen.get(host) is not handshake:
            self._seen[host] = handshake
            chain = _chain(handshake)
            self._verdicts[host] = judge(host, chain) if chain else "invalid: no certificate was shown"
        return self._verdicts.get(host)

    def of(self, host: str) -> str | None:
        """The verdict for a host; None when no handshake with it came to its end."""
        connection = self._met.pop(host, None)
        chain = None if connection is None else connection.get_peer_cert_chain()
        if chain:
            self._verdicts[host] = judge(host, chain)
        return self._verdicts.get(host)


def _chain(handshake: ssl.SSLObject) -> list[X509]:
    """The certificates that the server showed, its own first."""
    if sys.version_info >= (3, 13):
        shown = handshake.get_unverified_chain()
    else:
        # Until then only the object behind it gives the whole chain.
        inner: Any = handshake._sslobj  # type: ignore[attr-defined]
        shown = [certificate.public_bytes(_ssl.ENCODING_DER) for certificate in inner.get_unverified_chain() or ()]
    return [load_certificate(FILETYPE_ASN1, der) for der in shown]


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
