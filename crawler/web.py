"""Asking for one URL: what came back, or why nothing did. The one file that calls Scrapy's engine."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web._newclient import (
    ParseError,
    RequestGenerationFailed,
    RequestNotSent,
    RequestTransmissionFailed,
)
from twisted.web.error import Error as HttpError

from archive.exchange import Place
from archive.media import media_type
from archive.memory import Earlier
from archive.space import check_room
from crawler.downloader import PLACE, VERDICT
from crawler.family import Form
from crawler.robots import RobotsRefusalError, Why
from crawler.scope import OffSiteError, RequestsSpentError
from parsers.formats.encoding import decode

if TYPE_CHECKING:
    from crawler.spiders.reports import ReportsSpider

Failure = Literal["no_answer", "too_large", "off_site", "robots", "spent"]

# Everything by which Scrapy 2.19 and Twisted say that no whole answer came: a malformed address is a
# ValueError, a body that does not unpack an OSError, an EOFError or one of the last two.
NO_ANSWER: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    TunnelError,
    ConnectError,
    ConnectionClosed,
    HttpError,
    ParseError,
    RequestGenerationFailed,
    RequestNotSent,
    RequestTransmissionFailed,
    SSL.Error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)


class Witness(TypedDict):
    """The ledger's columns that say where an answer stands in the WARC files."""

    warc: str | None
    warc_offset: int | None
    fetched_at: str | None


@dataclass(frozen=True)
class Answer:
    """What a URL answered: a status with its body, or a failure with its reason.

    Header names are in lower case; `refusal` says which way robots.txt refused; `place` is where the answer stands in
    the WARC files. `unchanged`: answered 304, and `body` is the one that the address had before.
    """

    url: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    tls: str | None = None
    failure: Failure | None = None
    reason: str = ""
    refusal: Why | None = None
    place: Place | None = None
    unchanged: bool = False

    @cached_property
    def kind(self) -> str:
        """The media type of the body, by its bytes."""
        return media_type(self.body, lambda: self.text)

    @cached_property
    def text(self) -> str:
        """The body decoded by us, whole: declared charsets lie both ways."""
        return decode(self.body)[0]

    @property
    def witness(self) -> Witness:
        """Where the answer stands, and when it was captured: a replayed one was not fetched now."""
        if self.place is None:
            return Witness(warc=None, warc_offset=None, fetched_at=None)
        return Witness(warc=self.place.warc, warc_offset=self.place.offset, fetched_at=self.place.captured_at)


class ScrapyWeb:
    """Asks through Scrapy's downloader and its middlewares: robots.txt, cookies, proxy, scope, politeness."""

    def __init__(self, spider: ReportsSpider, portal: str) -> None:
        self._spider, self._portal = spider, portal

    async def get(self, url: str, form: Form | None = None, referer: str | None = None, robots: bool = False) -> Answer:
        """Ask for one URL, once, following nothing: by POST where there is a form to send.

        `robots` marks a robots.txt, which waits for no rules. Raises NoRoomError before anything is asked, and
        CaptureError when the answer cannot be kept.
        """
        check_room(self._spider.job.archive.folder, self._spider.job.least_free)
        # As it was linked: no sorting of parameters, no second look at what was asked before.
        request = Request(url, dont_filter=True, meta={"portal": self._portal, "robots": robots})
        if form is not None:
            request = request.replace(method="POST", body=form.body, headers={"Content-Type": form.media})
        is_plain = not robots and form is None
        earlier = self._spider.bodies.earlier(url, self._spider.crawl_ids[self._portal]) if is_plain else None
        request.headers.update(conditions(earlier) | ({"Referer": referer} if referer else {}))
        try:
            response = await self._spider.crawler.engine.download_async(request)
        except OffSiteError as error:
            return Answer(url, failure="off_site", reason=str(error))
        except RequestsSpentError as error:
            return Answer(url, failure="spent", reason=str(error))
        except RobotsRefusalError as error:
            return Answer(url, failure="robots", reason=str(error), refusal=error.why)
        except (DownloadCancelledError, IgnoreRequest) as error:
            # What is sent beyond DOWNLOAD_MAXSIZE Scrapy cancels, what unpacks beyond it Scrapy ignores.
            reason = f"larger than a crawl takes: {describe(error)}"
            return Answer(url, failure="too_large", reason=reason, place=request.meta.get(PLACE))
        except NO_ANSWER as error:
            return Answer(url, failure="no_answer", reason=describe(error), place=request.meta.get(PLACE))
        answer = answer_of(response, request)
        return answer if earlier is None or answer.status != 304 else unchanged(answer, earlier)


def conditions(earlier: Earlier | None) -> dict[str, str]:
    """The headers of a request for a body only if it is not the one that is here."""
    marks = {} if earlier is None else {"If-None-Match": earlier.etag, "If-Modified-Since": earlier.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def unchanged(answer: Answer, earlier: Earlier) -> Answer:
    """A 304 with the body that it speaks of; what it leaves out of its headers still holds."""
    held = {"etag": earlier.etag, "last-modified": earlier.last_modified, "content-type": earlier.media_type}
    headers = {name: value for name, value in held.items() if value} | dict(answer.headers)
    return replace(answer, headers=headers, body=earlier.body, unchanged=True)


def answer_of(response: Response, request: Request) -> Answer:
    """A response of Scrapy's as an answer; its request's meta says where it stands and how it was secured."""
    headers: dict[str, str] = {}
    for name, values in response.headers.items():
        key = name.decode("latin-1").lower()
        headers[key] = ", ".join(_bytes(value).decode("latin-1") for value in values)
    tls, place = request.meta.get(VERDICT), request.meta.get(PLACE)
    return Answer(response.url, response.status, headers, response.body, tls, place=place)


def describe(error: Exception) -> str:
    """An error of the network in one line."""
    name = type(error).__name__.removesuffix("Error")
    text = " ".join(str(error).split())
    return f"{name}: {text[:200]}" if text else name


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("latin-1", "replace")
