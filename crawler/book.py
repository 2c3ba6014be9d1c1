"""Where a portal's crawl is written down: rows of the ledger, originals, what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from archive.ledger import Fetch, Link, Outcome, Role
from archive.listed import ListedUnit, record_listed
from crawler.frontier import Task
from crawler.web import Answer

if TYPE_CHECKING:
    from archive.store import Archive


class Book(Protocol):
    """What a crawl needs to be written into."""

    def write(self, fetch: Fetch) -> Outcome:
        """A row of the ledger."""

    def keep(self, fetch: Fetch, role: Role, data: bytes) -> Outcome:
        """An original: stored first, then its row."""

    def problem(self, code: str, message: str, url: str | None = None) -> None:
        """A thing that a person should look at."""

    def listed(self, units: Sequence[ListedUnit]) -> None:
        """Bodies that the portal lists."""

    def list_read(self, url: str, skeleton: str) -> None:
        """The shape of a list that led to reports."""

    def links(self, links: Sequence[Link]) -> None:
        """A batch of links whose fate is known."""


class LedgerBook:
    """Writes one portal's crawl into the archive. What a continued crawl wrote before it was killed stays as it is."""

    def __init__(self, archive: Archive, portal: str, crawl_id: int) -> None:
        self._archive, self._portal, self._crawl_id = archive, portal, crawl_id
        self._written = archive.ledger.written(crawl_id)

    def write(self, fetch: Fetch) -> Outcome:
        """A row of the ledger."""
        return self._record(fetch, None)

    def keep(self, fetch: Fetch, role: Role, data: bytes) -> Outcome:
        """An original: its bytes are on the disk before the row that names them is written."""
        stored = self._archive.originals.put(data)
        return self._record(replace(fetch, sha256=stored.sha256, role=role), data)

    def _record(self, fetch: Fetch, data: bytes | None) -> Outcome:
        there = self._written.get(fetch.key)
        if there:
            return there.pop()
        return self._archive.ledger.record(self._crawl_id, fetch, data)

    def problem(self, code: str, message: str, url: str | None = None) -> None:
        """A thing that a person should look at."""
        self._archive.ledger.problem(code, message, self._portal, url)

    def listed(self, units: Sequence[ListedUnit]) -> None:
        """Bodies that the portal lists."""
        record_listed(self._archive.db, self._portal, units)

    def list_read(self, url: str, skeleton: str) -> None:
        """The shape of a list that led to reports."""
        self._archive.ledger.list_read(self._crawl_id, url, skeleton)

    def links(self, links: Sequence[Link]) -> None:
        """A batch of links whose fate is known."""
        self._archive.ledger.links(self._crawl_id, links)


def row(
    portal: str,
    task: Task,
    answer: Answer,
    reason: str,
    outcome: Outcome | None = None,
    final_url: str | None = None,
) -> Fetch:
    """The row of an answer; its parent is the page that linked it, or the address that redirected to it."""
    answered = answer.status is not None
    if answer.unchanged and outcome is None:
        outcome = "not_modified"
    form = task.form if answer.url == task.url else None
    return Fetch(
        portal=portal,
        url=answer.url,
        purpose=task.purpose,
        reason=reason,
        outcome=outcome,
        status=answer.status,
        method="GET" if form is None else "POST",
        sent=None if form is None else form.text,
        final_url=final_url,
        parent_url=task.parent if answer.url == task.url else task.url,
        anchor=task.anchor,
        media_type=answer.headers.get("content-type") if answered else None,
        bytes=len(answer.body) if answered else None,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        tls=answer.tls,
        **answer.witness,
    )
