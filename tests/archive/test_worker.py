"""One file in a reading process: whatever goes wrong in it is an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import worker
from archive.worker import Job, answer_to


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (RecursionError("too deep"), "reader_failed", "RecursionError"),
        (MemoryError(), "too_much_memory", "more memory"),
        (PermissionError(13, "Permission denied"), "file_unreadable", "Permission denied"),
    ],
)
def test_what_goes_wrong_is_told(
    error: Exception, code: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    (tmp_path / "a.pdf").write_bytes(b"x")
    monkeypatch.setattr(worker, "read", fail)
    answer = answer_to(Job("1", str(tmp_path / "a.pdf"), "a.pdf"))
    assert (answer.kind, answer.code) == ("failed", code)
    assert told in answer.text


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    answer = answer_to(Job("1", str(tmp_path / "none.pdf"), "none.pdf"))
    assert (answer.kind, answer.code) == ("failed", "file_unreadable")
