"""Our own pages: the front page, a report, a unit; and what every template may use."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from nianbao_site.cells import EMPTY, NO_VALUE, address, is_web_address, labelled, original_link
from nianbao_site.config import DATABASE, FOLDER, notice
from nianbao_site.front import front_page, snapshot_time
from nianbao_site.health import health_page
from nianbao_site.labels import Label, vocabulary
from nianbao_site.reports import report_page
from nianbao_site.revisions import atom, changes
from nianbao_site.units import unit_page

BETWEEN_LANGUAGES = re.compile(r" · |(?<=[。？]) (?=[A-Za-z])")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    return [
        (r"^/reports/(?P<key>[^/]+)$", report),
        (r"^/units/(?P<key>[^/]+)$", unit),
        (r"^/revisions$", revisions),
        (r"^/revisions\.atom$", feed),
        (r"^/portals$", portals),
    ]


async def report(datasette: Any, request: Request) -> Response:
    """/reports/KEY: the address to cite."""
    page = await report_page(datasette, key=tilde_decode(request.url_vars["key"]))
    if page is None:
        raise NotFound("没有这份报告。No report has this key.")
    return Response.html(await datasette.render_template("report.html", {"page": page}, request=request))


async def unit(datasette: Any, request: Request) -> Response:
    """/units/KEY: a body's record over the years."""
    page = await unit_page(datasette, key=tilde_decode(request.url_vars["key"]))
    if page is None:
        raise NotFound("没有这个单位。No unit has this key.")
    return Response.html(await datasette.render_template("unit.html", {"page": page}, request=request))


async def revisions(datasette: Any, request: Request) -> Response:
    """/revisions: what the portals changed, and apart from it what we corrected."""
    found = {cause: await changes(datasette, cause) for cause in ("source", "parser")}
    return Response.html(await datasette.render_template("revisions.html", found, request=request))


async def feed(datasette: Any, request: Request) -> Response:
    """/revisions.atom: the same for a feed reader."""
    base = f"{request.scheme}://{request.host}"
    return Response(await atom(datasette, base), content_type="application/atom+xml; charset=utf-8")


async def portals(datasette: Any, request: Request) -> Response:
    """/portals: how each portal fares."""
    page = await health_page(datasette)
    return Response.html(await datasette.render_template("portals.html", {"page": page}, request=request))


@hookimpl
def extra_template_vars(template: str, request: Request | None, datasette: Any) -> Coroutine[Any, Any, dict[str, Any]]:
    return template_vars(template, request, datasette)


async def template_vars(template: str, request: Request | None, datasette: Any) -> dict[str, Any]:
    """Labels for every template; the page's own data for its template."""
    words = await vocabulary(datasette)

    def label(column: str, code: Any) -> Markup:
        if code is None:
            return NO_VALUE
        known = words.get(column, {}).get(str(code))
        return labelled(known or Label(str(code), ""), str(code))

    found: dict[str, Any] = {"label": label}
    if template == "index.html":
        found |= await front_page(datasette)
    elif request is not None and template == "row-archive-reports.html":
        found["page"] = await report_page(datasette, row_id=tilde_decode(request.url_vars["pks"]))
    elif request is not None and template == "row-archive-units.html":
        found["page"] = await unit_page(datasette, row_id=tilde_decode(request.url_vars["pks"]))
    return found


def css_version() -> str:
    """A digest of the style sheet, so that a browser never mixes an old one with new pages."""
    return hashlib.sha256((FOLDER / "static" / "site.css").read_bytes()).hexdigest()[:8]


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    # Globals, because error pages are rendered without the variables of extra_template_vars.
    env.globals |= {
        "operator_contact": os.environ.get("NIANBAO_CONTACT", "").strip(),
        "notice": notice(datasette),
        "snapshot_time": lambda: snapshot_time(datasette),
        "css_version": css_version(),
        "known_columns": known_columns(datasette),
    }
    filters: dict[str, Callable[..., Any]] = {
        "address": address,
        "is_web_address": is_web_address,
        "original_link": original_link,
        "or_blank": lambda value: NO_VALUE if value is None else EMPTY if value == "" else value,
        "short": short,
        "bilingual": bilingual,
    }
    env.filters |= filters


def short(description: str | None) -> str:
    """The first words of a column's description: what stands before its first full stop."""
    return (description or "").split("。")[0].split(" · ")[0]


def bilingual(text: str | None) -> Markup:
    """Text that is Chinese first and then English (中文 · English, 中文。 English.), its English set apart."""
    zh, *en = BETWEEN_LANGUAGES.split(text or "", maxsplit=1)
    if not en:
        return Markup("{}").format(zh)
    return Markup('{} <span lang="en">{}</span>').format(zh, en[0])


def known_columns(datasette: Any) -> dict[str, str]:
    """{column: description} over all tables; of a name in several, that of the table people read first."""
    tables = datasette.metadata("tables", database=DATABASE)
    first = [name for name in ("summary", "derived", "reports", "checks", "cells") if name in tables]
    columns: dict[str, str] = {}
    for name in [*first, *tables]:
        columns = tables[name]["columns"] | columns
    return columns
