"""Who asks: no contact, no request to a real host."""

from __future__ import annotations

import math

import pytest

from crawler.contact import (
    ContactMissingError,
    DelayTooShortError,
    check_manners,
    is_all_on_loopback,
    user_agent,
)

PROXY = {"http_proxy": "http://127.0.0.1:8080", "https_proxy": "http://127.0.0.1:8080"}


@pytest.mark.parametrize(
    ("trait", "environment", "expected"),
    [
        ("no proxy", {}, False),
        ("both", PROXY, True),
        ("localhost by name", {"http_proxy": "localhost:3128", "https_proxy": "localhost:3128"}, True),
        ("IPv6", {"http_proxy": "http://[::1]:1", "https_proxy": "http://[::1]:1"}, True),
        ("upper case", {"HTTP_PROXY": PROXY["http_proxy"], "HTTPS_PROXY": PROXY["https_proxy"]}, True),
        (
            "lower case wins, empty too",
            PROXY | {"HTTPS_PROXY": "http://127.0.0.1:1", "https_proxy": ""},
            False,
        ),
        ("http alone", {"http_proxy": "http://127.0.0.1:8080"}, False),
        ("one elsewhere", PROXY | {"https_proxy": "http://proxy.example.org:3128"}, False),
        ("a name that begins like it", PROXY | {"https_proxy": "http://127.0.0.1.example.org:1"}, False),
        ("not an address", PROXY | {"https_proxy": "http://[::1"}, False),
        ("no_proxy for this machine", PROXY | {"no_proxy": "localhost,127.0.0.1,::1"}, True),
        ("no_proxy for a company", PROXY | {"no_proxy": ".corp.example"}, True),
        ("no_proxy for everything", PROXY | {"no_proxy": "*"}, False),
        ("no_proxy for governments", PROXY | {"no_proxy": "localhost, .gov.cn"}, False),
        ("no_proxy for one government", PROXY | {"NO_PROXY": "www.lihu.gov.cn"}, False),
        ("no_proxy for a country", PROXY | {"no_proxy": "cn"}, False),
        ("no_proxy for a listed host", PROXY | {"no_proxy": "example.net"}, False),
    ],
)
def test_loopback(trait: str, environment: dict[str, str], expected: bool) -> None:
    assert is_all_on_loopback(environment, ["gk.example.net"]) is expected, trait


def test_without_a_contact_real_hosts_are_not_asked() -> None:
    with pytest.raises(ContactMissingError, match="NIANBAO_CONTACT"):
        check_manners(None, 3.0, {})
    with pytest.raises(ContactMissingError):
        check_manners("", 3.0, {})
    check_manners("https://example.org/us", 3.0, {})
    check_manners(None, 0.0, PROXY)


def test_faster_than_once_a_second_is_refused() -> None:
    with pytest.raises(DelayTooShortError, match="--delay"):
        check_manners("https://example.org/us", 0.99, {})
    check_manners("https://example.org/us", 1.0, {})


def test_the_user_agent_names_the_contact() -> None:
    assert user_agent("https://example.org/us").endswith(" (+https://example.org/us)")
    assert user_agent(None).startswith("nianbao/")
    assert "(" not in user_agent(None)


@pytest.mark.parametrize("delay", [math.nan, math.inf, -1.0])
def test_a_delay_that_is_no_time_is_refused(delay: float) -> None:
    with pytest.raises(DelayTooShortError):
        check_manners("https://example.org/", delay, {})
