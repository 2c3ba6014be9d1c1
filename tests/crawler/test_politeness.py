"""One request at a time per site, with rests between them. The clock is the test's own."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from crawler.politeness import LONGEST_WAIT, Sites, registrable_domain
from tests.crawler.fakes import Clock


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.lihu.gov.cn", "lihu.gov.cn"),
        ("jiaoyu.lihu.gov.cn", "lihu.gov.cn"),
        ("www.gov.cn", "www.gov.cn"),
        ("lihu.dahe.gov.cn", "dahe.gov.cn"),
        ("www.example.org", "example.org"),
        ("10.1.2.3", "10.1.2.3"),
        ("gov.cn", "gov.cn"),
    ],
)
def test_a_site_is_the_registrable_domain(host: str, site: str) -> None:
    assert registrable_domain(host) == site


def test_a_platform_joins_its_domains_and_all_their_hosts() -> None:
    sites = Sites(3.0, {"lihu.gov.cn": "dahe-platform", "shan.gov.cn": "dahe-platform"})
    assert sites.of("www.lihu.gov.cn") is sites.of("www.shan.gov.cn")
    assert sites.of("jiaoyu.lihu.gov.cn") is sites.of("www.shan.gov.cn")
    assert sites.of("www.dahe.gov.cn") is not sites.of("www.shan.gov.cn")


def spans(sites: Sites, clock: Clock, hosts: list[str], seconds: float = 0.5) -> list[tuple[str, float, float]]:
    """Ask these hosts all at once; when each was under way."""
    seen: list[tuple[str, float, float]] = []

    async def ask(host: str) -> None:
        async with sites.of(host).turn():
            started = clock()
            await clock.sleep(seconds)
            await asyncio.sleep(0)
            seen.append((sites.key(host), started, clock()))

    async def all_at_once() -> None:
        await asyncio.gather(*(ask(host) for host in hosts))

    asyncio.run(all_at_once())
    return seen


def test_requests_to_one_site_never_overlap_and_rest_between() -> None:
    clock = Clock()
    sites = Sites(3.0, clock=clock, sleep=clock.sleep)
    seen = spans(sites, clock, ["www.lihu.gov.cn", "gk.lihu.gov.cn", "www.lihu.gov.cn"])
    for (_, _, ended), (_, started, _) in pairwise(seen):
        assert 3.0 * 0.749 <= started - ended <= 3.0 * 1.251


def test_a_short_delay_never_varies_below_a_second() -> None:
    clock = Clock()
    seen = spans(Sites(1.0, clock=clock, sleep=clock.sleep), clock, ["a.gov.cn"] * 20)
    assert all(later[1] - earlier[2] > 0.999 for earlier, later in pairwise(seen))


def test_a_crawl_delay_is_a_floor() -> None:
    clock = Clock()
    sites = Sites(1.0, clock=clock, sleep=clock.sleep)
    sites.of("a.gov.cn").crawl_delay = 20.0
    seen = spans(sites, clock, ["a.gov.cn", "a.gov.cn"])
    assert seen[1][1] - seen[0][2] > 19.999


def test_a_site_rests_as_long_as_it_asks_and_slower_after() -> None:
    clock = Clock()
    site = Sites(2.0, clock=clock, sleep=clock.sleep).of("a.gov.cn")
    assert site.slow_down(90.0)
    assert site.rest_until == 90.0
    assert site.delay == 4.0


def test_the_third_time_is_the_end() -> None:
    clock = Clock()
    site = Sites(2.0, clock=clock, sleep=clock.sleep).of("a.gov.cn")
    assert [site.slow_down(None), site.slow_down(None), site.slow_down(None)] == [True, True, False]


def test_a_wait_longer_than_a_crawl_is_the_end() -> None:
    assert not Sites(2.0).of("a.gov.cn").slow_down(LONGEST_WAIT + 1)


def test_a_turn_ends_when_the_request_fails() -> None:
    clock = Clock()
    site = Sites(1.0, clock=clock, sleep=clock.sleep).of("a.gov.cn")

    async def fail_then_ask() -> float:
        with pytest.raises(OSError, match="reset"):
            async with site.turn():
                raise OSError("reset")
        async with site.turn():
            return clock()

    assert asyncio.run(fail_then_ask()) >= 1.0


@pytest.mark.parametrize(("asked", "waits"), [("07:59:59", 2.0), ("07:59:50", 0.0), ("08:00:07", 3.0)])
def test_the_delay_is_kept_across_runs(asked: str, waits: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_NOW", "2026-01-31T08:00:00Z")
    clock = Clock()
    sites = Sites(3.0, clock=clock, sleep=clock.sleep, asked_before={"lihu.gov.cn": f"2026-01-31T{asked}Z"})

    async def ask() -> None:
        async with sites.of("www.lihu.gov.cn").turn():
            pass

    asyncio.run(ask())
    assert clock.now == waits
    assert sites.last_asked() == {"lihu.gov.cn": "2026-01-31T08:00:00Z"}
