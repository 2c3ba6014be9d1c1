"""What the site says of changes and of the portals' health."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

from tests.site.conftest import Site
from tests.site.made_up import IMAGE, JS_URL, SCRIPT

ATOM = "{http://www.w3.org/2005/Atom}"
REPORT = "999901-qingshi-2024"


def section(text: str, name: str) -> str:
    """What stands under the heading with this id, up to the next one, without its tags."""
    found = text.split(f'<h2 id="{name}"')[1].split("<h2")[0]
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", found)))


def test_a_change_of_the_portal_is_told_with_what_stood_and_what_stands_there(site: Site) -> None:
    for page in ("/revisions", f"/reports/{REPORT}"):
        told = section(site.get(page).text, "source" if page == "/revisions" else "history")
        assert "25→26" in told
        assert "（空白）→无" in told
        assert "正文第1节第2段" in told


def test_our_own_corrections_stand_apart_from_the_portals_changes(site: Site) -> None:
    page = site.get("/revisions").text
    assert "2→20" in section(page, "parser")
    assert "2→20" not in section(page, "source")
    assert "2→20" in section(site.get(f"/reports/{REPORT}").text, "corrections")


def test_a_report_that_is_gone_says_so_where_it_is_read(site: Site) -> None:
    assert "已从网站撤下" in site.get("/reports/999901-hostile-2023").text
    assert "已从网站撤下" not in site.get(f"/reports/{REPORT}").text
    assert SCRIPT in section(site.get("/portals").text, "gone")


def test_the_front_page_lists_the_latest_changes(site: Site) -> None:
    page = site.get("/").text
    assert f'href="/reports/{REPORT}#history"' in page


def test_the_feed_is_sound_whatever_the_documents_hold(site: Site) -> None:
    answer = site.get("/revisions.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 our own answer
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    told = " ".join(entry.findtext(f"{ATOM}summary") or "" for entry in entries)
    assert "25 → 26" in told
    assert SCRIPT in told
    links = [link.get("href") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert links
    assert all(link and "/reports/999901-" in link for link in links)


def test_the_health_of_each_portal_is_public(site: Site) -> None:
    page = site.get("/portals").text
    rows = dict(re.findall(r'<tr id="(\w+)"[^>]*>(.*?)</tr>', page, re.DOTALL))
    assert set(rows) == {"qingshi", "lanhe"}
    assert "被拦截" in rows["lanhe"]
    assert "骨架变了" in rows["lanhe"]
    assert "正常" in rows["qingshi"]
    assert JS_URL in unescape(page)
    assert IMAGE not in page
