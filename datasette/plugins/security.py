"""The headers that every answer carries, and the debug pages that a public site does not have.

Our templates hold no inline script or style, so one strict policy serves all pages, the SQL editor included:
scripts and styles come from this site alone, and nothing is loaded from, or sent to, anywhere else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Request

App = Callable[[Any, Any, Any], Awaitable[None]]

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}

# They show the paths, threads and permissions of this machine.
CLOSED = "databases|threads|permissions|messages|allow-debug|patterns|auth-token|logout|actor"


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    return with_headers


def with_headers(app: App) -> App:
    """The app, each of whose answers gets the headers that it does not set itself."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                set_already = {name.lower() for name, _ in message.get("headers", [])}
                more = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                headers = [
                    *message.get("headers", []),
                    *(pair for pair in more if pair[0] not in set_already),
                ]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[None]]]]:
    return [(rf"^/-/(?:{CLOSED})(?:\.json)?$", closed)]


async def closed(request: Request) -> None:
    """A page that this site does not have."""
    raise NotFound(f"{request.path}: no such page here")
