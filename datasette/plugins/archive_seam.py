"""The one place where the site touches the archive's code: words for the index, and the store of files."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette import hookimpl

from archive.bigrams import match
from archive.originals import Originals
from nianbao_site.config import data_folder
from nianbao_site.originals import originals_route


# Last, so that Datasette's own escape_fts, which knows no Chinese, is the one replaced.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("escape_fts", 1, lambda query: match(str(query or "")), deterministic=True)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    return originals_route(Originals(data_folder(datasette) / "originals").path)
