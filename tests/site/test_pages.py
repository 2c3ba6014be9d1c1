"""What people see: every page answers, says what the database holds, and lets no document act."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from datasette.utils import parse_metadata

from tests.site.conftest import Site
from tests.site.made_up import IMAGE, JS_URL, SCRIPT, reports

METADATA = Path(__file__).resolve().parent.parent.parent / "datasette" / "metadata.yaml"
ARCHIVE = parse_metadata(METADATA.read_text("utf-8"))["databases"]["archive"]
GOVERNMENT, OLD, OFFICE, HOSTILE, BARE = (report.key for report in reports())

PAGES = [
    "/",
    "/archive",
    "/archive?_show_hidden=1",
    "/about-the-data",
    "/how-to-read",
    "/revisions",
    "/portals",
    *(f"/reports/{report.key}" for report in reports()),
    *(f"/archive/reports/{number}" for number in range(1, 6)),
    "/units/999901-qingshi",
    "/units/999901-qingshi-office",
    "/units/999901-hostile",
    "/archive/units/3",
    "/archive/portals/lanhe",
    "/archive/sections/5",
    "/archive/codes/1",
    "/archive/cells/4,8",
    "/archive/problems?_facet=code",
    "/archive/sections?_search=罚款",
    f"/archive/sections?_search={SCRIPT}",
    f"/archive/search_text?word={SCRIPT}",
    f"/archive?sql=select+'{IMAGE}'+as+url,+'{JS_URL}'+as+home,+'{IMAGE}'+as+report",
    "/archive?sql=select+title,+url,+unit+from+reports",
    *(f"/archive/{name}" for name in ARCHIVE["tables"]),
    *(f"/archive/{name}" for name in ARCHIVE["queries"]),
]
BROKEN = [
    ("/nope", 404),
    ("/reports/nope", 404),
    ("/units/nope", 404),
    ("/archive/reports/99", 404),
    (f"/archive?sql=select+{SCRIPT}", 400),
    ("/-/databases", 404),
    ("/-/databases.json", 404),
    ("/-/threads", 404),
    ("/-/permissions", 404),
    ("/_internal", 403),
]


class Elements(HTMLParser):
    """The elements of a page, and what would run or load something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.acting: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href") or given.get("src") or given.get("action") or ""
        if tag in ("img", "iframe", "object", "embed", "style", "base", "svg"):
            self.acting.append(tag)
        if tag == "script" and not re.match(r"/(?:-/static|assets)/", given.get("src") or ""):
            self.acting.append("script")
        if tag == "link" and given.get("rel") == "stylesheet" and not re.match(r"/(?:-/static|assets)/", address):
            self.acting.append(address)
        self.acting += [name for name in given if name.startswith("on") or name == "style"]
        if re.match(r"\s*(?!https?:)[a-z+.-]+:", address, re.IGNORECASE):
            self.acting.append(address)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_nothing_in_it_acts(site: Site, path: str) -> None:
    answer = site.get(path)
    page = Elements(answer.text)
    assert answer.status_code == 200
    assert page.acting == []
    assert '<html lang="zh-CN">' in answer.text
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(("path", "status"), BROKEN)
def test_an_error_is_a_page_of_ours(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert Elements(answer.text).acting == []


@pytest.mark.parametrize("path", ["/", "/archive/reports", "/archive.json?sql=select+1", "/nope", "/assets/site.css"])
def test_every_answer_carries_the_policy(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_front_page_counts_what_the_database_holds(site: Site) -> None:
    text = site.get("/").text
    assert re.search(r">5</a></dd>", text)
    assert "2019–2024" in text
    assert "1 个正常，1 个被拦截" in text
    assert "最近一次成功抓取 2026-01-31" in text
    for about in ARCHIVE["queries"].values():
        assert about["title"].split("？ ")[0] in text


def test_a_report_shows_the_printed_figures_with_the_way_to_their_place(site: Site) -> None:
    text = site.get(f"/reports/{GOVERNMENT}").text
    sha256 = site.hashes[GOVERNMENT]
    cell = rf'id="requests.new_received.total"><a href="/originals/{sha256}#page=2" title="原件第 2 页[^"]*">26<'
    assert re.search(cell, text)
    assert text.count('class="cell kind-') == 200
    assert "1234.56789" in text
    assert 'href="https://www.qingshi.gov.cn/zfxxgk/2025/a.pdf"' in text
    assert "自然人一列相差3" in text
    assert text.count("≠") == 2
    assert "claim_differs" in text


def test_a_report_shows_what_its_prose_states_and_where_the_table_differs(site: Site) -> None:
    page = site.get(f"/reports/{GOVERNMENT}").text
    claims = page.split('id="claims"')[1].split("</details>")[0]
    assert "<details open>" in claims
    assert "2 处数量，1 处与表格不一致" in claims
    assert claims.index("全年制发规范性文件6件") < claims.index("召开会议三次")
    assert 'id="claims"' not in site.get(f"/reports/{OFFICE}").text


def test_a_figure_of_a_web_page_leads_to_the_words_beside_it(site: Site) -> None:
    text = site.get(f"/reports/{OLD}").text
    assert f"/originals/{site.hashes[OLD]}#:~:text=%E5%B1%9E%E4%BA%8E%E5%9B%BD%E5%AE%B6%E7%A7%98%E5%AF%86" in text


def test_blanks_and_slashes_stand_as_printed_and_are_never_zero(site: Site) -> None:
    text = site.get(f"/reports/{GOVERNMENT}").text
    assert re.search(r'id="proactive.regulations_issued"><a [^>]*><span class="no-value">空白</span>', text)
    assert re.search(r'kind-slash" id="proactive.regulations_repealed"><a [^>]*>/<', text)
    assert re.search(r'kind-none" id="proactive.coercion_decisions"><a [^>]*>无<', text)


def test_a_one_row_other_prints_one_row(site: Site) -> None:
    text = site.get(f"/reports/{OFFICE}").text
    assert "requests.other_total.total" in text
    assert "requests.other_misc" not in text
    assert "（六）只有一行" in text
    assert "1 处因缺少数字而无法判断" in text


def test_the_form_headings_stand_once_above_their_rows(site: Site) -> None:
    text = site.get(f"/reports/{GOVERNMENT}").text
    for heading in (
        "三、本年度办理结果",
        "（三）不予公开",
        "（四）无法提供",
        "（五）不予处理",
        "（六）其他处理",
    ):
        assert text.count(f'scope="rowgroup">{heading}<') == 1


def test_a_report_without_unit_year_or_tables_still_has_a_page(site: Site) -> None:
    text = site.get(f"/reports/{BARE}").text
    assert f"<h1>{BARE}</h1>" in text
    assert text.count("没有读到这张表") == 3


def test_a_row_page_is_the_same_page_and_names_the_citable_address(site: Site) -> None:
    text = site.get("/archive/reports/1").text
    assert f'<link rel="canonical" href="/reports/{GOVERNMENT}">' in text
    assert text.count('class="cell kind-') == 200


def test_a_unit_shows_its_years_side_by_side_and_warns_of_two_forms(site: Site) -> None:
    text = site.get("/units/999901-qingshi").text
    assert f'href="/reports/{OLD}">2019<' in text
    assert f'href="/reports/{GOVERNMENT}">2024<' in text
    assert "用过不止一种格式" in text
    assert "不要再与它们相加" in text
    assert 'href="/units/999901-qingshi-office"' in text


def test_hostile_text_is_shown_as_text(site: Site) -> None:
    text = site.get(f"/reports/{HOSTILE}").text
    assert SCRIPT not in text
    assert IMAGE not in text
    assert "&lt;script&gt;alert" in text
    assert not [link for link in Elements(text).links if "javascript:" in link]
    assert JS_URL in text


@pytest.mark.parametrize("table", ["fetches", "links", "problems", "portals", "editions", "revisions", "lists"])
def test_an_address_that_is_not_of_the_web_is_no_link(site: Site, table: str) -> None:
    page = site.get(f"/archive/{table}")
    assert JS_URL in page.text
    assert not [link for link in Elements(page.text).links if link.lower().startswith("javascript")]


def test_a_text_that_looks_like_an_address_is_no_link(site: Site) -> None:
    page = site.get("/archive/sections")
    assert not [link for link in Elements(page.text).links if "evil.example" in link]


@pytest.mark.parametrize(
    ("query", "found"),
    [("罚款", [HOSTILE, GOVERNMENT]), ("费", [OLD]), ("罚款 政策", [GOVERNMENT]), ("款罚", [])],
)
def test_words_of_two_characters_are_found_and_one_and_several(site: Site, query: str, found: list[str]) -> None:
    rows = site.get("/archive/search_text.json", params={"word": query, "_shape": "array"}).json()
    assert sorted(row["report"] for row in rows) == sorted(found)
    rows = site.get("/archive/sections.json", params={"_search": query, "_shape": "array"}).json()
    assert len(rows) == len(found)


@pytest.mark.parametrize(
    "word", ['"', "*", "NOT", "a OR b", "'; drop table reports; --", "NEAR(", "\u0000", "grams:款"]
)
def test_no_search_is_an_error(site: Site, word: str) -> None:
    assert site.get("/archive/sections", params={"_search": word}).status_code == 200
    assert site.get("/archive/search_text", params={"word": word}).status_code == 200


def test_no_value_is_marked_and_is_not_zero(site: Site) -> None:
    text = site.get("/archive/summary").text
    assert 'class="no-value"' in text
    assert "不是零" in text


def test_codes_have_labels_in_tables_and_questions(site: Site) -> None:
    assert "（一）予以公开" in site.get("/archive/requests?report_id=1").text
    assert "政府办公室" in site.get("/archive/requests_received").text
    assert "新收＋结转＝总计＋结转下年" in site.get("/archive/failed_identities").text


def test_the_scope_of_a_check_has_the_label_of_what_it_names(site: Site) -> None:
    rows = site.get("/archive/checks.json?_shape=array").json()
    page = site.get("/archive/checks").text
    labels = {"natural_person": "自然人", "total": "总计", "new_received": "本年新收", "reconsideration": "行政复议"}
    scopes = {row["scope"] for row in rows} & labels.keys()
    assert scopes
    assert all(labels[scope] in page for scope in scopes)
    assert not any(f"<td>{scope}</td>" in page for scope in scopes)


def test_the_first_question_answers_the_year_asked_for(site: Site) -> None:
    rows = site.get("/archive/requests_received.json?year=2024&_shape=array").json()
    assert [(row["unit"], row["new_received"]) for row in rows] == [
        ("青石区", 26),
        ("青石区人民政府办公室", 3),
    ]


def test_cells_without_a_figure_are_counted_by_kind_in_the_latest_year(site: Site) -> None:
    rows = site.get("/archive/missing_cells.json?_shape=array").json()
    counted = {row["report"]: [row[kind] for kind in ("blank", "slash", "dash", "none", "text")] for row in rows}
    assert counted == {GOVERNMENT: [1, 1, 1, 1, 0], OFFICE: [1, 1, 0, 0, 0]}


def test_every_portal_is_listed_those_that_gave_nothing_too(site: Site) -> None:
    rows = site.get("/archive/coverage_by_portal.json?_shape=array").json()
    assert [(row["portal"], row["status"], row["reports"]) for row in rows] == [
        ("lanhe", "blocked", 0),
        ("qingshi", "ok", 5),
    ]


def test_shares_are_of_governments_alone_and_null_without_a_part(site: Site) -> None:
    rows = site.get("/archive/refusal_shares.json?_shape=array").json()
    assert {row["unit"] for row in rows} == {"青石区"}
    assert [row["denied_percent"] for row in rows] == [13.0, 30.0]


def test_a_reader_is_told_where_to_ask_only_if_the_operator_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.site.snapshot import build

    hashes = build(tmp_path)
    for contact, expected in (
        ("", "没有留下联系方式"),
        ("https://nianbao.example/contact", 'href="https://nianbao.example/contact"'),
        (f"desk@example.org{SCRIPT}", "desk@example.org&lt;script&gt;"),
    ):
        monkeypatch.setenv("NIANBAO_CONTACT", contact)
        site = Site(tmp_path, hashes)
        assert expected in site.get("/about-the-data").text
        site.close()


def test_the_whole_database_can_be_taken_home(site: Site) -> None:
    answer = site.get("/archive.db")
    assert answer.content == (site.data / "site" / "archive.db").read_bytes()


def test_a_heavy_query_is_cut(site: Site) -> None:
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    answer = site.get("/archive.json", params={"sql": endless, "_timelimit": "50"})
    assert answer.status_code == 400


def test_the_site_does_not_write(site: Site) -> None:
    assert site.get("/archive", params={"sql": "delete from reports"}).status_code == 400
