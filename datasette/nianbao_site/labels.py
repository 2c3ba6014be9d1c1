"""Labels for codes: those of labels.yaml, and those that the archive's own tables hold."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from datasette.utils import parse_metadata

from nianbao_site.config import FOLDER, archive_database


class Label(NamedTuple):
    """A code's name in both languages."""

    zh: str
    en: str


Vocabulary = dict[str, dict[str, Label]]

_by_site: WeakKeyDictionary[Any, Vocabulary] = WeakKeyDictionary()


@cache
def own_labels() -> Vocabulary:
    """{column: {code: Label}} of labels.yaml."""
    content = parse_metadata((FOLDER / "labels.yaml").read_text("utf-8"))
    return {column: {code: Label(*label) for code, label in codes.items()} for column, codes in content.items()}


async def vocabulary(datasette: Any) -> Vocabulary:
    """{column: {code: Label}}, the outcomes and routes of the form included; read once per site."""
    known = _by_site.get(datasette)
    if known is None:
        database = archive_database(datasette)
        known = {column: dict(codes) for column, codes in own_labels().items()}
        for column in ("outcome", "route"):
            rows = await database.execute(f"SELECT {column}, label_zh, label_en FROM {column}s")  # noqa: S608 our names
            known.setdefault(column, {}).update({row[0]: Label(row[1], row[2]) for row in rows})
        # A check's scope is an applicant, an outcome or a route, whichever its rule runs over.
        known["scope"] = known.get("route", {}) | known.get("outcome", {}) | known.get("applicant", {})
        _by_site[datasette] = known
    return known
