"""What a page leads to: its links judged and queued, the further pages of its list, its files and frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crawler.book import Book
from crawler.column import Column, Trial
from crawler.directory import Directory
from crawler.family import Listing
from crawler.fetcher import Body, Fetcher
from crawler.files import file_links, looks_like_file, shown_by
from crawler.frontier import Frontier, Purpose, Task
from crawler.harvest import Anchor, Page
from crawler.levels import is_level, overlooked, trial_of, vouched
from crawler.linklog import LinkLog
from crawler.links import Judged, Place, is_unit_directory, judge
from crawler.returning import Returning
from crawler.scope import Scope
from crawler.skeleton import skeleton
from crawler.urls import canonical, host_of, is_twin, trap
from crawler.wanted import Wanted
from crawler.weights import Kind

PAGE_SCORE = 90
ATTACHMENT_SCORE = 200
FRAMES = 2

PURPOSES: dict[Kind, Purpose] = {"report": "report", "column": "column", "list": "list", "hub": "hub"}


@dataclass(frozen=True)
class News:
    """What a page looked at again links: reports, years and units, those of them that are new, and whether it is sound.

    It is not when it leads to nothing known any more.
    """

    links: int
    fresh: int
    is_sound: bool


@dataclass
class Leads:
    """Queues what the pages of one portal promise.

    `columns` counts lists that led to reports, `cms` is the family that pages them; `settled` holds the addresses of
    known documents that were linked and are not asked for yet; `knows_menu` tells that the home page was seen.
    """

    fetcher: Fetcher
    frontier: Frontier
    book: Book
    scope: Scope
    wanted: Wanted
    directory: Directory
    links: LinkLog
    columns: int = 0
    cms: str | None = None
    returning: Returning = field(default_factory=Returning)
    settled: set[str] = field(default_factory=set)
    knows_menu: bool = False

    def queue(self, page: Page, body: Body, column: Column | None, levels: Sequence[Anchor] = ()) -> list[Judged]:
        """Queue the links that promise something; gives them, asked for already or not.

        `levels` are years and units that the list's family vouches for.
        """
        place = self._place(page, body, column)
        judged = self._judged(page, place) + [vouched(level, place, self._is_foreign(level, place)) for level in levels]
        kept, promising, grew = list[Judged](), list[Judged](), False
        trials = defaultdict[str | None, Trial](Trial)
        for found in judged:
            if found.kind == "skip":
                self.links.passed_over(found, place, body.url)
                continue
            kept.append(found)
            if self.wanted.leaves_out(found):
                self.links.left(found, place, body.url, "skipped", f"before {self.wanted.since}")
                continue
            promising.append(found)
            # A unit's level is looked at again: it names the years that came since.
            is_document = found.kind == "report" or (found.kind == "list" and found.year is not None)
            if is_document and self.returning.is_settled(found.anchor.url):
                self.settled.add(canonical(found.anchor.url))
                self.links.left(found, place, body.url, "skipped", "known, and not yet due to be asked for again")
            elif self.may_ask(found.anchor):
                pushed = self._push(found, body, trials[trial_of(found)])
                grew = grew or (pushed and found.kind in ("column", "list"))
                self.links.queued(found, place, body.url, fresh=pushed)
            else:
                self.links.left(found, place, body.url, "off_site", "")
        if column is not None:
            if column.trial is not None and any(found.kind in ("report", "list") for found in promising):
                column.trial.led = True
            led = any(found.kind == "report" for found in kept) and self.led(column, body)
            if grew and not led:
                self._remember(body)
        self.directory.see_levels(promising, body)
        return promising

    def news(
        self, page: Page, body: Body, column: Column, levels: Sequence[Anchor] = (), was_empty: bool = False
    ) -> News:
        """Queue what nobody has seen, where something is known; on a page that led to nothing before, all there is."""
        place = self._place(page, body, column)
        judged = self._judged(page, place) + [vouched(level, place, self._is_foreign(level, place)) for level in levels]
        every = [found for found in judged if found.kind in ("report", "column", "list")]
        fresh = [found for found in every if not self._was_asked(found)]
        if not self.knows_menu:
            fresh = [found for found in fresh if trial_of(found) is None]
        seen = News(len(every), len(fresh), was_empty or self._is_sound(every, body.url))
        trials = defaultdict[str | None, Trial](Trial)
        for found in fresh if seen.is_sound else ():
            if not self.wanted.leaves_out(found) and self.may_ask(found.anchor):
                self.links.queued(found, place, body.url, fresh=self._push(found, body, trials[trial_of(found)]))
        if seen.is_sound:
            self.directory.see_levels(fresh, body)
        return seen

    def learn_menu(self, home: Page) -> None:
        """What stands on the home page, which is the portal's menu; a shell tells none."""
        self.directory.menu = frozenset(canonical(anchor.url) for anchor in home.anchors)
        self.knows_menu = bool(home.anchors)

    def needs_menu(self, page: Page, body: Body, column: Column) -> bool:
        """Whether a page has levels, never asked for, that only the portal's menu can be told from by knowing it."""
        judged = self._judged(page, self._place(page, body, column))
        return any(trial_of(found) and not self._was_asked(found) for found in judged)

    def _was_asked(self, found: Judged) -> bool:
        if found.kind == "report":
            return self.returning.knows(found.anchor.url)
        return self.returning.has_asked(found.anchor.url, found.year)

    def _is_sound(self, links: Sequence[Judged], url: str) -> bool:
        """Whether a page still leads where it led: to documents, else to pages; a link to itself says nothing."""
        if self.returning.is_parent(url):
            return any(self.returning.knows(found.anchor.url) for found in links)
        others = [found for found in links if canonical(found.anchor.url) != canonical(url)]
        return any(self._was_asked(found) for found in others)

    def led(self, column: Column, body: Body) -> bool:
        """A column led to reports: hubs need no further look, the portal's or the unit's own. Whether that is new."""
        if column.led:
            return False
        column.led = True
        self.columns += 1
        self._remember(body)
        if body.task.unit is not None:
            body.task.unit.column_found = True
        else:
            self.frontier.column_found = True
        return True

    def _remember(self, body: Body) -> None:
        """Write down a page that led on, to be looked at again; of what only that page can ask for, the page itself."""
        own = body.task.form is None and body.task.referer is None
        url = body.url if own else body.task.parent
        if url is not None:
            self.book.list_read(url, skeleton(body.text))

    def pages(self, column: Column, body: Body, found: Listing) -> None:
        """Queue the further pages of a list, and learn the family of the first one that led to reports."""
        if self.cms is None and column.led:
            self.cms = found.family
        task, otherwise = body.task, found.otherwise
        pages = [request for request in found.pages if self.scope.allows(request.url)]
        if column.trial is not None and not column.led:
            # Its list may come from an interface: one look, and no more.
            pages = pages[: column.pages == 1]
        for place, request in enumerate(pages):
            column.queued += 1
            self.frontier.push(
                Task(
                    url=request.url,
                    purpose="list",
                    score=PAGE_SCORE,
                    reason=f"page of a list ({found.family})",
                    depth=task.depth,
                    parent=body.url,
                    anchor=task.anchor,
                    column=column,
                    unit=task.unit,
                    form=request.form,
                    position=column.queued,
                    otherwise=otherwise if place == 0 else None,
                    referer=(task.referer or body.url) if request.names_page else None,
                )
            )

    def instead(self, task: Task) -> bool:
        """Queue what to ask for when a page of a list is not there; whether there is anything."""
        if task.otherwise is None or not self.scope.allows(task.otherwise.url):
            return False
        return self.frontier.push(replace(task, url=task.otherwise.url, otherwise=None, form=task.otherwise.form))

    def frames(self, page: Page, body: Body, column: Column) -> int:
        """Queue the frames in which a page keeps its list, at most two within each other; how many there are."""
        task, site = body.task, self._site(host_of(body.url))
        own = [url for url in page.frames if self._site(host_of(url)) == site and not looks_like_file(url)]
        own = [url for url in own if self.scope.allows(url) and not trap(url)] if task.frames < FRAMES else []
        for url in own:
            frame = replace(task, url=url, purpose="list", score=PAGE_SCORE, reason="a frame of the list")
            frame = replace(frame, parent=body.url, column=column, frames=task.frames + 1)
            self.frontier.push(replace(frame, form=None, otherwise=None))
        return len(own)

    def files(self, page: Page, body: Body) -> int:
        """Queue the attachments of a report's page; how many there are."""
        links = [link for link in file_links(page, page.title or body.task.anchor or "") if self.may_ask(link)]
        for link in links:
            if self.returning.is_settled(link.url):
                continue
            reason, depth = f"attachment: {link.label}", body.task.depth + 1
            self.frontier.push(Task(link.url, "attachment", ATTACHMENT_SCORE, reason, depth, body.url, link.label))
        return len(links)

    def may_ask(self, anchor: Anchor) -> bool:
        """Whether a link stays in scope; one that promised something and does not is told to a person."""
        if self.scope.allows(anchor.url):
            return True
        self.book.problem("off_site", f"not asked, its host is not under .gov.cn: {anchor.label}", anchor.url)
        return False

    def _place(self, page: Page, body: Body, column: Column | None) -> Place:
        return Place(
            depth=body.task.depth,
            home_site=self._site(self.fetcher.home_host),
            heading=page.heading,
            column=None if column is None else column.prefix,
            page=body.url,
            label=body.task.anchor or "",
            government_only=self.wanted.government_only,
        )

    def _judged(self, page: Page, place: Place) -> list[Judged]:
        """Every link of the page, judged; a page's twins for other devices after all others."""
        found = []
        for anchor in sorted(page.anchors, key=lambda anchor: is_twin(anchor.url)):
            judged = judge(anchor, place, self._site(host_of(anchor.url)))
            if judged.kind == "report" and (shown := shown_by(anchor.url)) != anchor.url:
                judged = replace(judged, anchor=replace(anchor, url=shown))
            if judged.kind == "skip":
                level = overlooked(anchor, place, self.directory.menu, self._is_foreign(anchor, place))
                judged = judged if level is None or (trial_of(level) and is_level(place.label)) else level
            found.append(judged)
        return found

    def _push(self, judged: Judged, body: Body, trial: Trial) -> bool:
        unit, directory = body.task.unit, is_unit_directory(judged)
        column = Column(judged.anchor.url) if judged.kind in ("column", "list") else None
        if column is not None and trial_of(judged):
            column.trial = trial
        # On a unit's own pages the portal's menu is no business of the unit's.
        if unit is not None and judged.kind == "hub" and (directory or not unit.holds(judged.anchor.url)):
            return False
        return self.frontier.push(
            Task(
                url=judged.anchor.url,
                purpose=PURPOSES[judged.kind],
                score=judged.score,
                reason=judged.reason,
                depth=body.task.depth + 1,
                parent=body.url,
                anchor=judged.anchor.label,
                column=column,
                units=directory,
                foreign=judged.foreign,
                unit=unit,
            )
        )

    def _is_foreign(self, anchor: Anchor, place: Place) -> bool:
        return self._site(host_of(anchor.url)) != place.home_site

    def _site(self, host: str) -> str:
        return self.fetcher.sites.key(host)
