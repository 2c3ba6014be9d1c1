"""What is missing before a first crawl is told, each thing with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.ledger import Fetch
from archive.store import Archive
from crawler import doctor
from crawler.doctor import Finding, examine
from tests.command import nianbao

CONTACT = "https://example.org/crawler"


def found(data: Path, contact: str | None = CONTACT, **environment: str) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(data, contact, environment)}


def test_a_machine_with_everything(tmp_path: Path) -> None:
    findings = found(tmp_path / "data")
    assert [str(finding) for finding in findings.values() if finding.advice] == []
    assert findings["data folder"].found.endswith("can be made")
    assert not (tmp_path / "data").exists()


def test_the_contact(tmp_path: Path) -> None:
    assert "NIANBAO_CONTACT" in found(tmp_path, None)["contact"].advice
    proxies = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    assert found(tmp_path, None, **proxies)["contact"].advice == ""


def test_proxies(tmp_path: Path) -> None:
    assert found(tmp_path, http_proxy="http://a:3128", https_proxy="http://a:3128")["proxy"].found.endswith("a:3128")
    assert "such as" in found(tmp_path, http_proxy="http://", https_proxy="http://a:bad")["proxy"].advice
    one = found(tmp_path, http_proxy="http://127.0.0.1:3128")["proxy"]
    assert (one.needed, "set both" in one.advice) == (False, True)


def test_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_NOW", "1970-01-01")
    assert "before 2026" in found(tmp_path)["clock"].found
    monkeypatch.setenv("NIANBAO_NOW", "tomorrow")
    assert found(tmp_path)["clock"].advice == "unset NIANBAO_NOW"
    monkeypatch.setenv("NIANBAO_NOW", "2031-05-01T00:00:00Z")
    with Archive.open(tmp_path / "data") as archive:
        archive.ledger.record(None, Fetch(None, "http://www.hqq.gov.cn/", "home", "test", outcome="error"))
    monkeypatch.delenv("NIANBAO_NOW")
    assert "the archive's last request of 2031-05-01" in found(tmp_path / "data")["clock"].found


def test_the_data_folder_and_its_lock(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "is no folder" in found(tmp_path / "file")["data folder"].found
    with Archive.open(tmp_path / "data"):
        assert "wait" in found(tmp_path / "data")["lock"].advice
    assert found(tmp_path / "data")["lock"].advice == ""


def test_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=1_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert found(tmp_path)["disk"].found == "1.0 GB free"
    assert "make room" in found(tmp_path)["disk"].advice


def test_programs_models_and_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "converter", lambda: None)
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    monkeypatch.setattr(doctor, "FONT", tmp_path / "none.ttc")
    findings = found(tmp_path)
    assert "apt-get install libreoffice-writer-nogui" in findings["LibreOffice"].advice
    assert "install it anew" in findings["recognition of scans"].advice
    assert str(findings["Chinese font"]).startswith("optional: ")


def test_the_command_ends_with_1_when_something_is_missing(tmp_path: Path) -> None:
    ran = nianbao("doctor", "--data", tmp_path)
    assert ran.returncode == 1
    assert ran.stdout.startswith("missing: contact: none is set; give --contact URL")
    ran = nianbao("doctor", "--data", tmp_path, "--contact", CONTACT)
    assert ran.returncode == 0, ran.stdout
    assert "ok: clock: " in ran.stdout
