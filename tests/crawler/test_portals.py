from __future__ import annotations

from pathlib import Path

import pytest

from archive.regions import read_regions
from crawler.areas import adcodes_by_path
from crawler.csvfile import Row
from crawler.hosts import is_allowed_url
from crawler.make_portals import main, portals_csv
from crawler.portals import REGISTRY, Portal, PortalsFileError, read_portals, select, unknown_message
from tests.replica.portals import all_portals

HEADER = "portal,adcode,name,home,platform,expect_min,notes"
GOOD = "hongqi,410702,红旗区,http://www.hqq.gov.cn/,,,"


def write(folder: Path, *lines: str) -> Path:
    file = folder / "portals.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def said_of(file: Path) -> str:
    with pytest.raises(PortalsFileError) as caught:
        read_portals(file)
    return str(caught.value)


def test_a_line_becomes_a_portal_and_empty_fields_are_none(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "# our own",
        HEADER,
        GOOD,
        "",
        'zone-1,, 某园区 ,https://a.gov.cn/x/,shared,3,"one, two"',
    )
    assert read_portals(file) == [
        Portal("hongqi", "410702", "红旗区", "http://www.hqq.gov.cn/"),
        Portal("zone-1", None, "某园区", "https://a.gov.cn/x/", "shared", 3, "one, two"),
    ]


