from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench.memory import SideFailedError, peak_of, whole_family


def test_the_peak_of_a_process_that_the_work_starts_is_told_apart() -> None:
    command = [sys.executable, "-c", "bytearray(300_000_000)"]
    peak = peak_of(lambda: subprocess.run(command, check=True))
    assert peak.largest_child > 280
    assert str(peak).endswith("MB in a process it starts")
    assert peak_of(lambda: None).largest_child == 0


def test_work_that_fails_is_not_measured(capfd: pytest.CaptureFixture[str]) -> None:
    pid = os.getpid()
    with pytest.raises(SideFailedError):
        peak_of(lambda: 1 / 0)
    assert os.getpid() == pid
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_the_time_of_the_whole_family_counts_that_of_ended_processes() -> None:
    before = whole_family()
    subprocess.run([sys.executable, "-c", "sum(range(10_000_000))"], check=True)
    assert whole_family() > before
