"""Lists of portals: tried line by line, added below what is there, nothing lost or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.importing import HEADER, add_portals, examine_against
from crawler.portals import PortalsFileError, read_portals
from tests.command import nianbao

REGISTRY = """# our portals
portal,adcode,name,home,platform,expect_min,notes
hongqi,410702,红旗区,http://www.hqq.gov.cn/,,6,"a, b"
"""
LIST = """name,home,portal,adcode
红旗区,https://www.hqq.gov.cn/index.html,hongqi,410702
卫滨区,http://www.wbq.gov.cn/,hongqi,410703
红旗区,http://www.hqq.gov.cn/,hongqi-2,410702
牧野区,http://www.xxmyq.gov.cn/,muye,410711
牧野区,http://www.xxmyq.gov.cn/,muye-2,410711
凤泉区,http://www.example.com/,fengquan,410704
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    mine, registry = tmp_path / "mine.csv", tmp_path / "portals.csv"
    mine.write_text(LIST, "utf-8")
    registry.write_text(REGISTRY, "utf-8")
    return mine, registry


def test_each_line_is_told_by_itself_and_against_the_portals_file(files: tuple[Path, Path]) -> None:
    found = examine_against(*files)
    assert [portal.portal for portal in found.new] == ["muye"]
    assert found.known == 1
    assert {bad.line: bad.message.split(":")[0] for bad in found.bad_lines} == {
        3: "portal hongqi stands in line 2 already",
        4: "home http",
        6: "home http",
        7: "home is http",
    }
    said = [bad.message for bad in found.bad_lines]
    assert "is hongqi in portals.csv already: leave this line out" in said[1]
    assert "stands in line 5 already: keep one of the two" in said[2]


def test_import_adds_below_and_leaves_the_rest_as_it_was(files: tuple[Path, Path]) -> None:
    mine, registry = files
    ran = nianbao("portals", "import", mine, "--portals", registry)
    assert ran.returncode == 1
    assert ran.stdout == f"{registry}: 1 portals added, 1 there already, 4 not\n"
    assert [line.split(":")[1] for line in ran.stderr.splitlines()] == ["3", "4", "6", "7"]
    assert registry.read_text("utf-8") == REGISTRY + "muye,410711,牧野区,http://www.xxmyq.gov.cn/,,,\n"
    assert "0 portals added, 2 there already" in nianbao("portals", "import", mine, "--portals", registry).stdout


def test_check_changes_nothing(files: tuple[Path, Path]) -> None:
    mine, registry = files
    ran = nianbao("portals", "check", mine, "--portals", registry)
    assert (ran.returncode, ran.stdout) == (1, f"{mine}: 1 portals are new, 1 known, 4 lines are not in order\n")
    assert registry.read_text("utf-8") == REGISTRY
    good = nianbao("portals", "check", registry, "--portals", registry)
    assert (good.returncode, good.stderr) == (0, "")


def test_a_portals_file_that_is_not_there_is_made(tmp_path: Path, files: tuple[Path, Path]) -> None:
    new = tmp_path / "new.csv"
    add_portals(new, read_portals(files[1]))
    assert new.read_text("utf-8").splitlines()[0] == HEADER
    assert read_portals(new) == read_portals(files[1])


def test_what_the_file_has_no_column_for_is_not_dropped(tmp_path: Path, files: tuple[Path, Path]) -> None:
    mine = tmp_path / "since.csv"
    mine.write_text("portal,adcode,name,home,expect_since\nmuye,,牧野区,http://www.xxmyq.gov.cn/,2019\n", "utf-8")
    ran = nianbao("portals", "import", mine, "--portals", files[1])
    assert ran.returncode == 2
    assert "has no column expect_since, which muye fills: add it to the header first" in ran.stderr
    assert files[1].read_text("utf-8") == REGISTRY


def test_a_broken_portals_file_is_not_added_to(files: tuple[Path, Path]) -> None:
    mine, registry = files
    registry.write_text(f"{REGISTRY}x y,,,\n", "utf-8")
    with pytest.raises(PortalsFileError, match=r"portals\.csv:4"):
        examine_against(mine, registry)
