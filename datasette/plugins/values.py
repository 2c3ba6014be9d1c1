"""Values as people read them (nianbao_site/cells.py), on every page that Datasette renders."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from nianbao_site.cells import shown


@hookimpl
def render_cell(
    value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Coroutine[Any, Any, Markup | None]:
    return shown(datasette, table, column, value)
