"""The queue of one portal: its order, its budgets, and a list's stop rules."""

from __future__ import annotations

import random

import pytest

from crawler.budgets import Budget, Cut
from crawler.column import Column
from crawler.family import Form
from crawler.frontier import Frontier, Purpose, Task
from crawler.minisite import MiniSite

HOST = "http://www.lihu.gov.cn"


def task(path: str, score: int = 50, purpose: Purpose = "hub", depth: int = 1, **more: object) -> Task:
    return Task(f"{HOST}{path}", purpose, score, "", depth, **more)  # type: ignore[arg-type]  # by name


def drained(frontier: Frontier) -> list[str]:
    found = []
    while (next_task := frontier.pop()) is not None:
        found.append(next_task.url.removeprefix(HOST))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_order_is_fixed_by_score_depth_and_address(seed: int) -> None:
    tasks = [
        task("/r2.html", 150, "report"),
        task("/r10.html", 150, "report"),
        task("/deep.html", 150, "report", depth=3),
        task("/column/", 100, "column"),
        task("/hub/", 70),
    ]
    frontier = Frontier(Budget())
    for shuffled in random.Random(seed).sample(tasks, len(tasks)):  # noqa: S311 (not a secret)
        frontier.push(shuffled)
    assert drained(frontier) == ["/r2.html", "/r10.html", "/deep.html", "/column/", "/hub/"]


def test_twins_are_queued_once() -> None:
    frontier = Frontier(Budget())
    assert frontier.push(task("/nb/"))
    assert not frontier.push(task("/nb/index.html#top"))
    assert not frontier.push(Task("https://www.lihu.gov.cn/nb/", "hub", 50, ""))


def test_hubs_stop_at_their_budget_and_when_the_column_is_found() -> None:
    frontier = Frontier(Budget(hubs=2))
    for number in range(4):
        frontier.push(task(f"/h{number}/"))
    assert len(drained(frontier)) == 2
    assert frontier.cut["hubs"] == 2

    found = Frontier(Budget())
    found.push(task("/h/"))
    found.push(task("/units/", units=True))
    found.column_found = True
    assert drained(found) == ["/units/"]


def test_weak_and_foreign_columns_are_not_tried_after_a_good_one() -> None:
    frontier = Frontier(Budget())
    frontier.push(task("/weak/", 40, "column"))
    frontier.push(task("/foreign/", 100, "column", foreign=True))
    frontier.push(task("/second/", 100, "column"))
    frontier.column_found = True
    assert drained(frontier) == ["/second/"]


def test_before_a_column_is_found_only_so_much_is_asked() -> None:
    frontier = Frontier(Budget(before_column=3, hubs=100))
    for number in range(9):
        frontier.push(task(f"/h{number}/"))
    assert len(drained(frontier)) == 3


def test_reports_are_not_counted_against_the_other_requests() -> None:
    frontier = Frontier(Budget(others=1, documents=2))
    for number in range(3):
        frontier.push(task(f"/r{number}.html", 150, "report"))
    frontier.push(task("/c1/", 100, "column"))
    frontier.push(task("/c2/", 100, "column"))
    assert drained(frontier) == ["/r0.html", "/r1.html", "/c1/"]
    assert frontier.cut == {"documents": 1, "requests": 1}


def test_requests_outside_the_queue_count_too() -> None:
    frontier = Frontier(Budget(others=2))
    frontier.spend("robots")
    frontier.spend("probe")
    frontier.push(task("/c/", 100, "column"))
    assert drained(frontier) == []


def test_directories_of_units_leave_the_government_s_hubs_their_share() -> None:
    frontier = Frontier(Budget(hubs=1))
    frontier.push(Task(f"{HOST}/bm/", "hub", 45, "x", units=True))
    frontier.push(Task(f"{HOST}/xz/", "hub", 45, "x", units=True))
    frontier.push(Task(f"{HOST}/gk/", "hub", 40, "x"))
    assert [task.url for task in iter(frontier.pop, None)] == [f"{HOST}/bm/", f"{HOST}/gk/"]


def test_hubs_too_deep_are_not_queued() -> None:
    frontier = Frontier(Budget(depth=2))
    assert not frontier.push(task("/h/", depth=3))
    assert frontier.push(task("/r.html", 150, "report", depth=9))


def test_a_list_ends_at_its_pages_and_when_it_was_stopped() -> None:
    column = Column(f"{HOST}/nb/")
    frontier = Frontier(Budget(list_pages=2))
    for number in range(4):
        frontier.push(task(f"/nb/index_{number}.html", 90, "list", column=column))
    assert len(drained(frontier)) == 2

    stopped = Column(f"{HOST}/nb/", stopped="this page repeats another")
    frontier = Frontier(Budget())
    frontier.push(task("/nb/index_9.html", 90, "list", column=stopped))
    assert drained(frontier) == []


