"""Every cell of the forms under its code, with labels in Chinese and English: what the archive lists for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parsers.forms.model import FORMS, RequestRow


@dataclass(frozen=True)
class Code:
    """A cell of a statutory form, as in the archive's table `codes`."""

    code: str
    table: str
    label_zh: str
    label_en: str
    unit: str
    forms: str
    item: str | None = None
    outcome: str | None = None
    applicant: str | None = None
    route: str | None = None
    result: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A row of table three; positions follow the form, the three leaves of （六） before their one-row shape."""

    outcome: str
    position: int
    label_zh: str
    label_en: str


@dataclass(frozen=True)
class Route:
    """A way to dispute a decision: a block of table four."""

    route: str
    position: int
    label_zh: str
    label_en: str


def request_rows() -> list[RequestRow]:
    """The rows of table three of all forms, each once, in statutory order."""
    first, *others = FORMS.values()
    rows = list(first.rows)
    for form in others:
        for at, row in enumerate(form.rows):
            if all(row.code != known.code for known in rows):
                follower = form.rows[at + 1].code
                rows.insert([known.code for known in rows].index(follower), row)
    return rows


@cache
def added_rows() -> tuple[RequestRow, ...]:
    """The rows that only forms made from another have."""
    return tuple(row for form in FORMS.values() for row in form.rows if row.code in form.added)


def outcomes() -> list[Outcome]:
    """The rows of table three, in statutory order."""
    return [Outcome(row.code, at, _label(row), row.en) for at, row in enumerate(request_rows(), start=1)]


def _label(row: RequestRow) -> str:
    return f"{row.group}：{row.labels[0]}" if row.group else row.labels[0]


def routes() -> list[Route]:
    """The blocks of table four."""
    return [Route(name.code, at, name.zh, name.en) for at, name in enumerate(FORMS["2021"].routes, start=1)]


def codes() -> list[Code]:
    """Every cell of both forms, in statutory order: table two (2021, then 2019 alone), three, four."""
    return [*_proactive(), *_requests(), *_disputes()]


def _proactive() -> Iterator[Code]:
    found: dict[str, Code] = {}
    for form in FORMS.values():
        for banner in form.banners:
            for row in banner.rows:
                for item, column in zip(row.items, banner.columns, strict=True):
                    label = f"{row.labels[0]}：{column.labels[0]}"
                    forms = ",".join(name for name in sorted(FORMS) if item.code in _items(name))
                    code = Code(
                        f"proactive.{item.code}",
                        "proactive",
                        label,
                        item.en,
                        item.unit,
                        forms,
                        item=item.code,
                    )
                    found.setdefault(item.code, code)
    yield from found.values()


def _items(form: str) -> set[str]:
    return {item.code for banner in FORMS[form].banners for row in banner.rows for item in row.items}


def _requests() -> Iterator[Code]:
    for row in request_rows():
        forms = ",".join(name for name in sorted(FORMS) if any(row.code == known.code for known in FORMS[name].rows))
        for who in FORMS["2021"].applicants:
            yield Code(
                f"requests.{row.code}.{who.code}",
                "requests",
                f"{_label(row)}｜{who.zh}",
                f"{row.en}, {who.en.lower()}",
                "件",
                forms,
                outcome=row.code,
                applicant=who.code,
            )


def _disputes() -> Iterator[Code]:
    for route in FORMS["2021"].routes:
        for result in FORMS["2021"].results:
            yield Code(
                f"disputes.{route.code}.{result.code}",
                "disputes",
                f"{route.zh}｜{result.zh}",
                f"{route.en}: {result.en.lower()}",
                "件",
                ",".join(sorted(FORMS)),
                route=route.code,
                result=result.code,
            )
