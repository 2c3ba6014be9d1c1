"""Judging stored links again: the same with the same weights, and what others would change."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.ledger import PortalRow
from archive.store import Archive
from crawler import rescore, weights
from crawler.harvest import harvest
from crawler.linklog import LinkLog
from crawler.links import Place, judge
from crawler.urls import host_of

HOME = "http://www.lihu.gov.cn/gk/"
PAGE = """<a href="nb/" title="政府信息公开年报"><img src=a.png></a><a href=zn/>政府信息公开指南</a>
<a href=yq/>依申请公开</a><a href=x/>年报</a><a href="1.html">里湖区2020年政府信息公开工作年度报告</a>
<a href="2.html">里湖区2020年政府信息公开工作年度报告解读</a><a href="http://www.dahe.gov.cn/nb/">信息公开年报</a>"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Archive.open(tmp_path) as archive:
        archive.ledger.register([PortalRow("lihu", "里湖区", HOME)])
        crawl = archive.ledger.begin_crawl("lihu")
        log = LinkLog(lambda rows: archive.ledger.links(crawl, rows))
        for place in (Place(0, "lihu.gov.cn"), Place(2, "lihu.gov.cn", "政府信息公开年报", "www.lihu.gov.cn/gk/")):
            for anchor in harvest(PAGE, f"{HOME}{place.depth}/").anchors:
                judged = judge(anchor, place, host_of(anchor.url).removeprefix("www."))
                if judged.kind == "skip":
                    log.passed_over(judged, place, HOME)
                else:
                    log.queued(judged, place, HOME, fresh=True)
        log.close()
    return tmp_path


def test_the_same_weights_change_nothing(data: Path) -> None:
    done = CliRunner().invoke(rescore.main, ["--data", str(data)])
    assert done.output == "9 links, 0 judged otherwise\n"


def test_other_weights_are_told_link_by_link(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "MENU_NEIGHBOURS", 0)
    monkeypatch.setattr(weights, "REPORT_TITLE", 5)
    done = CliRunner().invoke(rescore.main, ["--data", str(data)])
    assert "lihu: 里湖区2020年政府信息公开工作年度报告: report 150 → skip 5: title +5" in done.output
    assert done.output.endswith("2 report → skip\n")


def test_a_folder_without_an_archive_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(rescore.main, ["--data", str(tmp_path / "none")]).exit_code == 2
