"""/originals/SHA256 gives the bytes and lets them do nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.originals import Originals
from tests.site.conftest import Site, site_code

PDF, HTML, TEXT, HOSTILE, WORD = (
    "999901-qingshi-2024",
    "999901-qingshi-2019",
    "999901-qingshi-office-2024",
    "999901-hostile-2023",
    "unknown-undated-0a1b2c3d",
)


def path_of(site: Site, key: str) -> str:
    return f"/originals/{site.hashes[key]}"


def write(site: Site, sql: str, *parameters: str) -> None:
    """Change the snapshot under an open site; only for rows that no page has read yet."""
    db = sqlite3.connect(site.data / "site" / "archive.db")
    with db:
        db.execute(sql, parameters)
    db.close()


@pytest.mark.parametrize(
    ("key", "content_type"),
    [
        (PDF, "application/pdf"),
        (HTML, "text/html; charset=gb18030"),
        (TEXT, "text/plain; charset=utf-8"),
        (HOSTILE, "text/html; charset=utf-8"),
        (WORD, "application/octet-stream"),
    ],
)
def test_the_bytes_come_as_they_were_stored(site: Site, key: str, content_type: str) -> None:
    answer = site.get(path_of(site, key))
    sha256 = site.hashes[key]
    assert answer.status_code == 200
    assert answer.content == (site.data / "originals" / sha256[:2] / f"{sha256}.bin").read_bytes()
    assert answer.headers["content-type"] == content_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["etag"] == f'"{sha256}"'


@pytest.mark.parametrize("key", [HTML, TEXT, HOSTILE])
def test_a_page_is_sandboxed_and_loads_nothing(site: Site, key: str) -> None:
    policy = site.get(path_of(site, key)).headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy


def test_a_pdf_is_shown_and_not_sandboxed(site: Site) -> None:
    headers = site.get(path_of(site, PDF)).headers
    assert "sandbox" not in headers["content-security-policy"]
    assert "content-disposition" not in headers


def test_what_a_browser_should_not_show_is_a_download(site: Site) -> None:
    headers = site.get(path_of(site, WORD)).headers
    assert headers["content-disposition"] == f'attachment; filename="{site.hashes[WORD]}.doc"'


@pytest.mark.parametrize(
    "media_type", ["image/svg+xml", "text/xml", "application/javascript", "text/css", "", "x\r\ny"]
)
def test_a_type_that_could_act_is_a_download(own_site: Site, media_type: str) -> None:
    write(own_site, "UPDATE originals SET media_type = ? WHERE sha256 = ?", media_type, own_site.hashes[HOSTILE])
    answer = own_site.get(path_of(own_site, HOSTILE))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "x" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        f"/originals/{'0' * 64}",
        "/originals/",
        "/originals/abc",
        f"/originals/{'A' * 64}",
        "/originals/../site/archive.db",
        "/originals/..%2fsite%2farchive.db",
        f"/originals/{'0' * 64}/../../keys.csv",
        f"/originals/{'0' * 64}%00",
        f"/originals/{'0' * 63}' OR 1=1",
    ],
)
def test_nothing_outside_the_list_is_given(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code in (302, 404)
    assert b"SQLite format" not in answer.content


def test_bytes_in_the_store_that_the_snapshot_does_not_list_are_not_given(own_site: Site) -> None:
    sha256 = Originals(own_site.data / "originals").put(b"not yet published").sha256
    assert own_site.get(f"/originals/{sha256}").status_code == 404


def test_a_withdrawn_original_answers_451_with_hash_date_and_ground(own_site: Site) -> None:
    sha256 = own_site.hashes[PDF]
    write(own_site, "INSERT INTO withdrawn VALUES (?, '2026-02-03', '含<b>个人信息')", sha256)
    answer = own_site.get(f"/originals/{sha256}")
    assert answer.status_code == 451
    assert sha256 in answer.text
    assert "2026-02-03" in answer.text
    assert "含&lt;b&gt;个人信息" in answer.text
    report = own_site.get(f"/reports/{PDF}")
    assert "已撤回" in report.text
    assert ">3120<" in report.text


def test_a_lost_file_is_said_to_be_lost(own_site: Site) -> None:
    sha256 = own_site.hashes[TEXT]
    Path(own_site.data / "originals" / sha256[:2] / f"{sha256}.bin").unlink()
    answer = own_site.get(f"/originals/{sha256}")
    assert answer.status_code == 404
    assert "nianbao verify" in answer.text


def test_a_known_file_is_not_sent_twice(site: Site) -> None:
    answer = site.get(path_of(site, PDF), headers={"If-None-Match": f'"{site.hashes[PDF]}"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_head_gives_the_size_and_no_bytes(site: Site) -> None:
    answer = site.request("HEAD", path_of(site, PDF))
    size = len(site.get(path_of(site, PDF)).content)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(size)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("青石".encode(), "utf-8"),
        ("\ufeff青石".encode(), "utf-8"),
        ("青石".encode("gbk"), "gb18030"),
        ("青石".encode("utf-16"), "utf-16"),
        (b"", "utf-8"),
    ],
)
def test_the_charset_is_what_the_bytes_say(data: bytes, charset: str) -> None:
    assert site_code("originals").text_charset(data) == charset
