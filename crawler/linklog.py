"""What a crawl judged of each link, for the table `links`: told once it is known what became of it, in batches.

Rows are held until their fate is known, so that a row is written once, and many at a time: a commit costs more
than judging a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from archive.ledger import Decision, Link
from crawler.links import Judged, Place
from crawler.titles import resembles_report

BATCH = 500


@dataclass
class LinkLog:
    """The links of one crawl of a portal. `write` takes a batch."""

    write: Callable[[Sequence[Link]], None]
    _waiting: dict[str, Link] = field(default_factory=dict)
    _done: list[Link] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def queued(self, judged: Judged, place: Place, parent: str, fresh: bool) -> None:
        """A link in the queue, of which more is told later; `fresh` when it was not there before."""
        if fresh:
            self._seen.add((judged.anchor.url, judged.anchor.label))
            self._waiting[judged.anchor.url] = _row(judged, place, parent, "skipped", judged.reason)
        elif self._is_new(judged):
            self._finish(_row(judged, place, parent, "skipped", f"{judged.reason}; known already"))

    def left(self, judged: Judged, place: Place, parent: str, decision: Decision, why: str) -> None:
        """A link that will not be asked for."""
        if self._is_new(judged):
            self._finish(_row(judged, place, parent, decision, f"{judged.reason}; {why}" if why else judged.reason))

    def passed_over(self, judged: Judged, place: Place, parent: str) -> None:
        """A link that promises nothing: written where a sign spoke for it, or its title looks like a report's."""
        if judged.reasons == NO_SIGN:
            return
        sign = judged.reasons[0]
        if sign.startswith("veto"):
            if resembles_report(judged.anchor.label):
                self.left(judged, place, parent, "veto", "")
        elif not sign.startswith("trap"):
            self.left(judged, place, parent, "skipped", "")

    def became(self, url: str, decision: Decision, why: str = "") -> None:
        """What became of a link that was queued."""
        row = self._waiting.pop(url, None)
        if row is not None:
            self._finish(replace(row, decision=decision, reason=f"{row.reason}; {why}" if why else row.reason))

    def close(self) -> None:
        """The crawl has ended: write all, what was not come to included."""
        for url in list(self._waiting):
            self.became(url, "skipped", "the crawl ended before")
        self._flush()

    def _is_new(self, judged: Judged) -> bool:
        key = (judged.anchor.url, judged.anchor.label)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _finish(self, row: Link) -> None:
        self._done.append(row)
        if len(self._done) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._done:
            self.write(self._done)
            self._done = []


NO_SIGN = ("no sign",)


def _row(judged: Judged, place: Place, parent: str, decision: Decision, reason: str) -> Link:
    return Link(
        url=judged.anchor.url,
        parent_url=parent,
        anchor=judged.anchor.label,
        kind=judged.kind,
        score=judged.score,
        decision=decision,
        reason=reason,
        depth=place.depth,
        heading=place.heading,
        column_prefix=place.column,
        menu="\n".join(judged.anchor.beside),
        script=judged.anchor.script,
    )