BIG = b"x" * 2000


def test_a_page_that_repeats_another_ends_the_list() -> None:
    column = Column(HOST)
    assert column.read(BIG, ["/a"]) is None
    assert column.read(BIG, ["/b"]) == "this page repeats another"


def test_a_page_that_adds_nothing_ends_the_list() -> None:
    column = Column(HOST)
    assert column.read(BIG, ["http://x.gov.cn/a"]) is None
    assert column.read(BIG + b"1", ["https://x.gov.cn/a"]) == "this page adds nothing"


def test_a_stub_ends_the_list_unless_it_is_its_first_page() -> None:
    column = Column(HOST)
    assert column.read(b"short", ["http://x.gov.cn/a"]) is None
    assert column.read(b"also short", ["http://x.gov.cn/b"]) == "this page is a stub"


def test_two_errors_in_a_row_end_the_list() -> None:
    column = Column(HOST)
    column.fail()
    column.read(BIG, [])
    column.fail()
    assert column.stopped is None
    column.fail()
    assert column.stopped == "2 errors in a row"


def test_endless_links_do_not_fill_the_memory() -> None:
    frontier = Frontier(Budget(queued=3))
    taken = [frontier.push(Task(f"http://x.gov.cn/{number}", "report", 150, "")) for number in range(5)]
    assert taken == [True, True, True, False, False]
    assert frontier.cut["queue"] == 2


def test_a_page_takes_the_place_of_its_twin_that_waits() -> None:
    frontier = Frontier(Budget())
    frontier.push(task("/nb/t1_1_wap.html", 150, "report"))
    frontier.push(task("/nb/index_1.html", 90, "list", column=Column(f"{HOST}/nb/")))
    assert [found.url for found in (frontier.pop(),) if found] == [f"{HOST}/nb/index_1.html"]
    assert frontier.push(task("/nb/t1_1.html", 150, "report"))
    assert not frontier.push(task("/nb/t1_1_wap.html", 150, "report"))
    assert drained(frontier) == ["/nb/t1_1.html"]


def test_a_twin_alone_is_asked_for() -> None:
    frontier = Frontier(Budget())
    frontier.push(task("/nb/mpost_7.html", 150, "report"))
    assert drained(frontier) == ["/nb/mpost_7.html"]


def test_a_form_makes_a_request_of_its_own() -> None:
    frontier = Frontier(Budget())
    forms = [Form(f"pageIndex={number}".encode()) for number in (0, 1, 1)]
    pushed = [frontier.push(task("/rest/list", 90, "list", form=form, column=Column(HOST))) for form in forms]
    assert pushed == [True, True, False]


def test_pages_are_asked_in_the_order_of_their_list() -> None:
    frontier, column = Frontier(Budget()), Column(f"{HOST}/nb.htm")
    for position, number in enumerate((12, 3, 2)):
        frontier.push(task(f"/nb/{number}.htm", 90, "list", column=column, position=position))
    assert drained(frontier) == ["/nb/12.htm", "/nb/3.htm", "/nb/2.htm"]


def test_a_unit_s_own_pages_have_a_budget_of_their_own() -> None:
    frontier, unit = Frontier(Budget(unit=2, hubs=1)), MiniSite("教育局", f"{HOST}/jyj/", "www.lihu.gov.cn")
    frontier.column_found = True
    for number in range(3):
        frontier.push(task(f"/jyj/{number}/", 60, unit=unit))
    frontier.push(task("/jyj/r.html", 10, "report", unit=unit))
    assert drained(frontier) == ["/jyj/0/", "/jyj/1/", "/jyj/r.html"]
    assert frontier.told_cuts() == [Cut("unit pages", 1, f"{HOST}/jyj/")]


def test_a_unit_whose_column_is_found_is_asked_nothing_more() -> None:
    unit = MiniSite("教育局", f"{HOST}/jyj/", "www.lihu.gov.cn", column_found=True)
    frontier = Frontier(Budget())
    frontier.push(task("/jyj/zwgk/", 60, unit=unit))
    assert drained(frontier) == []
    assert frontier.told_cuts() == []


def test_what_budgets_cut_off_is_told_by_column() -> None:
    frontier = Frontier(Budget(list_pages=1, others=2))
    for name in ("a", "b"):
        column = Column(f"{HOST}/{name}/")
        for number in range(3):
            frontier.push(task(f"/{name}/{number}.html", 90, "list", column=column))
    drained(frontier)
    told = {(cut.budget, cut.url): cut.sentence for cut in frontier.told_cuts()}
    assert told["list pages", f"{HOST}/a/"] == "the budget for list pages cut off 2 links"
    assert sum(cut.links for cut in frontier.told_cuts()) == 4
