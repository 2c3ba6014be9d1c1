"""One file in a reading process: whatever goes wrong in it is an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive import worker
from archive.worker import Job, answer_to
from tests.parsers.office import word_report
from tests.replica.figures import invented
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story


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


_READING = """
import json, sys
from archive.worker import Job, answer_to
texts = [answer_to(Job(path, path, path)).text for path in sys.argv[1:]]
heavy = {"numpy", "cv2", "PIL", "openvino", "rapidocr", "scrapy", "twisted", "pypinyin"}
print(json.dumps([[json.loads(text)["status"] for text in texts], sorted(heavy & set(sys.modules))]))
"""


def test_what_recognises_characters_is_not_imported_for_files_that_hold_text(tmp_path: Path) -> None:
    story = Story("青石县人民政府", "county", 2023, invented("worker"), signed="2024-01-20")
    files = {
        "a.html": page(story.unit, story.heading, report_html(story)).encode(),
        "a.pdf": report_pdf(story),
        "a.docx": word_report(story),
    }
    # Names the kinds of pictures that it may hold, as most PDFs do: whether there is one has to be looked up.
    assert b"/Image" in files["a.pdf"]
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in files]
    done = subprocess.run([sys.executable, "-c", _READING, *paths], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [["parsed"] * 3, []]
