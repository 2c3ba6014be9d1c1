"""Judge the links of past crawls again with the present weights, and tell what would change. Asks nobody.

    python -m crawler.rescore --data data

What no sign spoke for was never written down, so a new signal shows only on links that had another one.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from archive.store import ArchiveMissingError, DataFolderError, connect_for_reading
from crawler.harvest import Anchor
from crawler.links import Judged, Place, judge

HERE = "the link's own site"


@dataclass(frozen=True)
class Change:
    """A link that the present weights judge otherwise."""

    portal: str
    url: str
    kind: str
    score: int
    now: Judged

    def __str__(self) -> str:
        label = self.now.anchor.label or self.url
        return f"{self.portal}: {label}: {self.kind} {self.score} → {self.now.reason} ({self.url})"


def rescored(db: sqlite3.Connection) -> Iterator[Change | None]:
    """Every stored link judged again: None where nothing changes."""
    for row in db.execute("SELECT l.*, c.portal FROM links l JOIN crawls c ON c.id = l.crawl_id ORDER BY l.id"):
        beside = tuple(row["menu"].split("\n")) if row["menu"] else ()
        anchor = Anchor(row["url"], row["anchor"], row["script"], beside)
        place = Place(
            depth=row["depth"],
            # A portal's home may have moved since: whether a link led elsewhere stands among its reasons.
            home_site="" if "other site" in row["reason"] else HERE,
            heading=row["heading"],
            column=row["column_prefix"],
        )
        judged = judge(anchor, place, HERE)
        same = (judged.kind, judged.score) == (row["kind"], row["score"]) or row["reason"].startswith("scope:")
        yield None if same else Change(row["portal"], row["url"], row["kind"], row["score"], judged)


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"), show_default=True)
def main(data: Path) -> None:
    """Tell which links of past crawls the present weights judge otherwise."""
    try:
        db = connect_for_reading(data)
    except (ArchiveMissingError, DataFolderError) as error:
        raise click.UsageError(str(error)) from None
    counted: Counter[str] = Counter()
    links = 0
    for change in rescored(db):
        links += 1
        if change is not None:
            click.echo(str(change))
            counted[f"{change.kind} → {change.now.kind}"] += 1
    db.close()
    told = ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))
    click.echo(f"{links} links, {sum(counted.values())} judged otherwise" + (f": {told}" if told else ""))


if __name__ == "__main__":
    sys.exit(main())
