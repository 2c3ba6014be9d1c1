"""One replica and one client for the replica's own tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.replica.browser import Browser
from tests.replica.web import Replica


@pytest.fixture(scope="module")
def web() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica
        assert replica.failures == []


@pytest.fixture
def browser(web: Replica) -> Browser:
    web.reset()
    return Browser(web)