def test_the_optional_columns_may_be_left_out_and_the_order_is_free(tmp_path: Path) -> None:
    file = write(tmp_path, "name,home,portal,adcode", "红旗区,http://www.hqq.gov.cn/,hongqi,410702")
    assert read_portals(file) == [Portal("hongqi", "410702", "红旗区", "http://www.hqq.gov.cn/")]


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "portals.csv"
    file.write_bytes(f"{HEADER}\r\n{GOOD}\r\n,,,,,,\r\n".encode("utf-8-sig"))
    assert [portal.portal for portal in read_portals(file)] == ["hongqi"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    said = said_of(tmp_path / "none.csv")
    assert "none.csv: cannot be read" in said
    assert "name a CSV file that is there" in said


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "portals.csv"
    file.write_bytes(f"{HEADER}\n".encode() + GOOD.encode("gb18030"))
    assert "portals.csv:2: is not UTF-8" in said_of(file)


def test_an_empty_file_and_one_without_portals_are_told(tmp_path: Path) -> None:
    assert "is empty: expected the header portal,adcode" in said_of(write(tmp_path, "# nothing"))
    assert "names no portal" in said_of(write(tmp_path, HEADER))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    said = said_of(write(tmp_path, "portal,name,home", "hongqi,红旗区,http://www.hqq.gov.cn/"))
    assert "portals.csv:1: the header lacks adcode" in said


def test_a_misspelt_column_is_told_the_right_one(tmp_path: Path) -> None:
    said = said_of(write(tmp_path, "portal,adcode,name,home,expect_mim", f"{GOOD.removesuffix(',,,')},3"))
    assert "did you mean expect_min?" in said


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    assert "the column name stands 2 times" in said_of(write(tmp_path, "portal,adcode,name,name,home", "a,,b,c,d"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Hongqi,410702,红旗区,http://www.hqq.gov.cn/,,,", "expected a slug of a-z"),
        ("红旗,410702,红旗区,http://www.hqq.gov.cn/,,,", "portal is 红旗: expected a slug"),
        ("hong qi,410702,红旗区,http://www.hqq.gov.cn/,,,", "expected a slug"),
        ("-hongqi,410702,红旗区,http://www.hqq.gov.cn/,,,", "expected a slug"),
        (",410702,红旗区,http://www.hqq.gov.cn/,,,", "portal is empty"),
        ("hongqi,41070,红旗区,http://www.hqq.gov.cn/,,,", "adcode is 41070: expected six digits"),
        ("hongqi,410702.0,红旗区,http://www.hqq.gov.cn/,,,", "expected six digits"),
        ("hongqi,４１０７０２,红旗区,http://www.hqq.gov.cn/,,,", "expected six digits"),
        ("hongqi,999999,红旗区,http://www.hqq.gov.cn/,,,", "is no area of archive/regions.csv"),
        ("hongqi,410702,,http://www.hqq.gov.cn/,,,", "name is empty"),
        ("hongqi,410702,红旗区,www.hqq.gov.cn,,,", "expected http:// or https://"),
        ("hongqi,410702,红旗区,ftp://www.hqq.gov.cn/,,,", "expected http:// or https://"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn.evil.com/,,,", "a host that ends in .gov.cn"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn@evil.com/,,,", "a host that ends in .gov.cn"),
        ("hongqi,410702,红旗区,http://1.25.240.11/,,,", "must first be listed in crawler/hosts.csv"),
        ("hongqi,410702,红旗区,,,,", "home is empty"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn/,,many,", "expect_min is many: expected a whole number"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn/,,-1,", "expected a whole number"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn/,,3.5,", "expected a whole number"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn/", "has 4 fields, the header 7"),
        ("hongqi,410702,红旗区,http://www.hqq.gov.cn/,,,a, b", "has 8 fields"),
        ('hongqi,410702,红旗区,http://www.hqq.gov.cn/,,,"open', "close the quotation mark"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(tmp_path: Path, line: str, said: str) -> None:
    file = write(tmp_path, HEADER, line)
    message = said_of(file)
    assert message.startswith(f"{file}:2: ")
    assert said in message


def test_every_bad_line_is_named_not_only_the_first(tmp_path: Path) -> None:
    file = write(tmp_path, HEADER, GOOD.replace("410702", "4107"), GOOD.replace("hongqi", "b"), "c,,丙,nowhere,,,", "d")
    with pytest.raises(PortalsFileError) as caught:
        read_portals(file)
    assert caught.value.file == file
    assert [bad.line for bad in caught.value.bad_lines] == [2, 4, 5]


def test_a_slug_that_stands_twice_is_told_where(tmp_path: Path) -> None:
    said = said_of(write(tmp_path, HEADER, GOOD, GOOD))
    assert "portals.csv:3: portal hongqi stands in line 2 already" in said


def test_a_home_outside_gov_cn_needs_a_listed_host(tmp_path: Path) -> None:
    file = write(tmp_path, HEADER, "x,,某旗,http://1.25.240.11:8082/,,,")
    assert "hosts.csv" in said_of(file)
    assert read_portals(file, listed={"1.25.240.11"})[0].home == "http://1.25.240.11:8082/"


# Choosing


PORTALS = [
    Portal("hongsibu", "640303", "红寺堡区", "https://www.hongsibu.gov.cn/"),
    Portal("hongqi", "410702", "红旗区", "http://www.hqq.gov.cn/"),
]


def test_without_names_all_are_chosen() -> None:
    assert select(PORTALS, []) == (PORTALS, [])


def test_names_choose_in_their_order_each_once_and_the_unknown_are_told() -> None:
    assert select(PORTALS, ["hongqi", "nowhere", "hongsibu", "hongqi"]) == (
        [PORTALS[1], PORTALS[0]],
        ["nowhere"],
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hongsib", "did you mean hongsibu"),
        ("HongQi", "did you mean hongqi"),
        ("红旗区", "did you mean hongqi?"),
        ("xyzxyz", "the portals file lists"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(name: str, said: str) -> None:
    message = unknown_message(name, PORTALS)
    assert message.startswith(f"unknown portal {name}: ")
    assert said in message


# Writing the lines of the registry


def test_the_code_is_looked_up_by_the_path_and_never_guessed() -> None:
    rows = [
        Row(2, {"portal": "hongqi", "path": "河南省/新乡市/红旗区", "home": "http://www.hqq.gov.cn/"}),
        Row(3, {"portal": "x", "path": "河南省/红旗区", "home": "http://x.gov.cn/", "notes": "n"}),
    ]
    text, unmatched = portals_csv(rows, adcodes_by_path(read_regions()))
    assert text.splitlines() == [HEADER, GOOD, "x,,红旗区,http://x.gov.cn/,,,n"]
    assert unmatched == ["河南省/红旗区"]


def test_what_the_script_prints_is_a_portals_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    areas = tmp_path / "areas.csv"
    areas.write_text("portal,path,home\nhongqi,河南省/新乡市/红旗区,http://www.hqq.gov.cn/\n", "utf-8")
    assert main([str(areas)]) == 0
    file = write(tmp_path, capsys.readouterr().out)
    assert [portal.adcode for portal in read_portals(file)] == ["410702"]


def test_the_script_says_what_it_could_not_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    areas = tmp_path / "areas.csv"
    assert main([]) == 2
    assert main([str(areas)]) == 2
    areas.write_text("portal,path,home\na,b\n", "utf-8")
    assert main([str(areas)]) == 2
    areas.write_text("portal,path,home\na,某省/某县,http://a.gov.cn/\n", "utf-8")
    assert main([str(areas)]) == 1
    assert "某省/某县: no single area" in capsys.readouterr().err


# The registry of the repository


@pytest.fixture(scope="module")
def registry() -> list[Portal]:
    return read_portals(REGISTRY)


def test_the_registry_has_some_forty_portals_across_provinces(registry: list[Portal]) -> None:
    assert len(registry) >= 40
    assert len({portal.adcode[:2] for portal in registry if portal.adcode}) >= 20
    assert len({portal.home for portal in registry}) == len(registry)


@pytest.mark.parametrize(
    "portal",
    [
        Portal("hongsibu", "640303", "红寺堡区", "https://www.hongsibu.gov.cn/"),
        Portal("shapotou", "640502", "沙坡头区", "https://www.spt.gov.cn/"),
        Portal("hongqi", "410702", "红旗区", "http://www.hqq.gov.cn/"),
        Portal("hongze", "320813", "洪泽区", "http://www.hongze.gov.cn/"),
    ],
)
def test_the_districts_of_the_first_reports_are_in_the_registry(registry: list[Portal], portal: Portal) -> None:
    found = {known.portal: known for known in registry}[portal.portal]
    assert (found.adcode, found.name, found.home) == (portal.adcode, portal.name, portal.home)


def test_every_code_of_the_registry_is_the_code_of_the_area_named(registry: list[Portal]) -> None:
    names = {region.adcode: region.name for region in read_regions()}
    assert {portal.name for portal in registry if portal.adcode and names[portal.adcode] != portal.name} == set()


def test_every_home_of_the_registry_is_under_gov_cn(registry: list[Portal]) -> None:
    assert [portal for portal in registry if not is_allowed_url(portal.home, frozenset())] == []


def test_the_replica_web_plays_portals_of_the_registry(registry: list[Portal]) -> None:
    known = {(portal.portal, portal.adcode, portal.name, portal.home) for portal in registry}
    played = {(portal.slug, portal.adcode, portal.name, portal.home) for portal in all_portals()}
    assert played - known == set()
