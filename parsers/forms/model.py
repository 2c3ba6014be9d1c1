"""A form as data: banners, columns, rows, labels and codes, read from the TOML files of this folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers.cells import Quantity


@dataclass(frozen=True)
class Item:
    """A cell of table two: its code, what kind of quantity it prints, its unit, its English name."""

    code: str
    quantity: Quantity
    unit: str
    en: str


@dataclass(frozen=True)
class ProactiveRow:
    """A row of table two, its items in the order of the banner's columns."""

    labels: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Column:
    """A column's header: the form's own label first, then spellings met in print."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Banner:
    """A part of table two with a header of its own."""

    label: str
    columns: tuple[Column, ...]
    rows: tuple[ProactiveRow, ...]


@dataclass(frozen=True)
class RequestRow:
    """A row of table three; `group` is the merged label before it."""

    code: str
    labels: tuple[str, ...]
    group: str | None
    en: str


@dataclass(frozen=True)
class Name:
    """A code with its label in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Form:
    """One statutory form. `like` names the form it was made from, `added` the rows of table three that it has beside
    that one's, `headed` tells whether its table two can be told by its headers."""

    form: str
    instrument: str
    banners: tuple[Banner, ...]
    corner: str
    request_bands: tuple[str, ...]
    outer: str
    applicants: tuple[Name, ...]
    rows: tuple[RequestRow, ...]
    dispute_bands: tuple[str, ...]
    routes: tuple[Name, ...]
    results: tuple[Name, ...]
    like: str | None = None
    added: tuple[str, ...] = ()
    headed: bool = True


def _labels(table: dict[str, Any]) -> tuple[str, ...]:
    return (table["label"], *table.get("aliases", ()))


def _banner(table: dict[str, Any]) -> Banner:
    rows = tuple(ProactiveRow(_labels(row), tuple(Item(**item) for item in row["items"])) for row in table["rows"])
    return Banner(table["banner"], tuple(Column(_labels(column)) for column in table["columns"]), rows)


def load_form(path: Path) -> Form:
    """The form in a data file; what a form made from another (`like`) does not say is as there."""
    data = tomllib.loads(path.read_text("utf-8"))
    added: list[str] = []
    headed = True
    if "like" in data:
        base = tomllib.loads(path.with_name(f"{data['like']}.toml").read_text("utf-8"))
        rows = data.get("requests", {}).get("rows", [])
        added, headed = [row["code"] for row in rows], "proactive" in data
        data = {**base, **data, "requests": {**base["requests"], "rows": _with_rows(base["requests"]["rows"], rows)}}
    requests, disputes = data["requests"], data["disputes"]
    return Form(
        form=data["form"],
        instrument=data["instrument"],
        banners=tuple(_banner(table) for table in data["proactive"]),
        corner=requests["corner"],
        request_bands=tuple(requests["bands"]),
        outer=requests["outer"],
        applicants=tuple(Name(**name) for name in requests["applicants"]),
        rows=tuple(RequestRow(row["code"], _labels(row), row.get("group"), row["en"]) for row in requests["rows"]),
        dispute_bands=tuple(disputes["bands"]),
        routes=tuple(Name(**name) for name in disputes["routes"]),
        results=tuple(Name(**name) for name in disputes["results"]),
        like=data.get("like"),
        added=tuple(added),
        headed=headed,
    )


def _with_rows(rows: list[dict[str, Any]], added: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with each added one below the row that its `after` names."""
    whole = list(rows)
    for row in added:
        at = [known["code"] for known in whole].index(row["after"])
        whole.insert(at + 1, row)
    return whole


def _load_all() -> dict[str, Form]:
    """Every form of this folder: the one in use since 2021 first, the others from the newest to the oldest."""
    paths = sorted(Path(__file__).parent.glob("*.toml"), reverse=True)
    forms = [load_form(path) for path in paths]
    return {form.form: form for form in sorted(forms, key=lambda form: form.form != "2021")}


FORMS = _load_all()
# Items whose value is an amount of money.
MONEY = frozenset(
    item.code
    for form in FORMS.values()
    for banner in form.banners
    for row in banner.rows
    for item in row.items
    if item.quantity in ("wan_yuan", "yuan")
)
