"""The replica some months later: what its portals have changed since the first crawl, and the truth about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from tests.replica import listings, pages
from tests.replica.figures import invented
from tests.replica.pages import Link
from tests.replica.portal import Answer, Portal
from tests.replica.portals import hongsibu
from tests.replica.portals.wuhou import challenge
from tests.replica.story import Story
from tests.replica.truth import TrueReport
from tests.replica.web import Replica

REDESIGNED, BLOCKED = "hongze", "jiangda"
REVISED, COSMETIC = "/News/Detail?id=24117", "/News/Detail?id=18210"
ADDED = f"{hongsibu.COLUMN}202603/t20260320_5300001.html"
GONE = f"{hongsibu.COLUMN}202103/t20210326_2690441.html"
MOVED = f"{hongsibu.COLUMN}202303/t20230330_4011876.html"
MOVED_TO = f"{hongsibu.COLUMN}202606/t20260601_5500001.html"
CELL = "proactive.licensing_decisions"


@dataclass(frozen=True)
class SecondPass:
    """What is true after the change. `revised` is (report, code of the cell, old, new); `moved` maps addresses."""

    revised: tuple[TrueReport, str, str, str]
    cosmetic: TrueReport
    gone: TrueReport
    moved: dict[str, str]
    moved_reports: tuple[TrueReport, ...]
    added: TrueReport
    redesigned: str
    blocked: str


@contextmanager
def changed(web: Replica) -> Iterator[SecondPass]:
    """Let the portals change for a while: the portals are one for all tests, and are as they were afterwards."""
    before = [(portal, portal.remember()) for portal in web.portals]
    try:
        yield _change({portal.slug: portal for portal in web.portals})
    finally:
        for portal, state in before:
            portal.restore(state)


def _change(portals: dict[str, Portal]) -> SecondPass:
    """A number revised, chrome, a report gone, one moved, one new, a redesign, a block."""
    north, south = portals["hongqi"], portals["hongsibu"]
    moved = _redesign(portals[REDESIGNED])
    moved_reports = (_at(south, MOVED), *portals[REDESIGNED].published)
    told = SecondPass(
        revised=_revise(north),
        cosmetic=_dress(north),
        gone=_take_down(south),
        moved=moved | _move(south),
        moved_reports=moved_reports,
        added=_add(south),
        redesigned=REDESIGNED,
        blocked=BLOCKED,
    )
    portals[BLOCKED].clear()
    portals[BLOCKED].unknown = challenge
    return told


def _at(portal: Portal, path: str) -> TrueReport:
    return next(report for report in portal.published if portal.url(path) in report.urls)


def _revise(portal: Portal) -> tuple[TrueReport, str, str, str]:
    report = _at(portal, REVISED)
    old = report.figures[CELL]
    new = str(int(old) + 1)

    def revise(text: str) -> str:
        if text.count(old) != 1:
            raise ValueError(f"{old} stands {text.count(old)} times in {REVISED}: choose another cell")
        return text.replace(old, new)

    portal.edit(REVISED, revise)
    return report, CELL, old, new


def _dress(portal: Portal) -> TrueReport:
    """Another foot, and a counter beside the report."""
    counter = '<div class="foot"><p>浏览次数：2045次</p>'
    portal.edit(COSMETIC, lambda text: text.replace('<div class="foot">', counter).replace('class="top"', 'class="v2"'))
    return _at(portal, COSMETIC)


def _take_down(portal: Portal) -> TrueReport:
    report = _at(portal, GONE)
    portal.take_down(GONE)
    _in_lists(portal, lambda text: _without_row(text, GONE.rsplit("/", 1)[-1]))
    return report


def _move(portal: Portal) -> dict[str, str]:
    was = portal.take_down(MOVED)
    portal.put(MOVED_TO, lambda: was)
    old, new = (path.removeprefix(hongsibu.COLUMN) for path in (MOVED, MOVED_TO))
    _in_lists(portal, lambda text: text.replace(old, new))
    return {portal.url(MOVED): portal.url(MOVED_TO)}


def _in_lists(portal: Portal, edit: listings.Edit) -> None:
    """Change every page of the district's list that the edit touches."""
    for name in ("index.html", "index_1.html"):
        path = f"{hongsibu.COLUMN}{name}"
        text = portal.answer(portal.scheme, path).body.decode(portal.encoding)
        if edit(text) != text:
            portal.edit(path, edit)
    portal.forget(hongsibu.COLUMN)


def _without_row(text: str, name: str) -> str:
    return "\n".join(line for line in text.split("\n") if name not in line)


def _add(portal: Portal) -> TrueReport:
    story = Story("红寺堡区", "county", 2025, invented("hongsibu-2025", people=41, companies=3), voice=2)
    row = portal.report(ADDED, story, date="2026-03-20")
    path = f"{hongsibu.COLUMN}index.html"
    portal.edit(path, lambda text: text.replace('<ul class="list">\n', pages.rows_html([row])[:-5], 1))
    portal.forget(hongsibu.COLUMN)
    return portal.published[-1]


def _given(answer: Answer) -> Answer:
    return answer


def _redesign(portal: Portal) -> dict[str, str]:
    """Every address another one, every page in a new dress, the same reports in them."""
    stood = portal.clear()
    moved = {}
    for path, answer in stood.items():
        if any(portal.url(path) in report.urls for report in portal.published):
            text = answer.body.replace(b'<div class="top">', b'<div class="header"><span>v2</span>')
            body = text.replace(b"<body>", b"<body><section>").replace(b"</body>", b"</section></body>")
            made = answer if answer.media != portal.media else replace(answer, body=body)
            portal.put(f"/v2{path}", partial(_given, made))
            moved[portal.url(path)] = portal.url(f"/v2{path}")
    rows = [
        pages.Row(report.title, moved[report.documents[0].urls[0]])
        for report in portal.published
        if urlsplit(report.documents[0].urls[0]).path in stood
    ]
    portal.html("/", "首页", f"<section>{pages.menu([Link('政府信息公开年报', '/v2/nianbao/')])}</section>")
    listings.single(portal, "/v2/nianbao/", "政府信息公开年报", rows)
    return moved
