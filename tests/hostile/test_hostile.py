"""Each hostile file through the real reading processes: no crash, no number, the status and reason it deserves."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from archive.limits import RECOGNISING
from archive.readings import File, read_files
from tests.hostile.cases import CASES


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_it_gets_what_it_deserves(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = tmp_path / "input"
    path.write_bytes(case.make())
    (reading,) = chain.from_iterable(read_files([File(name, path, case.file)], workers=1))
    parsed, codes = reading.parsed, {problem["code"] for problem in reading.parsed["problems"]}
    assert parsed["status"] in case.status.split(), parsed["problems"]
    assert codes & case.codes or parsed["status"] == "parsed", parsed["problems"]
    # None of these took longer than a file may, or met a mistake of ours.
    assert not codes & {"reading_timeout", "reader_failed"}
    assert reading.peak < RECOGNISING.memory
    if parsed["status"] in ("unreadable", "not_a_report"):
        assert (parsed["proactive"], parsed["requests"], parsed["disputes"]) == ({}, {}, {})
        assert parsed["year"] is None
