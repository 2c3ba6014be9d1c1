"""Figures and what follows from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.replica.figures import invented, recorded
from tests.replica.truth import broken_identities, kind_of, value_of, values_of

SHARED = Path(__file__).parents[3] / "shared" / "reports"
RECORDED = (
    "hongqi-2024",
    "hongsibu-2019",
    "hongsibu-2024",
    "hongze-2024",
    "shapotou-office-2024",
    "xinzhuangji-2024",
)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("hongqi-2024", 200),
        ("hongsibu-2019", 198),
        ("hongsibu-2024", 200),
        ("hongze-2024", 186),
        ("shapotou-office-2024", 200),
        ("xinzhuangji-2024", 186),
    ],
)
def test_recorded_figures_fill_the_form(name: str, cells: int) -> None:
    assert len(recorded(name).cells) == cells


def test_the_requests_received_in_2024() -> None:
    path = "requests.new_received.total"
    names = ("hongsibu-2024", "shapotou-office-2024", "hongqi-2024", "xinzhuangji-2024", "hongze-2024")
    assert [recorded(name).cells[path] for name in names] == ["26", "3", "20", "0", "95"]


def test_hongsibu_2019_breaks_four_identities() -> None:
    failing, undecided = broken_identities(recorded("hongsibu-2019"))
    assert failing == {(rule, scope) for rule in ("flow", "items") for scope in ("natural_person", "total")}
    assert not undecided


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("people", [0, 1, 40])
def test_invented_figures_add_up_and_stay(form: str, people: int) -> None:
    figures = invented(f"somewhere-{people}", form, people=people, companies=people // 5)
    assert broken_identities(figures) == (frozenset(), frozenset())
    assert figures == invented(f"somewhere-{people}", form, people=people, companies=people // 5)
    assert figures.cells["requests.total_processed.total"] == str(people + people // 5)


def test_a_planted_total_breaks_its_own_identities_alone() -> None:
    figures = invented("planted", people=9).changed({"disputes.reconsideration.total": "77"})
    assert broken_identities(figures)[0] == {("dispute_total", "reconsideration")}


def test_a_cell_that_is_no_number_leaves_its_identities_undecided() -> None:
    figures = invented("slashed").changed({"requests.carried_in.research": "/"})
    failing, undecided = broken_identities(figures)
    assert not failing
    assert undecided == {("flow", "research"), ("row", "carried_in")}


def test_a_misspelt_cell_cannot_be_planted() -> None:
    with pytest.raises(KeyError, match="nothing"):
        invented("x").changed({"requests.nothing.total": "1"})


@pytest.mark.parametrize(
    ("path", "raw", "kind", "value"),
    [
        ("requests.carried_in.total", "", "blank", None),
        ("requests.carried_in.total", "/", "slash", None),
        ("requests.carried_in.total", "—", "dash", None),
        ("requests.carried_in.total", "无", "none", None),
        ("requests.carried_in.total", "0", "number", 0),
        ("proactive.licensing_decisions", "6,214", "number", 6214),
        ("proactive.penalty_decisions", "８０７", "number", 807),
        ("proactive.coercion_decisions", "19件", "number", 19),
        ("proactive.licensing_items_change", "-18", "number", -18),
        ("proactive.licensing_items_change", "+24", "number", 24),
        ("proactive.admin_fees_wan_yuan", "1963.2989", "number", "1963.2989"),
        ("proactive.procurement_amount", "318000.50元", "number", "318000.50"),
        ("proactive.procurement_amount", "12884.2万", "number", "128842000"),
    ],
)
def test_what_a_printed_cell_says(path: str, raw: str, kind: str, value: int | str | None) -> None:
    assert (kind_of(raw), value_of(path, raw)) == (kind, value)


def test_recorded_figures_are_those_of_the_given_reports() -> None:
    """Compared wherever the reports are at hand; the counts and failures above hold everywhere."""
    for file in sorted(SHARED.glob("*.expected.json")) if SHARED.exists() else []:
        expected = json.loads(file.read_text(encoding="utf-8"))
        figures = recorded(file.name.removesuffix(".expected.json"))
        wanted = {f"proactive.{item}": value for item, value in expected["proactive"].items()}
        for table in ("requests", "disputes"):
            wanted |= {f"{table}.{row}.{c}": v for row, cells in expected[table].items() for c, v in cells.items()}
        found = values_of(figures)
        assert found == wanted, file.name
