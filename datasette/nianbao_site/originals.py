"""/originals/SHA256: the file as the server sent it, kept from acting in our name.

A page may carry scripts, trackers or forms. It is shown under a sandbox that runs, loads and sends nothing;
its media type is one of a short list, else it is a download. Only a hash that the snapshot lists is found.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.utils.asgi import NotFound, Request, Response, asgi_send_file

from nianbao_site.config import archive_database

TEXT_TYPES = ("text/html", "text/plain")
IMAGE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
PDF = "application/pdf"
DOWNLOAD = "application/octet-stream"

EXTENSIONS = {
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/ofd": "ofd",
    "application/zip": "zip",
}

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
# Browsers refuse to show a sandboxed PDF; their viewers run in a process of their own.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"

Route = tuple[str, Callable[..., Awaitable[Any]]]


def originals_route(path_of: Callable[[str], Path]) -> list[Route]:
    """The route on a store, given the function that says where the bytes of a hash lie."""

    async def original(datasette: Any, request: Request, send: Any) -> Response | None:
        sha256 = request.url_vars["sha256"]
        withdrawn, media_type = await _record(datasette, sha256)
        if withdrawn is not None:
            page = await datasette.render_template("withdrawn.html", {"sha256": sha256, **withdrawn}, request=request)
            return Response.html(page, status=451, headers={"Cache-Control": "no-cache"})
        if media_type is None:
            raise NotFound(f"此档案中没有这份原件。This archive has no original {sha256}.")
        path = path_of(sha256)
        if not path.is_file():
            page = await datasette.render_template("original_missing.html", {"sha256": sha256}, request=request)
            return Response.html(page, status=404, headers={"Cache-Control": "no-cache"})
        etag = f'"{sha256}"'
        if request.headers.get("if-none-match") == etag:
            return Response("", status=304, headers={"ETag": etag})
        headers = file_headers(sha256, media_type) | {"ETag": etag, "Cache-Control": "public, no-cache"}
        if request.method == "HEAD":
            size = {"Content-Length": str(path.stat().st_size)}
            return Response("", headers=headers | size, content_type=await _content_type(path, media_type))
        await asgi_send_file(send, path, content_type=await _content_type(path, media_type), headers=headers)
        return None

    return [(r"^/originals/(?P<sha256>[0-9a-f]{64})$", original)]


def shown_type(media_type: str) -> str:
    """The media type to send: one that a browser may show, else a download."""
    essence = media_type.split(";")[0].strip().lower()
    return essence if essence in (*TEXT_TYPES, *IMAGE_TYPES, PDF) else DOWNLOAD


def file_headers(sha256: str, media_type: str) -> dict[str, str]:
    """What keeps the file from acting: no guessing of types, a sandbox, a download where it is not shown."""
    headers = {"X-Content-Type-Options": "nosniff"}
    shown = shown_type(media_type)
    headers["Content-Security-Policy"] = PDF_POLICY if shown == PDF else SANDBOX
    if shown == DOWNLOAD:
        extension = EXTENSIONS.get(media_type.split(";")[0].strip().lower(), "bin")
        headers["Content-Disposition"] = f'attachment; filename="{sha256}.{extension}"'
    return headers


async def _content_type(path: Path, media_type: str) -> str:
    shown = shown_type(media_type)
    if shown not in TEXT_TYPES:
        return shown
    return f"{shown}; charset={text_charset(await asyncio.to_thread(path.read_bytes))}"


def text_charset(data: bytes) -> str:
    """As the parser decides: a byte order mark, strict UTF-8, else GB18030, whatever the page claims."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


async def _record(datasette: Any, sha256: str) -> tuple[dict[str, str] | None, str | None]:
    """(date and ground of its withdrawal, media type); None for what the snapshot does not say."""
    database = archive_database(datasette)
    withdrawn = (await database.execute("SELECT date, ground FROM withdrawn WHERE sha256 = ?", (sha256,))).first()
    row = (await database.execute("SELECT media_type FROM originals WHERE sha256 = ?", (sha256,))).first()
    return (dict(withdrawn) if withdrawn else None), (row["media_type"] if row else None)


def is_original_address(url: str) -> bool:
    """Whether an address is one of our own originals."""
    return re.fullmatch(r"/originals/[0-9a-f]{64}", url) is not None
