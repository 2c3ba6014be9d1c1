from __future__ import annotations

import pytest

from archive.clock import ClockError, now


@pytest.mark.parametrize("given", ["2026-01-31T08:00:00Z", "2026-01-31T16:00:00+08:00", "2026-01-31T08:00:00"])
def test_the_environment_sets_the_clock(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("NIANBAO_NOW", given)
    assert now() == "2026-01-31T08:00:00Z"


def test_what_is_no_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_NOW", "tomorrow")
    with pytest.raises(ClockError, match="tomorrow"):
        now()
