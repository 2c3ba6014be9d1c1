"""The figures that the matrix prints: nineteen reports, no two alike in what makes them hard to read.

What a cell is worth is worked out from its printed text by tests/replica/truth.py, without the parsers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from tests.replica.figures import Figures, invented
from tests.replica.statutory import APPLICANTS, RESULTS, ROUTES, items, leaves, outcomes

_ORGANISATIONS = [code for code, _ in APPLICANTS[1:-1]]
_PERSONS = [code for code, _ in APPLICANTS[:-1]]
_RESULTS = [code for code, _ in RESULTS[:-1]]


def _dice(name: str) -> Iterator[int]:
    throw = 0
    while True:
        yield int.from_bytes(sha256(f"matrix:{name}:{throw}".encode()).digest()[:4], "big")
        throw += 1


def distinct(name: str, form: str, least: int, most: int) -> Figures:
    """Figures that add up and of which no two are the same, so that a cell read for another one shows."""
    dice = _dice(name)
    one_row = form == "2019"
    taken: set[int] = set()

    def fresh() -> int:
        while True:
            number = least + next(dice) % (most - least)
            if number not in taken:
                taken.add(number)
                return number

    while True:
        taken.clear()
        cells = {f"proactive.{item}": _item(item, fresh()) for item in items(form)}
        table = {row: {who: fresh() for who in _PERSONS} for row in (*leaves(one_row), "carried_out", "carried_in")}
        table["total_processed"] = {who: sum(table[leaf][who] for leaf in leaves(one_row)) for who in _PERSONS}
        table["new_received"] = {
            who: table["total_processed"][who] + table["carried_out"][who] - table["carried_in"][who]
            for who in _PERSONS
        }
        for counts in table.values():
            counts["total"] = sum(counts.values())
        for row in outcomes(one_row):
            cells |= {f"requests.{row}.{who}": str(table[row][who]) for who, _ in APPLICANTS}
        for route in ROUTES:
            counts = {result: fresh() for result in _RESULTS}
            counts["total"] = sum(counts.values())
            cells |= {f"disputes.{route}.{result}": str(count) for result, count in counts.items()}
        if len(set(cells.values())) == len(cells):
            return Figures(form, one_row, cells)


def _item(item: str, number: int) -> str:
    if item == "admin_fees_wan_yuan":
        return f"{number}.{number % 89 + 10}"
    if item == "procurement_amount":
        return f"{number}.{number % 89 + 10}万元"
    return f"{'+' if number % 2 else '-'}{number}" if item.endswith("_change") else str(number)


def _printed(figures: Figures, how: Callable[[str], str], every: int = 1, first: int = 0) -> Figures:
    """Every so manyth cell printed otherwise."""
    counts = [path for path in figures.cells if path not in _MONEY]
    return figures.changed({path: how(figures.cells[path]) for path in counts[first::every]})


_MONEY = ("proactive.admin_fees_wan_yuan", "proactive.procurement_amount")


def _gaps(name: str, sign: str, every: int, form: str = "2021") -> Figures:
    """Figures with a sign for nothing in some cells, in a few rows in all of them, and never where it is a total."""
    figures = invented(name, form, people=31, companies=7)
    paths = [path for path in figures.cells if not path.endswith(".total")]
    rows = [
        path for path in figures.cells if path.startswith(("requests.refused_repeat.", "disputes.litigation_after"))
    ]
    return figures.changed(dict.fromkeys([*paths[1::every], *rows], sign))


def _thousands(text: str) -> str:
    return f"{int(text):,}" if text.isdigit() else text


def _wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789,+-", "０１２３４５６７８９，＋－"))


def _large(name: str) -> Figures:
    """Commas between the thousands, ordinary and full-width in turn; millions where there is room for them."""
    figures = distinct(name, "2021", 1_000, 5_000)
    figures = figures.changed(
        {f"proactive.{item}": str(1_234_567 + 7_654_321 * at) for at, item in enumerate(items("2021")[:-1])}
    )
    return _printed(
        _printed(figures, _thousands),
        lambda text: text.replace(",", "，") if len(text) not in (6, 7) else text,
        every=3,
    )


def _counted(name: str) -> Figures:
    """A counting word in every other cell, with and without a space."""
    figures = _printed(invented(name, people=64, companies=12), lambda text: f"{text}件", every=4)
    return _printed(figures, lambda text: f"{text} 件", every=4, first=2)


def _signed(name: str) -> Figures:
    """The changes of the 2019 form with all spellings of a sign."""
    figures = invented(name, "2019", people=44, companies=6)
    changes = [path for path in figures.cells if path.endswith("_change")]
    signs = dict(zip(changes, ("+24", "-18", "＋7", "－15", "—3"), strict=False))
    return figures.changed(signs | {"proactive.procurement_amount": "12884.2万"})


_HUNDRED = invented("matrix-hundred", people=100, companies=20)

# A third of them have wrong totals planted; what fails is worked out from the cells (replica/truth.py).
SUBJECTS: dict[str, Figures] = {
    "distinct": distinct("distinct", "2021", 100, 1_000),
    "distinct-2019": distinct("distinct-2019", "2019", 100, 1_000),
    "zeros": invented("matrix-zeros", people=0).changed({f"proactive.{item}": "0" for item in items("2021")}),
    "blanks": _gaps("matrix-blanks", "", 5),
    "slashes-2019": _gaps("matrix-slashes", "/", 4, "2019"),
    "dashes": _gaps("matrix-dashes", "—", 6),
    "none": _gaps("matrix-none", "无", 7),
    "large": _large("large"),
    "counted": _counted("matrix-counted"),
    "full-width": _printed(invented("matrix-wide", people=233, companies=41), _wide),
    "six-decimals": invented("matrix-money", people=12).changed({"proactive.admin_fees_wan_yuan": "31408.250917"}),
    "signed-2019": _signed("matrix-signed"),
    # Wrong totals.
    "one-row-other": invented("matrix-one-row", people=58, companies=9, one_row_other=True).changed(
        {"requests.new_received.total": "600"}
    ),
    "wrong-grand-total": _HUNDRED.changed({"requests.total_processed.total": "0", "requests.carried_in.total": "97"}),
    "wrong-columns-2019": invented("matrix-columns", "2019", people=80, companies=15).changed(
        {f"requests.total_processed.{who}": "0" for who, _ in APPLICANTS}
    ),
    "wrong-rows": invented("matrix-rows", people=70, companies=11).changed(
        {
            "requests.granted_full.total": "3",
            "requests.carried_out.total": "12",
            "requests.denied_third_party.total": "1",
        }
    ),
    "wrong-disputes": invented("matrix-disputes", people=25).changed(
        {"disputes.reconsideration.total": "11", "disputes.litigation_after_reconsideration.total": "0"}
    ),
    "wrong-flow": invented("matrix-flow", people=90, companies=9).changed(
        {"requests.new_received.natural_person": "58", "requests.new_received.total": "89"}
    ),
    "wrong-and-blank": _gaps("matrix-both", "", 9).changed({"requests.granted_full.total": "7"}),
}
