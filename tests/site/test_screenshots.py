"""The script of the README's pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screenshots import MAX_BYTES, main, report_key
from tests.site.snapshot import build


def test_two_small_pictures_are_taken(tmp_path: Path) -> None:
    build(tmp_path)
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "docs")]) == 0
    sizes = {picture.name: picture.stat().st_size for picture in (tmp_path / "docs").iterdir()}
    assert set(sizes) == {"front.png", "report.png"}
    assert max(sizes.values()) <= MAX_BYTES


def test_the_report_shown_is_one_with_most_to_see(tmp_path: Path) -> None:
    build(tmp_path)
    assert report_key(tmp_path) == "999901-qingshi-2024"


def test_an_empty_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "make demo" in capsys.readouterr().err
