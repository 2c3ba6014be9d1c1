"""What a certificate is worth. The authority is made here and thrown away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL.crypto import X509, X509Store

from crawler import tls
from crawler.tls import TlsVerdicts, judge

HOST = "www.lihu.gov.cn"
KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(host: str, issuer: str = "authority", days: int = 30) -> X509:
    """A certificate for a host, or for an authority of that name."""
    is_authority = host == issuer
    until = datetime.now(UTC) + timedelta(days=days)
    built = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=60))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(KEY, hashes.SHA256())
    )
    return X509.from_cryptography(built)


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the test's own authority."""
    store = X509Store()
    store.add_cert(certificate("authority"))
    monkeypatch.setattr(tls, "_authorities", lambda: store)


def test_a_good_certificate_is_valid() -> None:
    assert judge(HOST, [certificate(HOST)]) == "valid"


@pytest.mark.parametrize(
    ("trait", "leaf", "verdict"),
    [
        ("another host's", certificate("www.dahe.gov.cn"), "made out to another name"),
        ("expired", certificate(HOST, days=-1), "expired"),
        ("self-signed", certificate(HOST, issuer=HOST), "self-signed"),
        ("unknown authority", certificate(HOST, issuer="nobody"), "issuer"),
    ],
)
def test_what_is_wrong_is_said(trait: str, leaf: X509, verdict: str) -> None:
    said = judge(HOST, [leaf])
    assert said.startswith("invalid: "), trait
    assert verdict in said


def test_a_host_that_was_never_met_has_no_verdict() -> None:
    assert TlsVerdicts().of(HOST) is None
