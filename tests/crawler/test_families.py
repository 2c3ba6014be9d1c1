"""What each CMS family tells of a page: further pages, rows in data, levels it vouches for."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.family import Form, Listing, data_of, with_query
from crawler.listings import FAMILIES, listing

HOST = "https://www.lihu.gov.cn"
URL = "http://www.lihu.gov.cn/zwgk/nb/"
TITLE = "里湖区2024年政府信息公开工作年度报告"


def pages(found: Listing) -> list[str]:
    return [request.url.removeprefix(HOST) for request in found.pages]


def links(*labels: str) -> str:
    return "".join(f'<a href="/{number}.html">{label}</a>' for number, label in enumerate(labels))


def test_every_file_is_a_family_and_the_generic_one_is_asked_last() -> None:
    names = [family.name for family in FAMILIES]
    assert len(names) == len(set(names)) >= 11
    assert names[-1] == "generic"
    assert [family.rank for family in FAMILIES] == sorted(family.rank for family in FAMILIES)


class TestUcap:
    CALL = "<script>createPageHTML('page_div', {}, {}, 'list', 'shtml', 15);</script>"

    def test_the_second_page_is_asked_first_because_it_tells_how_pages_are_counted(self) -> None:
        found = listing(f"{HOST}/x/c100123/list.shtml", self.CALL.format(4, 1))
        assert (found.family, pages(found)) == ("ucap", ["/x/c100123/list_2.shtml"])
        assert found.otherwise is not None
        assert found.otherwise.url.endswith("/list_1.shtml")

    def test_counted_from_two(self) -> None:
        found = listing(f"{HOST}/x/c100123/list_2.shtml", self.CALL.format(4, 2))
        assert pages(found) == ["/x/c100123/list_3.shtml", "/x/c100123/list_4.shtml"]

    def test_counted_from_one(self) -> None:
        found = listing(f"{HOST}/x/c100123/list_2.shtml", self.CALL.format(4, 3))
        assert pages(found) == ["/x/c100123/list_1.shtml", "/x/c100123/list_3.shtml"]

    def test_a_list_of_one_page_has_no_more(self) -> None:
        assert listing(f"{HOST}/x/c100123/list.shtml", self.CALL.format(1, 1)).pages == ()

    def test_a_list_filled_from_its_interface(self) -> None:
        script = "<script>var channelId='a1b2c3d4';$.get('/common/search/'+channelId)</script>"
        [asked] = pages(listing(f"{HOST}/x/c100123/list.shtml", script))
        assert asked.startswith("/common/search/a1b2c3d4?page=1&")

    def test_rows_of_an_answer_and_the_next_one(self) -> None:
        rows = [{"title": f"<em>{TITLE}</em>", "url": f"/x/{number}.shtml"} for number in range(15)]
        rows.append({"title": "空", "url": "/x/null.shtml"})
        url = f"{HOST}/common/search/a1?page=1&_pageSize=15&_isJson=true"
        found = listing(url, json.dumps({"data": {"total": 31, "results": rows}}))
        assert found.is_data
        assert [row.label for row in found.rows] == [TITLE] * 15
        assert pages(found) == ["/common/search/a1?page=2&_pageSize=15&_isJson=true"]
        last = listing(with_query(url, page=3), json.dumps({"data": {"total": 31, "results": rows[:1]}}))
        assert last.pages == ()

    def test_a_tree_in_jsonp(self) -> None:
        url = f"{HOST}/u/channel/treeNew/x?level=1&channelId="
        found = listing(url, 'null({"children":[{"name":"公开年报","url":"/x/nb/list.shtml"}]})')
        assert [(row.label, row.url) for row in found.rows] == [("公开年报", f"{HOST}/x/nb/list.shtml")]


class TestHanweb:
    URL = f"{HOST}/col/col44163/index.html"
    NEXT = "/module/web/jpage/dataproxy.jsp?page=1&appid=1&unitid=212860&sign=q%2Bw%3D"

    def store(self, records: int, total: int | None) -> str:
        rows = "".join(
            f"<record><![CDATA[<li><a href='/art/{n}.html'>{TITLE}</a></li>]]></record>" for n in range(records)
        )
        near = f'<nextgroup><![CDATA[<a href="{self.NEXT}"></a>]]></nextgroup>'
        told = "" if total is None else f"<script>jpage({{totalRecord:{total},perPage:15}})</script>"
        return f"<datastore>{near}<recordset>{rows}</recordset></datastore>{told}"

    def test_records_are_rows_and_the_page_s_own_link_leads_on(self) -> None:
        found = listing(self.URL, self.store(15, 230))
        assert found.family == "hanweb"
        assert [row.url for row in found.rows] == [f"{HOST}/art/{n}.html" for n in range(15)]
        assert len(found.pages) == 3
        asked = [parse_qs(page.split("?")[1]) for page in pages(found)]
        assert [one["page"] for one in asked] == [["1"], ["2"], ["3"]]
        assert all(one["sign"] == ["q+w="] and one["perpage"] == ["100"] for one in asked)

    def test_a_list_that_is_whole_asks_for_nothing(self) -> None:
        assert listing(self.URL, self.store(15, 15)).pages == ()

    def test_without_a_total_the_answers_lead_on_until_one_is_not_full(self) -> None:
        first = listing(self.URL, self.store(15, None))
        assert len(first.pages) == 1
        full = listing(first.pages[0].url, self.store(100, None))
        assert full.is_data
        assert parse_qs(pages(full)[0].split("?")[1])["page"] == ["2"]
        assert listing(full.pages[0].url, self.store(7, None)).pages == ()


class TestJpaas:
    URL = f"{HOST}/col/col1229617074/index.html"
    DATA = "{'webId':'4321','pageType':'column','tagId':'列表','pageId':'12'}"
    TAG = '<script src="/unitbuild.js" url="/api-gateway/x/build/unit" queryData="{}"></script>'

    def test_what_a_script_tag_says_is_asked_for(self) -> None:
        found = listing(self.URL, self.TAG.replace("{}", self.DATA))
        [asked] = found.pages
        query = parse_qs(asked.url.split("?")[1])
        assert (found.family, query["tagId"], query["webId"]) == ("jpaas", ["列表"], ["4321"])
        assert json.loads(query["paramJson"][0]) == {"pageNo": 1, "pageSize": "15"}

    def test_another_part_of_the_page_is_no_list(self) -> None:
        assert listing(self.URL, self.TAG.replace("{}", "{'pageType':'banner','tagId':'x'}")).pages == ()

    def test_an_answer_holds_html(self) -> None:
        url = listing(self.URL, self.TAG.replace("{}", self.DATA)).pages[0].url
        found = listing(url, json.dumps({"data": {"html": links(*[TITLE] * 15)}}))
        assert len(found.rows) == 15
        assert json.loads(parse_qs(found.pages[0].url.split("?")[1])["paramJson"][0])["pageNo"] == 2
        assert listing(found.pages[0].url, json.dumps({"data": {"html": links(TITLE)}})).pages == ()


def test_xxgk_names_its_years_and_units() -> None:
    url = f"{HOST}/module/xxgk/xxgkAnnualReport.jsp?area=11330922A&fbtime=2024"
    tree = '<script>var n=[{id:"11330922B",pId:"0",name:"县教育局"},{name:"嵊山镇",id:"11330922C"}]</script>'
    found = listing(url, f'{tree}<option value="2024">2024</option><option value="2023">')
    levels = [(level.label, level.url.split("?")[1]) for level in found.levels]
    assert levels == [
        ("2024年", "area=11330922A&fbtime=2024"),
        ("2023年", "area=11330922A&fbtime=2023"),
        ("县教育局", "area=11330922B&fbtime=2024"),
        ("嵊山镇", "area=11330922C&fbtime=2024"),
    ]


class TestGkmlpt:
    def test_categories_lead_to_the_interface(self) -> None:
        tree = '[{id:12,name:"公开指南",children:[{"id":13,"name":"政府信息公开 年报"}]}]'
        found = listing(f"{HOST}/jyj/gkmlpt/index", f"<script>window._CONFIG={{SID:'755',TREE:{tree}}}</script>")
        assert [(row.label, row.url.removeprefix(HOST)) for row in found.rows] == [
            ("公开指南", "/jyj/gkmlpt/api/all/12?page=1&sid=755"),
            ("政府信息公开年报", "/jyj/gkmlpt/api/all/13?page=1&sid=755"),
        ]

    @pytest.mark.parametrize(
        ("page", "total", "following"), [(0, 101, "2"), (1, 101, "2"), (1, 100, None), (2, 150, None)]
    )
    def test_a_hundred_articles_a_page_and_page_nought_is_page_one(
        self, page: int, total: int, following: str | None
    ) -> None:
        answer = {"classify": {"post_count": total}, "articles": [{"title": TITLE, "url": "/post_1.html"}]}
        found = listing(f"{HOST}/gkmlpt/api/all/13?page={page}&sid=7", json.dumps(answer))
        assert [row.label for row in found.rows] == [TITLE]
        asked = [parse_qs(one.split("?")[1])["page"][0] for one in pages(found)]
        assert asked == ([following] if following else [])


class TestLonsun:
    URL = f"{HOST}/public/column/24601?type=3&action=detail"

    def test_years_and_other_units_are_one_parameter_away(self) -> None:
        tree = '<a href="/public/column/24611?type=4&action=list">教育局</a>'
        found = listing(self.URL, f'<option value="2023">{tree}')
        assert [(level.label, level.url.removeprefix(HOST)) for level in found.levels] == [
            ("2023年", "/public/column/24601?type=3&action=detail&title=2023"),
            ("教育局", "/public/column/24611?type=3&action=detail"),
        ]
        assert found.idle == {f"{HOST}/public/column/24611?type=4&action=list"}

    def test_an_ordinary_list_has_its_pages_in_a_parameter(self) -> None:
        found = listing(f"{HOST}/content/column/55?pageIndex=1", "var pageCount = 3;")
        assert pages(found) == ["/content/column/55?pageIndex=2", "/content/column/55?pageIndex=3"]


def test_openness_knows_a_report_by_its_path() -> None:
    html = '<a href="/XxgkAnnualReport/show/7.html">财政局</a><a href="/news/8.html">教育局</a>共 3 页'
    found = listing(f"{HOST}/OpennessContent/showList/6/3/page_1.html", html)
    assert [level.label for level in found.levels] == ["财政局"]
    assert pages(found) == [f"/OpennessContent/showList/6/3/page_{n}.html" for n in (2, 3)]


@pytest.mark.parametrize(
    ("url", "following", "expected"),
    [
        ("/gk/nb.htm", "nb/4.htm", [4, 3, 2, 1]),
        ("/gk/nb/3.htm", "2.htm", [2, 1]),
        ("/gk/nb/1.htm", None, []),
        ("/gk/nb/3.htm", "4.htm", None),
    ],
)
def test_visionsite_counts_down(url: str, following: str | None, expected: list[int] | None) -> None:
    found = listing(f"{HOST}{url}", f'<a href="{following}">下页</a>' if following else "共1页")
    if expected is None:
        assert found.family == "generic"
    else:
        assert pages(found) == [f"/gk/nb/{number}.htm" for number in expected]


class TestEpoint:
    URL = f"{HOST}/yl/003002/list.html"
    PAGE = '<script src="/js/webBuilderCommon.js"></script><script>var categorynum="003002";deptcode="ylq"</script>'

    def test_the_site_s_script_is_wanted_first(self) -> None:
        found = listing(self.URL, self.PAGE)
        assert (found.family, found.script, found.pages) == ("epoint", f"{HOST}/js/webBuilderCommon.js", ())

    def test_a_form_is_sent_for_each_page(self) -> None:
        found = listing(self.URL, f"{self.PAGE}\nvar siteInfo={{siteGuid:'7eb5-1',projectName:'/Ep'}}")
        first, second = found.pages[:2]
        assert first.url == second.url == f"{HOST}/Ep/rest/lightfrontaction/getgovinfolist"
        assert first.form is not None
        assert second.form is not None
        sent = json.loads(parse_qs(second.form.text)["params"][0])
        assert sent == {
            "siteGuid": "7eb5-1",
            "deptcode": "ylq",
            "categorynum": "003002",
            "pageIndex": 1,
            "pageSize": 20,
        }

    @pytest.mark.parametrize(("rows", "last"), [(20, False), (3, True), (0, True)])
    def test_an_answer_that_is_not_full_is_the_last(self, rows: int, last: bool) -> None:
        data = [{"title": TITLE, "infourl": f"/yl/{number}.html"} for number in range(rows)]
        found = listing(f"{HOST}/Ep/rest/lightfrontaction/getgovinfolist", json.dumps({"custom": {"data": data}}))
        assert (len(found.rows), found.is_last) == (rows, last)


@pytest.mark.parametrize(
    "text", ["", "[", "{" * 5000, "null(", '{"a":', "null({}", '{"n":' + "9" * 9000 + "}", "\x00{}"]
)
def test_an_answer_that_is_no_json_has_no_rows(text: str) -> None:
    for path in (
        "/common/search/a1?page=1",
        "/x/build/unit?a=1",
        "/gkmlpt/api/all/3?page=1",
        "/x/rest/lightfrontaction/getgovinfolist",
    ):
        assert listing(f"{HOST}{path}", text).rows == ()


def test_data_in_a_call_is_read_like_data_alone() -> None:
    assert data_of(' jQuery_1({"a": [1]});\n') == data_of('{"a": [1]}') == {"a": [1]}


def test_a_form_shows_what_it_sends() -> None:
    assert Form("params=里湖".encode()).text == "params=里湖"


@pytest.mark.parametrize(
    "text",
    [
        "<datastore>" + "<record>" * 20_000,
        "<script /build/unit' " * 5_000,
        "window._CONFIG={SID:'1',TREE:[" + "{" * 50_000,
        "createPageHTML('" * 20_000,
        "{id:" * 50_000,
        "xxgkAnnualReport.jsp?" + "&" * 100_000,
        "<option value=" * 50_000,
    ],
)
@pytest.mark.parametrize(
    "path",
    ["/col/col1/index.html", "/gkmlpt/index", "/module/xxgk/xxgkAnnualReport.jsp?area=1", "/public/column/1?type=3"],
)
def test_a_hostile_page_costs_no_more_than_its_size(path: str, text: str) -> None:
    found = listing(f"{HOST}{path}", text)
    assert all(request.url.startswith(f"{HOST}/") for request in found.pages)


@pytest.mark.parametrize(
    ("trait", "script", "asked"),
    [
        ("column beside the call", "var columnId='7';get('/m/messageController/getMessage.do?a=1')", "a=1&columnId=7"),
        ("column in the call", "get('messageController/getMessage.do?columnId=9')", "columnId=9"),
        (
            "a name for jQuery's call",
            "columnId:'7',url:'messageController/getMessage.do?callback=?'",
            "callback=callback&columnId=7",
        ),
    ],
)
def test_truecms_asks_by_record_numbers_and_names_the_page(trait: str, script: str, asked: str) -> None:
    found = listing(URL, f"<script>{script}</script>")
    assert found.family == "truecms", trait
    (request,) = found.pages
    assert urlsplit(request.url).query == f"{asked}&startrecord=1&endrecord=15&perpage=15"
    assert request.names_page


@pytest.mark.parametrize(
    ("trait", "rows", "count"),
    [
        ("objects", '{"data":[{"title":"甲","url":"/1.html"},{"name":"乙","href":"/2.html"}]}', 2),
        ("a page in a text", '{"html":"<ul><li><a href=/1.html>甲</a></li></ul>"}', 1),
        ("placeholders", '{"data":[{"title":"甲","url":""}]}', 0),
        ("no answer at all", "", 0),
    ],
)
def test_truecms_takes_links_under_the_names_that_answers_have(trait: str, rows: str, count: int) -> None:
    url = "http://www.lihu.gov.cn/messageController/getMessage.do?columnId=7&startrecord=1&endrecord=15&perpage=15"
    found = listing(url, f"callback({rows});")
    assert len(found.rows) == count, trait
    assert found.pages == ()


def test_another_host_s_interface_is_not_asked() -> None:
    script = "columnId='7';get('http://cms.example.com/messageController/getMessage.do')"
    assert listing(URL, script).pages == ()


def datastore(link: str, total: int) -> str:
    rows = "<record><![CDATA[<a href='/1.html'>甲</a>]]></record>"
    group = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
    return f"<datastore>{group}<recordset><totalrecord>{total}</totalrecord>{rows}</recordset></datastore>"


def test_hanweb_asks_by_post_where_its_link_counts_no_pages() -> None:
    found = listing(URL, datastore("/module/web/jpage/dataproxy.jsp?columnid=7", 230))
    assert [request.form.text for request in found.pages if request.form] == [
        "startrecord=1&endrecord=100&perpage=100",
        "startrecord=101&endrecord=200&perpage=100",
        "startrecord=201&endrecord=230&perpage=100",
    ]


def test_hanweb_asks_by_post_where_its_pages_are_not_there() -> None:
    found = listing(URL, datastore("/module/web/jpage/dataproxy.jsp?page=1&columnid=7", 30))
    assert [request.form for request in found.pages] == [None]
    assert found.otherwise is not None
    assert found.otherwise.form is not None


def test_the_module_xxgk_is_searched_with_the_page_s_own_parameters() -> None:
    first = listing(URL, "<script>load('/module/xxgk/search.jsp?area=11370&amp;infotypeId=A2')</script>")
    assert [request.url for request in first.pages] == [
        "http://www.lihu.gov.cn/module/xxgk/search.jsp?area=11370&infotypeId=A2&currpage=1"
    ]
    second = listing(first.pages[0].url, "<li><a href=/1.html>甲</a></li><p>共 3 页</p>")
    assert [request.url.rsplit("=", 1)[1] for request in second.pages] == ["2", "3"]
    assert all(request.form for request in (*first.pages, *second.pages))


def test_a_menu_that_a_script_fills_with_a_tree_of_channels() -> None:
    url = "https://www.xinyuan.gov.cn/"
    page = "<script>$.ajax({url: '/u/channel/treeNew/xinyuan?level=1&channelId=112280', success: grow});</script>"
    asked = listing(url, page)
    assert asked.script == "https://www.xinyuan.gov.cn/u/channel/treeNew/xinyuan?level=1&channelId=112280"
    assert (asked.pages, asked.rows) == ((), ())
    answer = """null({"name": "政务公开", "url": "/xinyuan/null.shtml", "children": [
        {"name": "部门信息公开年报", "url": "/xinyuan/c112289/list.shtml"}, {"name": "省政府", "url": "https://www.xj.gov.cn/"},
        {"name": "没有地址"}, {"url": "/xinyuan/c112288/list.shtml"}]});"""
    told = [(row.url, row.label) for row in listing(url, f"{page}\n{answer}").rows]
    assert told == [("https://www.xinyuan.gov.cn/xinyuan/c112289/list.shtml", "部门信息公开年报")]
    assert listing(url, f"{page}\nnull({{broken").rows == ()
