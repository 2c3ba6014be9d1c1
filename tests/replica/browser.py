"""A small client for the replica's own tests: urllib through the proxy, no redirects followed."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from tests.replica.web import Replica


@dataclass(frozen=True)
class Got:
    """A response: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body decoded as the project decodes pages: strict UTF-8, then GB18030."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError:
            return self.body.decode("gb18030")


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> None:
        """Give no new request: the redirect itself is the answer."""


class Browser:
    """Asks the replica; trusts its authority for https."""

    def __init__(self, web: Replica) -> None:
        proxies = {"http": web.proxy_url, "https": web.proxy_url}
        https = HTTPSHandler(context=web.identity.client())
        self._opener = build_opener(ProxyHandler(proxies), https, _Stay)

    def ask(self, url: str, method: str = "GET", data: bytes | None = None) -> Got:
        """One request. Raises URLError when the proxy refuses the tunnel."""
        headers = {"User-Agent": "replica-test/1"}
        request = Request(url, data=data, method=method, headers=headers)  # noqa: S310 - http and https alone
        try:
            with self._opener.open(request, timeout=20) as response:
                return Got(response.status, _lower(response.headers), response.read())
        except HTTPError as error:
            with error:
                return Got(error.code, _lower(error.headers), error.read())


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
