from __future__ import annotations

import pytest
from scrapy import Request

from crawler.proxy import Proxy


def test_the_environment_is_read_once_per_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "near.once.gov.cn")
    proxy = Proxy()
    read = list[int]()

    def environment() -> dict[str, str]:
        read.append(1)
        return {"no": "near.once.gov.cn"}

    monkeypatch.setattr("urllib.request.getproxies_environment", environment)
    far = [Request(f"http://far.once.gov.cn/{number}") for number in range(3)]
    near = [Request(f"http://near.once.gov.cn/{number}") for number in range(3)]
    for request in (*far, *near):
        proxy.process_request(request)
    assert [request.meta.get("proxy") for request in far] == ["http://127.0.0.1:9"] * 3
    assert [request.meta.get("proxy") for request in near] == [None] * 3
    assert len(read) == 2
