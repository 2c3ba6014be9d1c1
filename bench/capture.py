"""Told: what keeping a page costs (WARC record, index, original, ledger) beside fetching the same and keeping none.

Both sides ask through the same Scrapy handler; the server is a process of its own and its work is not counted. The
disk's own time (two fdatasyncs and two commits a page) is not processor time, and a crawl waits seconds between pages.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import multiprocessing
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from archive.ledger import PortalRow
from archive.store import Archive
from bench.contest import Contest
from bench.reports import html_pages
from crawler.book import LedgerBook, row
from crawler.discovery import Wanted
from crawler.downloader import RecordingDownloadHandler
from crawler.frontier import Task
from crawler.spiders.reports import Job, ReportsSpider
from crawler.web import answer_of

PAGES = 300
REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
PORTAL, HOST = "bench", "http://www.bench.gov.cn"


def contests(scene: ExitStack) -> list[Contest]:
    """Reports as HTML pages, each with bytes of its own."""
    folder = Path(scene.enter_context(tempfile.TemporaryDirectory(prefix="nianbao-bench-")))
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=[theirs], daemon=True)
    server.start()
    scene.callback(server.kill)
    proxy = f"http://127.0.0.1:{ours.recv()}"
    names = ("keeping each page", "the same handler, keeping none")
    return [
        Contest("capture", "page", PAGES, *names, ours=lambda: kept(folder, proxy), bare=lambda: fetched(proxy)),
    ]


def kept(folder: Path, proxy: str) -> None:
    """Fetch every page into a new archive."""
    with (
        tempfile.TemporaryDirectory(dir=folder) as data,
        Archive.open(Path(data)) as archive,
    ):
        archive.ledger.register([PortalRow(PORTAL, "基准区", HOST)])
        spider = ReportsSpider(Job(archive, [], Wanted(), 0.0, 90, frozenset(), lambda _: None))
        spider.crawl_ids[PORTAL] = archive.ledger.begin_crawl(PORTAL)
        book = LedgerBook(archive, PORTAL, spider.crawl_ids[PORTAL])

        async def keep(request: Request, handler: AiohttpDownloadHandler) -> None:
            answer = answer_of(await handler.download_request(request), request)
            fetch = row(PORTAL, Task(request.url, "report", 0, "a report"), answer, "a report")
            book.keep(replace(fetch, media_type="text/html"), "page", answer.body)

        run(RecordingDownloadHandler, proxy, keep, spider)


def fetched(proxy: str) -> None:
    """Fetch every page and keep none."""

    async def look(request: Request, handler: AiohttpDownloadHandler) -> None:
        await handler.download_request(request)

    run(AiohttpDownloadHandler, proxy, look, None)


def run(
    handler_class: type[AiohttpDownloadHandler],
    proxy: str,
    work: Callable[[Request, AiohttpDownloadHandler], Awaitable[None]],
    spider: ReportsSpider | None,
) -> None:
    """Do the work for every page, one after the other, on Scrapy's reactor's loop."""
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    install_reactor(REACTOR)
    settings = Settings()
    settings.setmodule("crawler.settings")
    crawler = Crawler(ReportsSpider, settings)
    crawler.spider = spider

    async def every() -> None:
        handler = handler_class(crawler)
        for number in range(PAGES):
            await work(Request(f"{HOST}/{number}.html", meta={"proxy": proxy, "portal": PORTAL}), handler)
        await handler.close()

    asyncio.get_event_loop().run_until_complete(every())


def serve(told: Connection) -> None:
    """Answer as a proxy on loopback: a report for every address, with its number in it."""
    pages = html_pages(12)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                return writer.close()
            path = head.split(b" ", 2)[1]
            mark = hashlib.sha256(path).hexdigest()
            body = pages[int(mark, 16) % len(pages)] + f"<!-- {mark} -->".encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n")
            writer.write(f"ETag: {mark}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()

    async def listen() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(listen())
