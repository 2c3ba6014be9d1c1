"""LibreOffice as converter: in batches, without a network, and what one file does to it is no other's loss."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from archive import office, readings
from archive.adding import add_file
from archive.office import convert, converter
from archive.reading import parse_files, read_originals
from archive.store import Archive
from parsers import Hint, read
from tests.command import nianbao
from tests.hostile.oldfiles import rtf_that_asks
from tests.parsers.office import word_report, zipped
from tests.parsers.oldword import old_word_report, openable, rtf_report
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.story import Story

STORY = Story("青石县人民政府", "county", 2023, invented("office"), signed="2024-01-20")
TABLES = ("proactive", "requests", "disputes")


@pytest.fixture(scope="module")
def truth() -> dict[str, object]:
    parsed = read(word_report(STORY), Hint("x")).to_json()
    return {table: parsed[table] for table in TABLES}


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET  # noqa: N815 the library's way of naming methods

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_every_cell_of_old_word_files_and_of_what_is_saved_under_their_names(
    tmp_path: Path, truth: dict[str, object]
) -> None:
    html = page(STORY.unit, STORY.heading, report_html(STORY)).encode()
    files = {
        "doc.doc": old_word_report(STORY),
        "wps.wps": old_word_report(STORY),
        "rtf.rtf": rtf_report(STORY),
        "wps-named.docx": old_word_report(STORY),
        "rtf-named.doc": rtf_report(STORY),
        "docx-named.doc": openable(word_report(STORY)),
        "html-named.doc": html,
        "doc-in.zip": zipped({"通知.txt": "请查收。", "附件/年报.doc": old_word_report(STORY)}),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = list(parse_files([tmp_path / name for name in files]))
    assert [parsed["file"] for parsed in found] == list(files)
    for parsed in found:
        assert parsed["status"] == "parsed", parsed["file"]
        assert {table: parsed[table] for table in TABLES} == truth, parsed["file"]
        told = "converted" in [problem["code"] for problem in parsed["problems"]]
        assert told == (parsed["file"] not in ("docx-named.doc", "html-named.doc"))


def test_without_a_converter_what_to_install_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(old_word_report(STORY))
    monkeypatch.setattr(readings, "converter", lambda: None)
    (parsed,) = parse_files([tmp_path / "a.doc"])
    assert (parsed["status"], [problem["code"] for problem in parsed["problems"]]) == (
        "unreadable",
        ["needs_converter"],
    )
    assert "apt-get install libreoffice-writer-nogui" in parsed["problems"][0]["message"]


def test_the_converter_is_found_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converter.cache_clear()
    assert (converter() or "").startswith("LibreOffice ")
    converter.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert converter() is None
    converter.cache_clear()


def test_a_file_is_read_once_a_converter_is_there_and_kept_when_it_goes(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name_converter(name: str | None) -> None:
        for module in ("archive.readings.converter", "archive.reading.converter"):
            monkeypatch.setattr(module, lambda: name)

    def statuses() -> list[str]:
        return [row[0] for row in archive.db.execute("SELECT status FROM reports")]

    (tmp_path / "a.doc").write_bytes(old_word_report(STORY))
    add_file(archive, tmp_path / "a.doc", None, None)
    name_converter(None)
    assert read_originals(archive).by_status == {"unreadable": 1}
    assert read_originals(archive).read == 0
    assert statuses() == []
    name_converter("LibreOffice 7")
    assert read_originals(archive).by_status == {"parsed": 1}
    assert statuses() == ["parsed"]
    assert read_originals(archive).read == 0
    name_converter("LibreOffice 8")
    assert read_originals(archive).by_status == {"parsed": 1}
    name_converter(None)
    assert read_originals(archive).read == 0
    assert read_originals(archive, again=True).by_status == {"unreadable": 1}
    assert statuses() == ["parsed"]


def test_nothing_is_asked_of_any_host(tmp_path: Path) -> None:
    """Left to itself, the program fetches what a page shows; as we run it, it does not."""
    page_with_pictures = tmp_path / "a.doc"
    with listening() as (url, asked):
        page_with_pictures.write_text(
            f"<html><body><p>words</p><img src={url}/a.png><img src={url}/b.png></body></html>"
        )
        (tmp_path / "b.rtf").write_bytes(rtf_that_asks(url))
        target = tmp_path / "made"
        target.mkdir()
        convert([page_with_pictures, tmp_path / "b.rtf"], target)
        assert sorted(path.name for path in target.iterdir()) == ["a.docx", "b.docx"]
        assert asked == []
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), page_with_pictures],
            check=True,
            capture_output=True,
            timeout=120,
        )
        assert set(asked) == {"/a.png", "/b.png"}


def test_a_file_that_hangs_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is played by a script that converts what it is given until it meets the file that hangs it."""
    runs = tmp_path / "runs"
    script = tmp_path / "soffice"
    script.write_text(
        f'#!/bin/sh\necho run >> {runs}\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2; shift 2\n'
        'for file; do case $file in *bad*) sleep 60;; esac\ncp "$file" "$out/$(basename "${file%.*}").docx"; done\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS_ALONE", 1)
    monkeypatch.setattr(office, "SECONDS_MORE", 0)
    files = [tmp_path / name for name in ("1.doc", "2bad.doc", "3.doc")]
    for file in files:
        file.write_bytes(b"x")
    target = tmp_path / "made"
    target.mkdir()
    convert(files, target)
    assert sorted(path.name for path in target.iterdir()) == ["1.docx", "3.docx"]
    # All together, then each that was not surely done.
    assert len(runs.read_text().split()) == 4


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(old_word_report(STORY))
    assert [parsed["status"] for parsed in parse_files([tmp_path / "a.doc"])] == ["parsed"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.doc"]


def test_the_command_adds_and_parses_old_word_files(tmp_path: Path, truth: dict[str, object]) -> None:
    file = tmp_path / "年报.wps"
    file.write_bytes(old_word_report(STORY))
    parsed = nianbao("parse", file)
    assert parsed.returncode == 0, parsed.stderr
    assert json.loads(parsed.stdout)["requests"] == truth["requests"]
    added = nianbao("add", file, "--data", tmp_path / "data")
    assert added.returncode == 0, added.stdout + added.stderr
    assert "1 parsed" in added.stdout
