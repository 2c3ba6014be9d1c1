"""When each site was last asked: kept for the next run, and not longer than it matters."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.lastasked import NAME, read_last_asked, write_last_asked
from archive.store import DataFolderError

NOW = "2026-01-31T08:00:00Z"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_NOW", NOW)


def test_times_are_added_and_old_ones_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert read_last_asked(folder) == {}
    write_last_asked(folder, {"a.gov.cn": "2026-01-31T06:00:00Z", "b.gov.cn": "2026-01-31T07:30:00Z"})
    write_last_asked(folder, {"c.gov.cn": NOW})
    assert list(read_last_asked(folder)) == ["b.gov.cn", "c.gov.cn"]
    assert [path.name for path in folder.iterdir()] == [NAME]


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', '{"a": "yesterday"}'])
def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, "utf-8")
    with pytest.raises(DataFolderError, match="delete it"):
        read_last_asked(tmp_path)
