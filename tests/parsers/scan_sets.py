"""Sets of figures to scan, hard for whoever reads pictures: digits that look alike, marks for nothing, wrong totals."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.replica.figures import Figures, invented
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

_ALIKE = ("1", "7", "11", "17", "71", "77", "111", "1111", "0", "6", "8", "10", "60", "68", "86", "80", "3", "38", "83")
_NOTHING = ("", "/", "-", "—", "无")
_FEES = "proactive.admin_fees_wan_yuan"
# The unit without powers to make rules prints zeros there, as most do.
_KEPT = ("proactive.regulations", _FEES)


def alike(seed: int) -> Figures:
    """Digits that look alike, in one to five places; money with six decimals."""
    return _with(seed, lambda dice: dice.choice(_ALIKE) if dice.random() < 0.5 else _number(dice))


def marked(seed: int) -> Figures:
    """Blanks, slashes, dashes and 无 among single digits and some longer numbers."""
    return _with(seed, lambda dice: dice.choice(_NOTHING) if dice.random() < 0.3 else _number(dice, 1, 1, 1, 2, 4))


def planted(seed: int) -> Figures:
    """Figures that add up, but for two totals that do not."""
    dice = Random(f"planted-{seed}")  # noqa: S311
    figures = invented(f"planted-{seed}", people=dice.randint(50, 4000), companies=dice.randint(10, 300))
    totals = [path for path in figures.cells if path.endswith(".total")]
    wrong = {path: str(int(figures.cells[path]) + dice.randint(1, 9)) for path in dice.sample(totals, 2)}
    return figures.changed(wrong | {_FEES: _money(dice)})


SETS: dict[str, Callable[[int], Figures]] = {"alike": alike, "marked": marked, "planted": planted}


def pdf_of(figures: Figures, seed: int) -> bytes:
    """A report that prints these figures."""
    return report_pdf(Story("甲乙区", "county", 2024, figures, voice=seed % 3, signed="2025-01-20"))


def _with(seed: int, figure: Callable[[Random], str]) -> Figures:
    dice = Random(f"scan-{seed}")  # noqa: S311
    figures = invented(f"scan-{seed}", people=40, companies=20)
    changes = {path: figure(dice) for path in figures.cells if not path.startswith(_KEPT)}
    return figures.changed(changes | {_FEES: _money(dice)})


def _number(dice: Random, *lengths: int) -> str:
    length = dice.choice(lengths or (1, 1, 2, 2, 3, 4, 5))
    return str(dice.randint(10 ** (length - 1) if length > 1 else 0, 10**length - 1))


def _money(dice: Random) -> str:
    return f"{dice.randint(0, 99999)}.{dice.randint(0, 999999):06d}"
