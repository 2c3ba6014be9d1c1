"""安顺市: a city whose column holds its counties' reports and one of a body elsewhere; reports as PDF.

Traits: a county's report goes to the county, whoever publishes it; a title that a list cuts off; the report of an
office in another province, filed by mistake; inline countPage.
"""

from __future__ import annotations

from dataclasses import replace

from tests.replica import pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import between, shelf, story_of

COLUMN = "/zwgk/zfxxgknb/"
COUNTIES = ("镇宁布依族苗族自治县", "关岭布依族苗族自治县", "紫云苗族布依族自治县", "普定县")
# Those that have a level of their own in the column.
TABS = {"平坝区": "pbq", "西秀区": "xxq"}


def build() -> Portal:
    portal = Portal("anshun", "安顺市", "https://www.anshun.gov.cn/", adcode="520400", notes="counties' reports too")
    links = [Link("政府<br>信息<br>公开<br>年报", COLUMN), Link("政府网站年度报表", "/zwgk/wznb/")]
    portal.html("/", "首页", pages.menu([Link("安顺概况", "/gk/"), *links]))
    path = f"{COLUMN}{{year}}04/t{{year}}0402_{{id}}.html"
    rows = shelf(portal, "安顺市人民政府", "prefecture", range(2019, 2025), path)
    for county in COUNTIES:
        rows += shelf(portal, f"{county}人民政府", "county", range(2020, 2025), path)
    tabs = [Link(county, f"./{slug}/") for county, slug in TABS.items()]
    for county, slug in TABS.items():
        own = shelf(portal, f"{county}人民政府", "county", range(2019, 2025), f"{COLUMN}{slug}/t{{year}}_{{id}}.html")
        portal.html(f"{COLUMN}{slug}/", county, pages.crumbs("政府信息公开年报", county) + pages.rows_html(own))
    for number, row in enumerate(rows):
        if number % 7 == 3:
            rows[number] = replace(row, shown=f"{row.title[:-4]}…")
    elsewhere = story_of(portal, "中宁县人民政府办公室", "office", 2024)
    rows.append(portal.report(f"{COLUMN}202506/t20250601_777.html", elsewhere))
    beneath = story_of(portal, "关岭布依族苗族自治县教育局", "department", 2024)
    rows.append(portal.file(f"{COLUMN}202506/P020250601.pdf", beneath))
    _paged(portal, between(portal, rows, f"{COLUMN}202402/t20240201_", 7), tabs)
    return portal


def _paged(portal: Portal, rows: list[Row], tabs: list[Link]) -> None:
    parts = [rows[at : at + 14] for at in range(0, len(rows), 14)]
    written = """for(i=1;i<countPage;i++){document.write("<a href='"+"index_"+i+".html"+"'>"+(i+1)+"</a>")}"""
    for number, part in enumerate(parts):
        script = f"<script>var countPage = {len(parts)};\n{written}</script>"
        body = pages.crumbs("政府信息公开年报") + pages.menu(tabs) + pages.rows_html(part) + script
        portal.html(COLUMN if number == 0 else f"{COLUMN}index_{number}.html", "政府信息公开年报", body)
