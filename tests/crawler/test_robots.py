"""The robots policy: what an answer means, and that nothing passes before it is known."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from archive.ledger import Fetch
from crawler import robots
from crawler.politeness import Sites
from crawler.robots import RobotsPolicy, RobotsRefusalError, Why, rules_of
from crawler.scope import OffSiteError, Scope
from crawler.web import Answer
from tests.crawler.fakes import SILENT, Clock, redirect

PAGE = "https://www.lihu.gov.cn/zwgk/nb/"
ROBOTS = "https://www.lihu.gov.cn/robots.txt"


def text(body: str, status: int = 200) -> Answer:
    return Answer(ROBOTS, status, {"content-type": "text/plain"}, body.encode())


@pytest.mark.parametrize(
    ("trait", "answer", "why"),
    [
        ("allowed by text", text("User-agent: *\nDisallow: /was5/"), None),
        ("disallowed by text", text("User-agent: *\nDisallow: /zwgk/"), "disallowed"),
        ("we are named", text("User-agent: nianbao\nDisallow: /\n\nUser-agent: *\nDisallow:"), "disallowed"),
        ("others are named", text("User-agent: Baiduspider\nDisallow: /"), None),
        ("allowed by the longer rule", text("User-agent: *\nDisallow: /\nAllow: /zwgk/"), None),
        ("byte order mark", text("\ufeffUser-agent: *\nDisallow: /"), "disallowed"),
        ("empty", text(""), None),
        (
            "text that says HTML",
            Answer(ROBOTS, 200, {"content-type": "text/html"}, b"User-agent: *\nDisallow: /"),
            "disallowed",
        ),
        ("soft 404 page", text("<html><body>页面不存在</body></html>"), None),
        ("soft 404 page in GBK", Answer(ROBOTS, 200, {}, "<!DOCTYPE html><p>页面不存在".encode("gbk")), None),
        ("404", text("", 404), None),
        ("410", text("", 410), None),
        ("401", text("", 401), "refused"),
        ("403", text("<h1>403</h1>", 403), "refused"),
        ("403 that lists rules", text("User-agent: *\nDisallow:", 403), "refused"),
        ("429", text("", 429), "refused"),
        ("500", text("", 500), "no_answer"),
        ("503", text("User-agent: *\nDisallow:", 503), "no_answer"),
        ("unknown 4xx", text("", 418), "refused"),
        ("412", text("", 412), "challenge"),
        ("challenge with 200", text("<script>$_ts={}</script>"), "challenge"),
        ("no answer", SILENT, "no_answer"),
        ("a minute between requests", text("User-agent: *\nCrawl-delay: 60"), None),
        ("more than a minute", text("User-agent: *\nCrawl-delay: 61"), "too_slow"),
    ],
)
def test_what_an_answer_means(trait: str, answer: Answer, why: Why | None) -> None:
    refusal = rules_of(answer).refuses(PAGE)
    assert (None if refusal is None else refusal.why) == why, trait


def test_crawl_delay_and_request_rate_are_obeyed() -> None:
    assert rules_of(text("User-agent: *\nCrawl-delay: 7")).crawl_delay == 7.0
    assert rules_of(text("User-agent: *\nRequest-rate: 1/12s")).crawl_delay == 12.0
    assert rules_of(text("User-agent: *\nDisallow: /x/")).crawl_delay == 0.0


class Stage:
    """A spider as the policy sees it, with answers to give."""

    def __init__(self, answers: dict[str, list[Answer]]) -> None:
        clock = Clock()
        self.answers, self.asked = answers, list[str]()
        self.rows: list[Fetch] = []
        self.scope, self.sites = Scope(), Sites(0.0, clock=clock, sleep=clock.sleep)
        self.policy = RobotsPolicy(SimpleNamespace(spider=self))  # type: ignore[arg-type]  # all it looks at

    async def ask_robots(self, url: str, portal: str) -> Answer:
        self.asked.append(url)
        await asyncio.sleep(0)
        known = self.answers[url]
        answer = known.pop(0) if len(known) > 1 else known[0]
        return Answer(url, answer.status, answer.headers, answer.body, None, answer.failure, answer.reason)

    def witness(self, portal: str, fetch: Fetch) -> None:
        self.rows.append(fetch)

    async def request(self, url: str, **meta: Any) -> Why | None:
        try:
            await self.policy.process_request(Request(url, meta={"portal": "lihu", **meta}))
        except RobotsRefusalError as error:
            return error.why
        return None

    def ask(self, *urls: str) -> list[Why | None]:
        """All these requests at once."""

        async def together() -> list[Why | None]:
            return await asyncio.gather(*(self.request(url) for url in urls))

        return asyncio.run(together())


def test_no_request_passes_while_robots_txt_is_fetched() -> None:
    stage = Stage({ROBOTS: [text("User-agent: *\nDisallow: /")]})
    assert stage.ask(*[f"{PAGE}{number}" for number in range(8)]) == ["disallowed"] * 8
    assert stage.asked == [ROBOTS]


def test_each_scheme_and_host_has_its_own() -> None:
    other = "http://www.lihu.gov.cn/robots.txt"
    stage = Stage({ROBOTS: [text("User-agent: *\nDisallow: /")], other: [text("", 404)]})
    assert stage.ask(PAGE, PAGE.replace("https", "http")) == ["disallowed", None]


def test_a_redirect_on_the_site_is_followed() -> None:
    target = "http://lihu.gov.cn/robots.txt"
    stage = Stage({ROBOTS: [redirect(target)], target: [text("User-agent: *\nDisallow: /")]})
    assert stage.ask(PAGE) == ["disallowed"]
    assert [(row.url, row.outcome, row.purpose) for row in stage.rows] == [
        (ROBOTS, "redirect", "robots"),
        (target, None, "robots"),
    ]


@pytest.mark.parametrize("target", ["https://www.dahe.gov.cn/robots.txt", "https://cdn.example.org/robots.txt"])
def test_a_redirect_to_another_site_is_not(target: str) -> None:
    stage = Stage({ROBOTS: [redirect(target)]})
    assert stage.ask(PAGE) == ["refused"]
    assert stage.asked == [ROBOTS]


def test_a_redirect_in_a_circle_ends() -> None:
    stage = Stage({ROBOTS: [redirect(ROBOTS)]})
    assert stage.ask(PAGE) == ["refused"]
    assert len(stage.asked) == robots.HOPS + 1


def test_silence_is_asked_about_twice_more() -> None:
    stage = Stage({ROBOTS: [SILENT]})
    assert stage.ask(PAGE) == ["no_answer"]
    assert len(stage.asked) == len(stage.rows) == 3
    assert {row.outcome for row in stage.rows} == {"error"}


def test_an_answer_after_an_error_counts() -> None:
    stage = Stage({ROBOTS: [text("", 502), text("User-agent: *\nDisallow:")]})
    assert stage.ask(PAGE) == [None]


def test_a_refusal_is_not_asked_about_again() -> None:
    stage = Stage({ROBOTS: [text("", 403)]})
    assert stage.ask(PAGE, PAGE) == ["refused", "refused"]
    assert stage.asked == [ROBOTS]


def test_the_site_s_rest_follows_the_rules() -> None:
    stage = Stage({ROBOTS: [text("User-agent: *\nCrawl-delay: 9")]})
    stage.ask(PAGE)
    assert stage.sites.of("www.lihu.gov.cn").crawl_delay == 9.0
    assert stage.sites.of("www.lihu.gov.cn").rest_until >= 9.0


def test_rules_are_read_anew_after_a_day() -> None:
    clock = Clock()
    stage = Stage({ROBOTS: [text("User-agent: *\nDisallow:"), text("User-agent: *\nDisallow: /")]})
    stage.policy = RobotsPolicy(SimpleNamespace(spider=stage), clock)  # type: ignore[arg-type]  # all it looks at
    assert stage.ask(PAGE) == [None]
    clock.now = robots.VALID_SECONDS + 1
    assert stage.ask(PAGE) == ["disallowed"]


def test_a_busy_server_is_left_to_rest() -> None:
    busy = Answer(ROBOTS, 503, {"retry-after": "30"})
    stage = Stage({ROBOTS: [busy, text("User-agent: *\nDisallow:")]})
    assert stage.ask(PAGE) == [None]
    assert stage.sites.of("www.lihu.gov.cn").rest_until >= 30.0

    stage = Stage({ROBOTS: [Answer(ROBOTS, 503, {"retry-after": "86400"})]})
    assert stage.ask(PAGE) == ["no_answer"]
    assert stage.asked == [ROBOTS]


def test_a_host_out_of_scope_is_not_even_asked_for_its_robots_txt() -> None:
    stage = Stage({})
    with pytest.raises(OffSiteError):
        asyncio.run(stage.request("https://www.lihu.gov.cn.example.com/"))
    assert stage.asked == []


def test_robots_txt_itself_waits_for_no_rules() -> None:
    stage = Stage({})
    assert asyncio.run(stage.request(ROBOTS, robots=True)) is None
