"""The web of the crawl's claims: portals of one make, played by a proxy in a process of its own.

Its processor time is nobody's: the sides are told apart from it. `python -m bench.crawlweb` prints its port.
"""

from __future__ import annotations

import asyncio
import sys
from urllib.parse import urlsplit

from bench.reports import html_pages

REPORTS = 45
ROWS = 15
# A page of a real portal is about this long, most of it menus and scripts.
PAGE_BYTES = 20_000
YEARS = range(2010, 2025)
UNITS = ("区", "区教育局", "区民政局")
LINKS = 80
# What the crawl asked for, one address a line, for the other sides to ask for too.
ASKED = "asked.txt"


def host(number: int) -> str:
    """The host of a portal; each is a site of its own."""
    return f"www.p{number}.gov.cn"


def padded(body: str) -> bytes:
    """A page in a portal's dress: its menus, and as long as such pages are."""
    menu = "".join(
        f'<li><a href="/zx/{number}.html" target="_blank">街道新闻{number}号</a></li>' for number in range(LINKS)
    )
    page = f"<html><head><title>年报</title></head><body><ul>{menu}</ul>{body}"
    filler = "<script>var state = {};</script>"
    missing = max(0, PAGE_BYTES - len(page.encode())) // len(filler)
    return f"{page}{filler * missing}</body></html>".encode()


class Pages:
    """What every portal answers, by path."""

    def __init__(self) -> None:
        rows = [
            (f"里湖{unit}{year}年政府信息公开工作年度报告", f"{year}{place}")
            for year in YEARS
            for place, unit in enumerate(UNITS)
        ]
        lists = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
        self._pages = {"/": padded('<a href="/gk/nb/">政府信息公开年报</a>')}
        for number, part in enumerate(lists):
            items = "".join(
                f'<li><a href="/gk/nb/t{name}.html">{title}</a><span>2024-01-20</span></li>'
                f'<li><a href="/gk/nb/x{name}.html">街道开展巡查{name}</a></li>'
                for title, name in part
            )
            script = f'<script>createPageHTML({len(lists)},{number},"index","html");</script>'
            self._pages[f"/gk/nb/{f'index_{number}.html' if number else ''}"] = padded(f"<ul>{items}</ul>{script}")
        bodies = html_pages(len(rows))
        for (title, name), body in zip(rows, bodies, strict=True):
            self._pages[f"/gk/nb/t{name}.html"] = body.replace(b"<body>", f"<body><h1>{title}</h1>".encode(), 1)

    def answer(self, target: str) -> bytes:
        """The whole answer to a request for an address. No two portals' pages are the same bytes."""
        parts = urlsplit(target)
        body = self._pages.get(parts.path)
        body = body and body + f"<!-- {parts.netloc} -->".encode()
        status, body = (b"200 OK", body) if body is not None else (b"404 Not Found", b"<h1>404</h1>")
        head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % (
            status,
            len(body),
        )
        return head + body


async def _serve() -> None:
    pages = Pages()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(pages.answer(head.split(b" ", 2)[1].decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    sys.exit(asyncio.run(_serve()))
