"""The last step before the wire: every request passes the host rule and waits for its site's turn here.

Nothing in Scrapy comes after a download handler, so no redirect, no robots.txt and no retry goes around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from crawler.tls import WitnessingPolicy
from crawler.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.web.iweb import IPolicyForHTTPS

    from crawler.spiders.reports import ReportsSpider


class PoliteDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's own HTTP handler, behind the scope and the politeness of the crawl's spider."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._spider = cast("ReportsSpider", crawler.spider)
        # Scrapy 2.19 deprecates its setting for a context factory; the handler's attribute is what is left.
        self._contextFactory = cast("IPolicyForHTTPS", WitnessingPolicy(self._contextFactory, self._spider.tls))

    async def download_request(self, request: Request) -> Response:
        """Send one request. Raises OffSiteError, RequestsSpentError, and what Scrapy raises when no answer came."""
        self._spider.scope.check(request.url)
        self._spider.send_one()
        async with self._spider.sites.of(host_of(request.url)).turn():
            return await super().download_request(request)
