from __future__ import annotations

from pathlib import Path

import pytest

from crawler.hosts import HostsFileError, ListedHost, is_allowed, is_allowed_url, listed_hosts, read_hosts

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "host",
    [
        "www.hongsibu.gov.cn",
        "hongsibu.gov.cn",
        "karuo.changdu.gov.cn",
        "WWW.HQQ.GOV.CN",
        "www.hqq.gov.cn.",
        "www.gov.cn",
        "xxgk_old.hqq.gov.cn",
        "xn--55qw42g.gov.cn",
    ],
)
def test_a_host_under_gov_cn_is_allowed(host: str) -> None:
    assert is_allowed(host, NOBODY)


@pytest.mark.parametrize(
    "host",
    [
        "x.gov.cn.evil.com",
        "evilgov.cn",
        "evil-gov.cn",
        "www.evilgov.cn",
        "www-qinzhou-gov-cn.example.net",
        "www.qinzhou.gov.cn.example.net",
        "gov.cn",
        ".gov.cn",
        "gov.cn.com",
        "www.hqq.gov.com.cn",
        "www.hqq.gov.hk",
        "",
        ".",
    ],
)
def test_a_host_that_only_looks_like_one_is_refused(host: str) -> None:
    assert not is_allowed(host, NOBODY)


@pytest.mark.parametrize(
    "host",
    [
        "www.hqq.gov.cn:80",
        "user@www.hqq.gov.cn",
        "evil.com/.gov.cn",
        "evil.com／.gov.cn",
        "evil.com\\.gov.cn",
        "evil.com?.gov.cn",
        "evil.com#.gov.cn",
        "evil.com\n.gov.cn",
        "evil.com\x00.gov.cn",
        "evil.com%2f.gov.cn",
        "www．hqq．gov．cn",
        "www。hqq。gov。cn",
        "www.hqq.gοv.cn",
        "红旗.gov.cn",
        "www..gov.cn",
        "-.gov.cn",
        "www.hqq.gov.cn..",
        f"{'a' * 64}.gov.cn",
        f"{'a.' * 130}gov.cn",
    ],
)
def test_what_is_not_a_plain_host_name_is_refused_not_repaired(host: str) -> None:
    assert not is_allowed(host, NOBODY)


@pytest.mark.parametrize("host", ["1.25.240.11", "127.0.0.1", "::1", "2130706433", "0x7f.1", "localhost"])
def test_an_address_is_refused_unless_a_person_listed_it(host: str) -> None:
    assert not is_allowed(host, NOBODY)
    assert is_allowed(host, {host})


def test_a_listed_host_is_allowed_alone_and_not_what_lies_under_it() -> None:
    listed = {"www.example.org.cn"}
    assert is_allowed("WWW.example.org.cn.", listed)
    assert not is_allowed("a.www.example.org.cn", listed)
    assert not is_allowed("example.org.cn", listed)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.hongsibu.gov.cn/",
        "http://www.hqq.gov.cn:8080/News/List?page=2",
        "HTTP://WWW.HQQ.GOV.CN",
        "https://www.hqq.gov.cn/a@b",
    ],
)
def test_an_address_on_an_allowed_host_is_allowed(url: str) -> None:
    assert is_allowed_url(url, NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.hqq.gov.cn@evil.com/",
        "https://evil.com@www.hqq.gov.cn/",
        "https://www.hqq.gov.cn:80@evil.com/",
        "https://evil.com\\@www.hqq.gov.cn/",
        "https://evil.com/www.hqq.gov.cn",
        "https://evil.com#.gov.cn",
        "https://evil.com?.gov.cn",
        "https://www.hqq.gov.cn:port/",
        "https://www.hqq.gov.cn:99999/",
        "https://[::1/",
        "https://www. hqq.gov.cn/",
        "ftp://www.hqq.gov.cn/",
        "file:///www.hqq.gov.cn",
        "javascript:location='https://www.hqq.gov.cn/'",
        "//www.hqq.gov.cn/",
        "www.hqq.gov.cn",
        "",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused(url: str) -> None:
    assert not is_allowed_url(url, NOBODY)


def test_a_listed_address_with_a_port_is_allowed() -> None:
    assert is_allowed_url("http://1.25.240.11:8082/sites/x/zwinfo.jsp?id=15652", {"1.25.240.11"})
    assert is_allowed_url("http://[2001:db8::1]/", {"2001:db8::1"})


def test_the_repositorys_list_can_be_read() -> None:
    assert listed_hosts() == {host.host for host in read_hosts()}


def test_a_list_names_host_portal_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "hosts.csv"
    file.write_text('# who\nhost,portal,why\n\nWWW.Example.org,somewhere,"linked, 2026"\n::1,here,a test\n', "utf-8")
    assert read_hosts(file) == [
        ListedHost("www.example.org", "somewhere", "linked, 2026"),
        ListedHost("::1", "here", "a test"),
    ]
    assert listed_hosts(file) == {"www.example.org", "::1"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("http://www.example.org/,x,linked", "without http:// and port"),
        ("www.example.org:8080,x,linked", "without http:// and port"),
        ("localhost,x,linked", "write the name or address alone"),
        ("*.example.org,x,linked", "write the name or address alone"),
        (",x,linked", "host is empty"),
        ("www.example.org,x,", "no portal or no reason"),
        ("www.example.org,,linked", "no portal or no reason"),
        ("www.example.org,x", "2 fields"),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "hosts.csv"
    file.write_text(f"# a comment\nhost,portal,why\n{line}\n", "utf-8")
    with pytest.raises(HostsFileError) as caught:
        read_hosts(file)
    assert f"{file}:3: " in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_list_is_an_error_not_an_empty_list(tmp_path: Path) -> None:
    with pytest.raises(HostsFileError, match="cannot be read"):
        read_hosts(tmp_path / "none.csv")
