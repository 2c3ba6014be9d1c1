"""One place that says how Datasette is set up, for the server, the tests and the pictures alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import parse_metadata

FOLDER = Path(__file__).resolve().parent.parent
DATABASE = "archive"

SETTINGS: dict[str, int | bool] = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    # Few threads let three heavy queries hold up every page; heavy ones are cut after two seconds.
    "num_sql_threads": 12,
    "sql_time_limit_ms": 2000,
    # Suggesting facets took 41 s on a wide table; those asked for by name are counted within half a second.
    "suggest_facets": False,
    "allow_facet": True,
    "facet_time_limit_ms": 500,
    "default_facet_size": 20,
    # The snapshot holds what the pages show and nothing else, so the whole file may be taken home.
    "allow_download": True,
    "allow_csv_stream": True,
    "max_csv_mb": 100,
    "default_cache_ttl": 60,
    "truncate_cells_html": 400,
}


class NothingPublishedError(Exception):
    """The data folder holds no database that could be shown."""


def database_path(data: Path, *, live: bool = False) -> Path:
    """The snapshot of a data folder (`live`: the archive itself). Raises NothingPublishedError."""
    path = data / "archive.db" if live else data / "site" / "archive.db"
    if not path.is_file():
        remedy = "run `nianbao crawl` or `nianbao add`" if live else "run `nianbao publish`"
        raise NothingPublishedError(f"{path}: there is nothing to show yet; {remedy} first")
    return path


def make_datasette(data: Path, *, live: bool = False) -> Datasette:
    """Datasette on the snapshot of a data folder, or on the archive itself. Raises NothingPublishedError."""
    path = database_path(data, live=live).resolve()
    return Datasette(
        [str(path)] if live else [],
        immutables=[] if live else [str(path)],
        inspect_data=None if live else _inspect_data(path),
        metadata=parse_metadata((FOLDER / "metadata.yaml").read_text("utf-8")),
        template_dir=str(FOLDER / "templates"),
        plugins_dir=str(FOLDER / "plugins"),
        static_mounts=[("assets", str(FOLDER / "static"))],
        settings=SETTINGS,
        cors=True,
    )


def archive_database(datasette: Datasette) -> Database:
    """The one database that the site shows."""
    return datasette.get_database(DATABASE)


def data_folder(datasette: Datasette) -> Path:
    """The data folder: where archive.db lies, or one above where the snapshot does (contract.md)."""
    folder = Path(archive_database(datasette).path).parent
    return folder.parent if folder.name == "site" else folder


def notice(datasette: Datasette) -> str:
    """What the operator wants said on every page: notice.txt of the data folder; the demo says that it is one."""
    path = data_folder(datasette) / "notice.txt"
    return path.read_text("utf-8").strip() if path.is_file() else ""


def _inspect_data(snapshot: Path) -> dict[str, Any] | None:
    """The row counts made with the snapshot, unless they belong to another one."""
    path = snapshot.with_name("inspect.json")
    if not path.is_file():
        return None
    inspect: dict[str, Any] = json.loads(path.read_text("utf-8"))
    fits = inspect.get(DATABASE, {}).get("size") == snapshot.stat().st_size
    return inspect if fits else None
