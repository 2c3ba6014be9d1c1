"""A platform three of whose portals answer with challenges is left alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from archive.ledger import CrawlEnd, PortalRow
from archive.store import Archive
from crawler.breaker import Breaker, platform_of
from crawler.portals import Portal
from tests.crawler.fakes import HOME, discovery, page

UNTIL = "2099-01-01T00:00:00Z"


def portal(slug: str, adcode: str | None = "510104", platform: str | None = None) -> Portal:
    return Portal(slug, adcode, slug, f"http://www.{slug}.gov.cn/", platform)


@pytest.mark.parametrize(
    ("adcode", "platform", "expected"),
    [
        ("510104", None, "5101"),
        ("510104", "sichuan", "sichuan"),
        ("340100", None, "3401"),
        ("110105", None, None),
        ("500116", None, None),
        ("419001", None, None),
        ("510000", None, None),
        (None, None, None),
    ],
)
def test_a_platform_is_the_one_named_or_the_city(
    adcode: str | None, platform: str | None, expected: str | None
) -> None:
    assert platform_of(portal("x", adcode, platform)) == expected


def test_the_third_challenge_of_a_platform_forbids_the_others() -> None:
    breaker = Breaker()
    for slug in ("a", "b"):
        breaker.trip(portal(slug), UNTIL)
    assert breaker.forbids(portal("d")) is None
    breaker.trip(portal("c"), UNTIL)
    assert breaker.forbids(portal("d")) == "3 portals of its platform 5101 answer with challenges: a, b, c"
    assert breaker.forbids(portal("e", "510700")) is None


def test_a_portal_s_own_challenge_does_not_count_against_itself() -> None:
    breaker = Breaker()
    for slug in ("a", "b", "c"):
        breaker.trip(portal(slug), UNTIL)
    assert breaker.forbids(portal("a")) is None


def test_portals_blocked_before_count(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        rows = [PortalRow(slug, slug, f"http://www.{slug}.gov.cn/", "510104") for slug in ("a", "b", "c", "d")]
        archive.ledger.register(rows)
        for slug, until in (("a", UNTIL), ("b", UNTIL), ("c", "2001-01-01T00:00:00Z")):
            archive.ledger.finish_crawl(archive.ledger.begin_crawl(slug), CrawlEnd("blocked", "blocked", None, until))
        assert Breaker.of(archive.db).forbids(portal("d")) is None
        archive.ledger.finish_crawl(archive.ledger.begin_crawl("c"), CrawlEnd("blocked", "blocked", None, UNTIL))
        assert Breaker.of(archive.db).forbids(portal("d")) is not None


def test_a_challenge_on_the_home_page_counts_and_the_next_portal_is_not_asked() -> None:
    breaker = Breaker()
    asked = []
    for number in range(4):
        home = f"http://www.p{number}.gov.cn/"
        crawl, web, book = discovery({home: page("", status=521)}, home=home)
        crawl.portal, crawl.breaker = portal(f"p{number}"), breaker
        asyncio.run(crawl.run())
        assert crawl.stopped is not None
        assert crawl.stopped.trouble == "blocked"
        asked.append(len(web.asked))
    assert asked == [1, 1, 1, 0]
    assert book.problems == [("platform_blocked", "http://www.p3.gov.cn/")]


def test_what_is_no_challenge_does_not_count() -> None:
    breaker = Breaker()
    crawl, _, _ = discovery({HOME: page("", status=404)})
    crawl.portal, crawl.breaker = portal("lihu"), breaker
    asyncio.run(crawl.run())
    assert dict(breaker.blocked) == {}
