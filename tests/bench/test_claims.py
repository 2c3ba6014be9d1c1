from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import bench
from bench import __main__ as command
from bench.contest import Figure
from bench.reports import NotReadError

FRAME = {"__init__", "__main__", "contest", "crawlsides", "crawlweb", "memory", "reports", "turns"}


def test_every_module_beside_the_frame_is_a_claim() -> None:
    modules = {path.stem for path in Path(bench.__file__).parent.glob("*.py")}
    claims = (*command.CLAIMS, *command.BY_NAME)
    assert modules - FRAME == set(claims)
    assert all(callable(import_module(f"bench.{name}").contests) for name in claims)


def test_a_promise_that_is_not_kept_is_an_error_of_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {"kept": 1.0, "told": None, "broken": 0.5}
    modules = {
        f"bench.{name}": SimpleNamespace(contests=lambda scene, most=most: [Figure("it", "s", lambda: 0.9, most)])
        for name, most in figures.items()
    }
    monkeypatch.setattr(command, "CLAIMS", tuple(figures))
    monkeypatch.setattr(command, "import_module", modules.__getitem__)
    assert [command.main([name]) for name in figures] == [0, 0, 1]
    assert capsys.readouterr().out.splitlines() == [
        "it: 0.9 s, at most 1 promised, met",
        "it: 0.9 s",
        "it: 0.9 s, at most 0.5 promised, NOT MET",
    ]


def test_what_could_not_be_measured_is_no_promise_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def contests(scene: object) -> list[Figure]:
        raise NotReadError("file 3 was read as partial")

    monkeypatch.setattr(command, "import_module", lambda name: SimpleNamespace(contests=contests))
    assert command.main([command.CLAIMS[0]]) == 1
    assert "not measured: file 3 was read as partial" in capsys.readouterr().err


def test_a_claim_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["htlm"])
    assert "no such claim: htlm" in capsys.readouterr().err
