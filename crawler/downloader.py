"""The last step before the wire: every request passes the host rule, waits for its site's turn, and its answer is
written to the WARC file before anything else sees it.

Nothing in Scrapy comes after a download handler, so no redirect, no robots.txt and no retry goes around it. The answer
is taken as aiohttp gives it: header lines in their order and case, the body as sent. Servers whose answers aiohttp
refuses to read are asked by Scrapy's own handler from their next request on; its header names are normalised, which
the record says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import aiohttp
import yarl
from scrapy import Request, Spider
from scrapy.core.downloader import Downloader
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

from archive.exchange import TLS, Exchange
from crawler.addresses import GuardedResolver, check_literal, refused_in
from crawler.tls import WitnessingPolicy
from crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.web.iweb import IPolicyForHTTPS

    from crawler.spiders.reports import ReportsSpider

PLACE, VERDICT = "place", "tls"
DECHUNKED, NORMALISED = "Nianbao-Transfer-Encoding", "Nianbao-Headers"
# Header lines, as the record keeps them.
Lines = list[tuple[bytes, bytes]]


class NoRequests(LogFormatter):
    """Scrapy's words for its log, without a line for each request."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """Nothing: the ledger has it."""


class StraightDownloader(Downloader):
    """Scrapy's downloader without the queues of its own: who is asked when stands in crawler/politeness.py alone."""

    async def _enqueue_request(self, request: Request) -> Response:
        return await self.handlers.download_request_async(request)


class RecordingDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, behind the crawl's scope and politeness, with the WARC file behind it.

    It leaves in the request's meta where the answer stands (`place`) and what the certificate was worth (`tls`).
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._spider = cast("ReportsSpider", crawler.spider)
        self._fallback = _Fallback(crawler, self._spider)
        connector = cast("aiohttp.TCPConnector", self._session.connector)
        connector._resolver = GuardedResolver(connector._resolver)

    async def download_request(self, request: Request) -> Response:
        """Send one request. Raises OffSiteError, RequestsSpentError, CaptureError, and what Scrapy raises for none."""
        self._spider.scope.check(request.url)
        host = host_of(request.url)
        check_literal(host, proxied="proxy" in request.meta)
        self._spider.send_one()
        async with self._spider.sites.of(host).turn():
            if host in self._spider.refused_by_aiohttp:
                return await self._by_scrapy(request, host)
            # As it was linked: without this aiohttp writes addresses anew.
            request.meta["verbatim_url"] = True
            try:
                return await super().download_request(request)
            except Exception as error:
                if refused := refused_in(error):
                    raise refused from None
                if _is_refusal(error.__cause__):
                    self._spider.refused_by_aiohttp.add(host)
                raise

    async def _read_response(self, response: Any, request: Request) -> Response:
        """The whole answer, written down. `response` is aiohttp's."""
        read = await super()._read_response(response, request)
        host, tls = host_of(request.url), None
        if response._ssl_object is not None:
            tls = self._spider.tls.see(host, response._ssl_object)
        version = response.version or aiohttp.HttpVersion11
        first = f"HTTP/{version.major}.{version.minor} {response.status} {response.reason or ''}".rstrip()
        asked = [(name.encode("latin-1"), value.encode()) for name, value in response.request_info.headers.items()]
        peer = None if request.meta.get("proxy") else response._peername[0]
        self._record(request, first, list(response.raw_headers), read.body, asked, peer, tls, {})
        return read

    async def _by_scrapy(self, request: Request, host: str) -> Response:
        try:
            read = await self._fallback.download_request(request)
        except Exception as error:
            if refused := refused_in(error):
                raise refused from None
            raise
        tls = self._spider.tls.of(host) if request.url.startswith("https:") else None
        lines = [(name, value) for name, values in read.headers.items() for value in values]
        asked = [(b"Host", _netloc(request.url).encode())]
        asked += [(name, value) for name, values in request.headers.items() for value in values]
        peer = None if request.meta.get("proxy") or read.ip_address is None else str(read.ip_address)
        first = f"{read.protocol or 'HTTP/1.1'} {read.status}"
        self._record(request, first, lines, read.body, asked, peer, tls, {NORMALISED: "normalised"})
        return read

    def _record(
        self,
        request: Request,
        first: str,
        lines: Lines,
        body: bytes,
        asked: Lines,
        peer: str | None,
        tls: str | None,
        fields: dict[str, str],
    ) -> None:
        # The body stands there without its chunks, so the line that announces them would be untrue.
        chunked = [value for name, value in lines if name.lower() == b"transfer-encoding"]
        kept = [(name, value) for name, value in lines if name.lower() != b"transfer-encoding"]
        fields |= {DECHUNKED: b", ".join(chunked).decode("latin-1")} if chunked else {}
        fields |= {TLS: tls} if tls else {}
        secret = b"proxy-authorization"
        ask = f"{request.method} {yarl.URL(request.url, encoded=True).raw_path_qs} HTTP/1.1"
        portal = request.meta["portal"]
        exchange = Exchange(
            crawl_id=self._spider.crawl_ids[portal],
            portal=portal,
            url=request.url,
            method=request.method,
            request=_head(ask, [line for line in asked if line[0].lower() != secret]),
            request_body=request.body,
            head=_head(first, kept),
            body=body,
            ip=peer,
            fields=fields,
        )
        request.meta[PLACE] = self._spider.job.archive.captures.write(exchange)
        request.meta[VERDICT] = tls

    async def close(self) -> None:
        """Close the connections of both."""
        await super().close()
        await self._fallback.close()


class _Fallback(HTTP11DownloadHandler):
    """Scrapy's own handler, with a witness at its TLS handshakes."""

    def __init__(self, crawler: Crawler, spider: ReportsSpider) -> None:
        super().__init__(crawler)
        # Scrapy 2.19 deprecates its setting for a context factory; the handler's attribute is what is left.
        self._contextFactory = cast("IPolicyForHTTPS", WitnessingPolicy(self._contextFactory, spider.tls))


def _is_refusal(cause: BaseException | None) -> bool:
    """Whether aiohttp got an answer, or a handshake, that it will not read. A proxy's word is none."""
    if isinstance(cause, aiohttp.ClientHttpProxyError):
        return False
    return isinstance(cause, aiohttp.ClientResponseError | aiohttp.ClientSSLError)


def _head(first: str, lines: Lines) -> bytes:
    block = b"".join(name + b": " + value + b"\r\n" for name, value in lines)
    return first.encode("latin-1", "replace") + b"\r\n" + block + b"\r\n"


def _netloc(url: str) -> str:
    return yarl.URL(url, encoded=True).raw_authority
