"""Tables as files for others: CSV that spreadsheets open unharmed, and Parquet. The same rows give the same bytes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

Kind = Literal["integer", "number", "string"]

ROWS_AT_ONCE = 20_000
# What a spreadsheet takes for a formula. Text that begins with an apostrophe itself gets one too, so that whoever
# takes one leading apostrophe away has the text as it was.
FORMULA = tuple("=+-@\t\r\n'＝＋－＠")
NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$')
PARQUET: dict[Kind, pa.DataType] = {"integer": pa.int64(), "number": pa.float64(), "string": pa.string()}


@dataclass(frozen=True)
class Table:
    """A table or view: its columns with their kinds, what its rows are told apart by, and their order."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]
    order: str

    def rows(self, db: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        """All rows in their order, some thousand at a time."""
        names = ", ".join(f'"{name}"' for name, _ in self.columns)
        found = db.execute(f'SELECT {names} FROM "{self.name}" ORDER BY {self.order}')  # noqa: S608 names of our schema
        while batch := list(islice(found, ROWS_AT_ONCE)):
            yield batch


def table_of(db: sqlite3.Connection, name: str) -> Table:
    """What the schema says of a table or view."""
    told = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = tuple((row[1], _kind(db, name, row[1], row[2])) for row in told)
    key = tuple(row[1] for row in sorted((row for row in told if row[5]), key=lambda row: int(row[5])))
    (is_view,) = db.execute("SELECT type = 'view' FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    quoted = [f'"{column}"' for column in key]
    return Table(name, columns, key, ", ".join(quoted) or ("1, 2" if is_view else "rowid"))


def _kind(db: sqlite3.Connection, table: str, column: str, declared: str) -> Kind:
    """A column's kind, as it is declared; of a sum in a view, what its values are."""
    declared_kinds: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number", "NUMERIC": "number", "TEXT": "string"}
    if declared in declared_kinds:
        return declared_kinds[declared]
    found = db.execute(f'SELECT DISTINCT typeof("{column}") FROM "{table}"').fetchall()  # noqa: S608 our own names
    kinds = {row[0] for row in found} - {"null"}
    if kinds <= {"integer"}:
        return "integer"
    return "number" if kinds <= {"integer", "real"} else "string"


def write_csv(db: sqlite3.Connection, table: Table, path: Path) -> int:
    """A table as CSV with a byte order mark; gives the number of rows. NULL is nothing, empty text is ""."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(_line([name for name, _ in table.columns]))
        for rows in table.rows(db):
            count += len(rows)
            file.writelines(map(_line, rows))
    return count


def _line(values: Sequence[Any]) -> str:
    return ",".join(map(csv_field, values)) + "\r\n"


def csv_field(value: Any) -> str:
    """One field: quoted where it must be, guarded where a spreadsheet would calculate it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = f"'{value}" if value.startswith(FORMULA) else value
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if not text or NEEDS_QUOTES.search(text) else text


def write_parquet(db: sqlite3.Connection, table: Table, path: Path) -> None:
    """A table as Parquet, text as it is."""
    schema = pa.schema([(name, PARQUET[kind]) for name, kind in table.columns])
    kinds = [kind for _, kind in table.columns]
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in table.rows(db):
            columns = [
                pa.array(map(_as(kind), values), type=PARQUET[kind])
                for kind, values in zip(kinds, zip(*rows, strict=True), strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _as(kind: Kind) -> Any:
    """How a value of a column is given to Parquet: a NUMERIC column of SQLite holds integers and reals."""
    return {"integer": _same, "number": _real, "string": _text}[kind]


def _same(value: Any) -> Any:
    return value


def _real(value: Any) -> float | None:
    return None if value is None else float(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
