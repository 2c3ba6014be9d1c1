from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ledger import PortalRow
from archive.store import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data") as opened:
        opened.ledger.register([PortalRow("hongqi", "红旗区", "http://www.hqq.gov.cn/", adcode="410702")])
        yield opened
