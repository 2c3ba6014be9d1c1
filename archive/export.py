"""Export: what the site shows, for others to keep and to work with; the same snapshot gives the same bytes.

DIR/archive.db          the snapshot itself
DIR/csv/TABLE.csv       UTF-8 with a byte order mark; text that a spreadsheet would calculate begins with an apostrophe
DIR/parquet/TABLE.parquet
DIR/datapackage.json    every table and column described (Data Package)
DIR/SHA256SUMS          of all these, for `sha256sum -c`

It is made of the snapshot, from which contacts, mobile numbers and readings nobody is shown were left out; originals
are no part of it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.fixity import sha256_of
from archive.store import DataFolderError
from archive.tabular import Table, table_of, write_csv, write_parquet

PACKAGE, SUMS = "datapackage.json", "SHA256SUMS"
GUARD = (
    "In CSV, text that a spreadsheet would take for a formula (it begins with = + - @, a tab, a line break or an"
    " apostrophe) is written with one more apostrophe in front: take one leading apostrophe away to have it as it was."
    " NULL is an empty field, empty text is a pair of quotes. Money is exact in the columns that end in _text."
)


class ExportFolderError(DataFolderError):
    """The folder of an export holds something else, or there is nothing to export yet."""


@dataclass(frozen=True)
class Description:
    """What the site's metadata says of a table: title, description and {column: description}, Chinese · English."""

    title: str
    description: str
    columns: dict[str, str]


def export(
    data: Path,
    target: Path,
    described: dict[str, Description],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Path]:
    """Write the export of a data folder's snapshot; gives its files. Raises ExportFolderError, OSError.

    It is made beside `target` and takes its place when it is whole; an earlier export there is replaced.
    """
    snapshot = data / "site" / "archive.db"
    if not snapshot.exists():
        raise ExportFolderError(f"{snapshot}: there is nothing to export yet; run `nianbao publish` first")
    if target.exists() and not (target / PACKAGE).exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExportFolderError(f"{target}: holds something that is no export; name a new or an empty folder")
    making = target.with_name(f".{target.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    for folder in ("csv", "parquet"):
        (making / folder).mkdir(parents=True)
    try:
        # Everything is read from the copy: a new snapshot in the meantime changes nothing.
        shutil.copyfile(snapshot, making / snapshot.name)
        _write(making, described, progress)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _replace(making, target)
    return sorted(path for path in target.rglob("*") if path.is_file())


def _write(folder: Path, described: dict[str, Description], progress: Callable[[int, int], None]) -> None:
    db = sqlite3.connect(f"{(folder / 'archive.db').resolve().as_uri()}?immutable=1", uri=True)
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    names = sorted(there & described.keys())
    resources = []
    for done, name in enumerate(names, start=1):
        table = table_of(db, name)
        csv, parquet = folder / "csv" / f"{name}.csv", folder / "parquet" / f"{name}.parquet"
        count = write_csv(db, table, csv)
        write_parquet(db, table, parquet)
        resources += [_csv_resource(folder, csv, table, described[name], count), _file(folder, parquet, name)]
        progress(done, len(names))
    db.close()
    resources.append(_file(folder, folder / "archive.db", "archive"))
    text = json.dumps(_package(resources), ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(text + "\n", "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256_of(path)[0]}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(sums), "utf-8")


def _package(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "nianbao",
        "title": "中国政府信息公开年度报告档案 · The public archive of China's disclosure annual reports",
        "description": GUARD,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }


def _csv_resource(folder: Path, path: Path, table: Table, about: Description, count: int) -> dict[str, Any]:
    fields = [_field(name, kind, about.columns[name]) for name, kind in table.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    titled = {"title": about.title, "description": about.description}
    kept = {"profile": "tabular-data-resource", "encoding": "utf-8-sig", "schema": schema, "rows": count}
    return _file(folder, path, table.name.replace("_", "-")) | titled | kept


def _field(name: str, kind: str, description: str) -> dict[str, str]:
    zh, _, en = description.partition(" · ")
    return {"name": name, "type": kind, "title": zh.split("。")[0], "description": description, "description_en": en}


def _file(folder: Path, path: Path, name: str) -> dict[str, Any]:
    digest, size = sha256_of(path)
    suffix = path.suffix.removeprefix(".")
    named = name if suffix == "csv" else f"{name.replace('_', '-')}-{suffix}"
    about = {"path": path.relative_to(folder).as_posix(), "format": suffix, "bytes": size, "hash": f"sha256:{digest}"}
    return {"name": named.lower(), "type": "table" if suffix == "csv" else "file", **about}


def _replace(making: Path, target: Path) -> None:
    if target.exists():
        old = target.with_name(f".{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        making.rename(target)
        shutil.rmtree(old)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        making.rename(target)
