"""The ledger: every request of a crawl and what it answered, with the reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from archive.clock import days_since, now
from archive.together import settle

Outcome = Literal[
    "new",
    "same",
    "changed",
    "not_modified",
    "redirect",
    "gone",
    "blocked",
    "robots",
    "soft_404",
    "error",
    "added",
]
Role = Literal["page", "attachment", "added"]
Decision = Literal["followed", "skipped", "off_site", "robots", "budget", "veto"]
CrawlOutcome = Literal["done", "blocked", "failed"]
CRAWLS_WITH_LINKS = 3
PortalStatus = Literal["ok", "blocked", "robots", "unreachable", "broken", "gone"]
# What an interrupted crawl saw longer ago is not what its portal says today: a new one begins.
RESUMED_DAYS = 7


@dataclass(frozen=True)
class Fetch:
    """One request that mattered.

    `outcome` None means the body came: the ledger says new, same or changed by the URL's last hash.
    `purpose` says why it was asked (home, robots, hub, column, list, report, attachment, probe, script, add), `reason`
    gives the evidence or what went wrong. `sent` is what a POST sent. `role` is set when the body was stored as an
    original, with its sha256. `warc` and `warc_offset` say where the answer stands in the WARC files; `fetched_at` None
    means now.
    """

    portal: str | None
    url: str | None
    purpose: str
    reason: str
    outcome: Outcome | None = None
    status: int | None = None
    method: str = "GET"
    sent: str | None = None
    final_url: str | None = None
    parent_url: str | None = None
    sha256: str | None = None
    role: Role | None = None
    anchor: str | None = None
    unit_given: str | None = None
    media_type: str | None = None
    bytes: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    tls: str | None = None
    warc: str | None = None
    warc_offset: int | None = None
    fetched_at: str | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """By what two rows of one crawl are the same event."""
        return (self.url, self.purpose, self.reason, self.status, self.sha256, self.warc, self.warc_offset)


@dataclass(frozen=True)
class Link:
    """A link as a crawl judged it: what it promised (kind and score), what was done about it, and why.

    `depth`, `heading`, `column_prefix`, `menu` (the labels beside it, one a line) and `script` are what the judgement
    rested on besides address and anchor: enough to judge it again.
    """

    url: str
    parent_url: str
    anchor: str
    kind: str
    score: int
    decision: Decision
    reason: str
    depth: int = 0
    heading: str = ""
    column_prefix: str | None = None
    menu: str = ""
    script: str = ""


@dataclass(frozen=True)
class PortalRow:
    """A portal as the registry names it (contract: the portals file)."""

    portal: str
    name: str
    home: str
    adcode: str | None = None
    platform: str | None = None
    expect_min: int | None = None
    notes: str | None = None
    expect_since: int | None = None


@dataclass(frozen=True)
class CrawlEnd:
    """How a crawl of a portal ended: its outcome, the state it leaves the portal in, and why, in one sentence.

    `reports` counts those it knows there; `whole` is the scope for which the portal was read through, None when known
    lists alone were looked at.
    """

    outcome: CrawlOutcome
    status: PortalStatus
    cms: str | None = None
    blocked_until: str | None = None
    reason: str = ""
    reports: int = 0
    whole: Literal["all", "government"] | None = None


class Ledger:
    """Writes crawls, fetches and crawl problems. One writer per data folder; every call is one transaction.

    Of a crawl under way it is part of one (archive/together.py); where a crawl begins and ends nothing is held back.

    `tell` is told of each before it is written (archive/captures.py): from what it keeps, a lost database is made anew.
    """

    def __init__(self, db: sqlite3.Connection, tell: Callable[[str, Mapping[str, Any]], None] | None = None) -> None:
        self.db = db
        self._tell = tell or _nobody
        self.run_id: int | None = None

    def register(self, portals: list[PortalRow]) -> None:
        """Take portals into the table, or renew what the registry says of them."""
        with self.db:
            self.db.executemany(
                "INSERT INTO portals (portal, adcode, name, home, platform, expect_min, expect_since, notes)"
                " VALUES (:portal, :adcode, :name, :home, :platform, :expect_min, :expect_since, :notes)"
                " ON CONFLICT (portal) DO UPDATE SET adcode = excluded.adcode, name = excluded.name,"
                " home = excluded.home, platform = excluded.platform, expect_min = excluded.expect_min,"
                " expect_since = excluded.expect_since, notes = excluded.notes",
                [vars(portal) for portal in portals],
            )

    def begin_run(self, asked: str) -> int:
        """Open a run over some portals; gives its id. The last one is continued if it asked the same and never ended.

        `asked` names the portals and the options, in a fixed order.
        """
        row = self.db.execute("SELECT id, started, finished, asked FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        same = row is not None and row["finished"] is None and row["asked"] == asked
        if same and days_since(row["started"]) <= RESUMED_DAYS:
            self.run_id = int(row["id"])
        else:
            with self.db:
                made = self.db.execute("INSERT INTO runs (started, asked) VALUES (?, ?)", (now(), asked))
            self.run_id = int(made.lastrowid or 0)
        return self.run_id

    def finish_run(self) -> None:
        """Close the run: all that it was for is done."""
        with self.db:
            self.db.execute("UPDATE runs SET finished = ? WHERE id = ?", (now(), self.run_id))

    def ended_in_run(self) -> dict[str, sqlite3.Row]:
        """The crawls that this run had ended when it was interrupted, by portal."""
        rows = self.db.execute(
            "SELECT c.*, p.status FROM crawls c JOIN portals p ON p.portal = c.portal WHERE c.run_id = ?"
            " AND c.outcome IN ('done', 'blocked', 'failed') ORDER BY c.id",
            (self.run_id,),
        )
        return {row["portal"]: row for row in rows}

    def begin_crawl(self, portal: str) -> int:
        """Open a crawl of a registered portal; gives its id. An earlier one left open was interrupted."""
        with self.db:
            self.db.execute("UPDATE crawls SET outcome = 'interrupted' WHERE portal = ? AND outcome IS NULL", (portal,))
            self.db.execute("UPDATE portals SET last_attempt = ? WHERE portal = ?", (now(), portal))
            row = self.db.execute(
                "INSERT INTO crawls (portal, started, run_id) VALUES (?, ?, ?)", (portal, now(), self.run_id)
            )
        settle(self.db)
        crawl_id = int(row.lastrowid or 0)
        registered = self.db.execute(
            "SELECT portal, name, home, adcode, platform, expect_min, notes, expect_since FROM portals"
            " WHERE portal = ?",
            (portal,),
        ).fetchone()
        self._tell("crawl", {"id": crawl_id, "started": now(), "portal": dict(registered)})
        return crawl_id

    def resume_crawl(self, portal: str) -> int | None:
        """Open the last crawl of a portal again if it was interrupted less than RESUMED_DAYS ago; gives its id."""
        row = self.db.execute(
            "SELECT id, started, outcome FROM crawls WHERE portal = ? ORDER BY id DESC LIMIT 1", (portal,)
        ).fetchone()
        if row is None or row["outcome"] not in (None, "interrupted") or days_since(row["started"]) > RESUMED_DAYS:
            return None
        with self.db:
            self.db.execute("UPDATE crawls SET outcome = NULL, run_id = ? WHERE id = ?", (self.run_id, row["id"]))
            self.db.execute("UPDATE portals SET last_attempt = ? WHERE portal = ?", (now(), portal))
            # Judged again from what was captured.
            self.db.execute("DELETE FROM links WHERE crawl_id = ?", (row["id"],))
        settle(self.db)
        return int(row["id"])

    def started(self, crawl_id: int) -> str:
        """When a crawl began."""
        return str(self.db.execute("SELECT started FROM crawls WHERE id = ?", (crawl_id,)).fetchone()[0])

    def written(self, crawl_id: int) -> dict[tuple[Any, ...], list[Outcome]]:
        """What a crawl has written already: the outcomes, by key, of the rows that a continued one would repeat.

        A request that got no answer is none of them: asked again, it is a row again.
        """
        rows = self.db.execute(
            "SELECT url, purpose, reason, status, sha256, warc, warc_offset, outcome FROM fetches WHERE crawl_id = ?"
            " AND (warc IS NOT NULL OR outcome IN ('robots', 'blocked'))",
            (crawl_id,),
        )
        found: dict[tuple[Any, ...], list[Outcome]] = {}
        for row in rows:
            found.setdefault(tuple(row)[:-1], []).append(row["outcome"])
        return found

    def record(self, crawl_id: int | None, fetch: Fetch, data: bytes | None = None) -> Outcome:
        """Write one fetch. `data` is the body of an original kept (role set): its row is written with it."""
        outcome = fetch.outcome or self._outcome_of_body(fetch)
        row = vars(fetch) | {"crawl_id": crawl_id, "fetched_at": fetch.fetched_at or now(), "outcome": outcome}
        self._tell("fetch", row)
        with self.db:
            if fetch.role is not None and fetch.sha256 is not None and data is not None:
                self.db.execute(
                    "INSERT OR IGNORE INTO originals VALUES (?, ?, ?, ?)",
                    (fetch.sha256, fetch.media_type or "application/octet-stream", len(data), row["fetched_at"]),
                )
            columns = ", ".join(row)
            values = ", ".join(f":{column}" for column in row)
            self.db.execute(f"INSERT INTO fetches ({columns}) VALUES ({values})", row)  # noqa: S608
        return outcome

    def _outcome_of_body(self, fetch: Fetch) -> Outcome:
        last = self.db.execute(
            "SELECT sha256 FROM fetches WHERE url = ? AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
            (fetch.url,),
        ).fetchone()
        if last is None:
            return "new"
        return "same" if last[0] == fetch.sha256 else "changed"

    def problem(self, code: str, message: str, portal: str | None = None, url: str | None = None) -> None:
        """Write a thing that a person should look at; seen again, only its last date moves."""
        self._tell("problem", {"portal": portal, "url": url, "code": code, "message": message, "seen": now()})
        with self.db:
            self.db.execute(
                "INSERT INTO problems (portal, url, code, message, first_seen, last_seen)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen",
                (portal, url, code, message, now()),
            )

    def list_read(self, crawl_id: int, url: str, skeleton: str) -> None:
        """Write the shape of a list that led to reports, and when it last became another."""
        with self.db:
            self.db.execute(
                "INSERT INTO lists (portal, url, skeleton, first_seen, last_seen, first_crawl, last_crawl)"
                " SELECT portal, :url, :skeleton, :now, :now, id, id FROM crawls WHERE id = :crawl"
                " ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, last_crawl = excluded.last_crawl,"
                " changed = iif(skeleton = excluded.skeleton, changed, excluded.last_seen),"
                " changed_crawl = iif(skeleton = excluded.skeleton, changed_crawl, excluded.last_crawl),"
                " skeleton = excluded.skeleton",
                {"url": url, "skeleton": skeleton, "now": now(), "crawl": crawl_id},
            )

    def links(self, crawl_id: int, links: Sequence[Link]) -> None:
        """Write a batch of links that a crawl has done with."""
        with self.db:
            self.db.executemany(
                "INSERT INTO links (crawl_id, url, parent_url, anchor, kind, score, decision, reason, depth, heading,"
                " column_prefix, menu, script) VALUES (:crawl_id, :url, :parent_url, :anchor, :kind, :score, :decision,"
                " :reason, :depth, :heading, :column_prefix, :menu, :script)",
                [vars(link) | {"crawl_id": crawl_id} for link in links],
            )

    def finish_crawl(self, crawl_id: int, end: CrawlEnd, moment: str | None = None) -> None:
        """Close a crawl: count its fetches, and move `last_success` only when it was done. `moment` None means now."""
        moment = moment or now()
        self._tell("end", {"id": crawl_id, "finished": moment, **vars(end)})
        with self.db:
            self.db.execute(
                "UPDATE crawls SET finished = :now, outcome = :outcome, reason = :reason, reports_found = :reports,"
                " whole = :whole, (requests, new, changed, gone, blocked, errors) = (SELECT"
                "  count(status),"
                "  total(role IS NOT NULL AND outcome = 'new'), total(role IS NOT NULL AND outcome = 'changed'),"
                "  count(DISTINCT iif(outcome IN ('gone', 'soft_404') AND EXISTS (SELECT 1 FROM fetches k"
                "   WHERE k.url = fetches.url AND k.id < fetches.id AND k.role IS NOT NULL), url, NULL)),"
                "  total(outcome = 'blocked'), total(outcome = 'error')"
                "  FROM fetches WHERE crawl_id = :id) WHERE id = :id",
                vars(end) | {"id": crawl_id, "now": moment},
            )
            self.db.execute(
                "UPDATE portals SET status = :status, cms = coalesce(:cms, cms), blocked_until = :blocked_until,"
                " last_success = CASE WHEN :outcome = 'done' THEN :now ELSE last_success END"
                " WHERE portal = (SELECT portal FROM crawls WHERE id = :id)",
                vars(end) | {"id": crawl_id, "now": moment},
            )
            # Every week's links of some thousand portals would outgrow all else: the last crawls are enough to tune by.
            self.db.execute(
                "DELETE FROM links WHERE crawl_id IN (SELECT id FROM crawls"
                " WHERE portal = (SELECT portal FROM crawls WHERE id = ?) ORDER BY id DESC LIMIT -1 OFFSET ?)",
                (crawl_id, CRAWLS_WITH_LINKS),
            )
        settle(self.db)


def _nobody(kind: str, what: Mapping[str, Any]) -> None:
    """A ledger without WARC files (tests) tells nobody."""
