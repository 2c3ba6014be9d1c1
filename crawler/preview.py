"""A look around a portal: what a crawl would take there, and why, within 20 requests.

It is a crawl into a folder that is thrown away: same robots policy, scope, manners and judgements. What stays is
when the site was last asked, so that a crawl that follows keeps the delay.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.store import Archive
from crawler.options import CrawlOptions
from crawler.portals import Portal
from crawler.run import crawl
from crawler.titles import year_in
from parsers.title import parse_title
from parsers.units import unit_level

MOST_REQUESTS = 20
KEPT_LEVELS = (
    "SELECT url, anchor, reason FROM fetches"
    " WHERE role IS NOT NULL AND (reason LIKE 'list %' OR reason LIKE 'column %') ORDER BY id"
)


@dataclass(frozen=True)
class Found:
    """A column, a report or a look-alike: where it is, what it says, and the evidence for each."""

    url: str
    label: str
    evidence: str
    year: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a look around found. `ended` says how it ended, `left` counts what was not come to, by reason."""

    portal: Portal
    requests: int
    status: str | None
    ended: str
    columns: tuple[Found, ...]
    reports: tuple[Found, ...]
    turned_down: tuple[Found, ...]
    problems: tuple[str, ...]
    left: dict[str, int]

    @property
    def levels(self) -> dict[str, list[int]]:
        """The years that reports name, by the level of the unit that they name."""
        found: dict[str, set[int]] = {}
        for report in self.reports:
            found.setdefault(report.level or "level not named", set()).update([report.year] if report.year else [])
        return {level: sorted(years) for level, years in sorted(found.items())}

    def lines(self) -> Iterator[str]:
        """For people: what would be taken first, then what would not."""
        yield f"{self.portal.name} {self.portal.home}: {self.requests} requests; {self.status or 'ok'}; {self.ended}"
        for column in self.columns:
            yield f"column {column.label or '(a picture)'} {column.url} ({column.evidence})"
        for level, years in self.levels.items():
            yield f"level {level}: {len(years)} years" + (f", {years[0]}–{years[-1]}" if years else "")
        for report in self.reports:
            yield f"report {report.year or '?'} {report.label} {report.url} ({report.evidence})"
        for other in self.turned_down:
            yield f"turned down {other.label} {other.url} ({other.evidence})"
        yield from (f"problem {problem}" for problem in self.problems)
        for reason, count in self.left.items():
            yield f"left {count} links: {reason}"


def preview(portal: Portal, options: CrawlOptions, folder: Path) -> Preview:
    """Look around a portal; `folder` is the data folder that keeps when a site was last asked.

    Raises what crawler.run.crawl does.
    """
    with TemporaryDirectory(prefix="nianbao-preview-") as aside, Archive.open(Path(aside)) as archive:
        (result,) = crawl(archive, [portal], replace(options, most_requests=MOST_REQUESTS), folder=folder)
        db = archive.db
        links = [_found(row) for row in db.execute(_links("kind = 'report' AND decision IN ('followed', 'skipped')"))]
        # A year or a unit may lead to the report itself: it was opened, and no link had promised it.
        known = {link.url for link in links}
        links += [found for row in db.execute(KEPT_LEVELS) if (found := _found(row)).url not in known]
        opened = dict(db.execute("SELECT url, reason FROM fetches WHERE purpose = 'report'").fetchall())
        return Preview(
            portal=portal,
            requests=result.requests,
            status=result.status if result.status != "broken" or not links else "ok",
            ended=_ended(result.reason, len(links)),
            columns=tuple(_found(row) for row in db.execute(_links("kind = 'column' AND decision = 'followed'"))),
            reports=tuple(
                replace(
                    found, evidence=f"{found.evidence}; opened: {opened[found.url].removeprefix(found.evidence + '; ')}"
                )
                if found.url in opened
                else found
                for found in sorted(links, key=lambda found: (found.level or "", -(found.year or 0), found.url))
            ),
            turned_down=tuple(_found(row) for row in db.execute(_links("decision = 'veto'"))),
            problems=_problems(db),
            left=_left(db),
        )


def _links(condition: str) -> str:
    return f"SELECT url, anchor, reason FROM links WHERE {condition} AND reason NOT LIKE '%known already' ORDER BY id"  # noqa: S608 our own words


def _found(row: sqlite3.Row) -> Found:
    title = parse_title(row["anchor"])
    level = None if title is None or title.unit is None else unit_level(title.unit)
    evidence = row["reason"].removesuffix("; to be asked in a crawl")
    return Found(row["url"], row["anchor"], evidence, year_in(row["anchor"]), level)


def _ended(reason: str, reports: int) -> str:
    """A look around opens few reports: that a crawl would call it broken for that says nothing."""
    return f"{reports} reports would be taken" if reports else reason


def _problems(db: sqlite3.Connection) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT code, message, url FROM problems WHERE code NOT IN ('expectation_broken', 'budget') ORDER BY rowid"
    )
    return tuple(f"{row['code']}: {row['message']} {row['url'] or ''}".rstrip() for row in rows)


def _left(db: sqlite3.Connection) -> dict[str, int]:
    rows = db.execute(
        "SELECT decision, kind, reason FROM links WHERE kind <> 'report' AND kind <> 'skip' AND decision <> 'followed'"
        " AND reason NOT LIKE '%known already'"
    )
    counted = Counter(f"{row['kind']}, {row['decision']}, {row['reason'].split('; ')[-1]}" for row in rows)
    return dict(sorted(counted.items()))
