"""The portals of the replica: one module each, with a function `build` that gives the Portal.

A further portal is a further module here and a line below. Hosts are those of real portals; what stands on
them is made up, except for the figures of figures.toml.
"""

from __future__ import annotations

from functools import cache

from tests.replica.portal import Portal
from tests.replica.portals import (
    chaoyang,
    hongqi,
    hongsibu,
    hongze,
    jiangda,
    karuo,
    pingchuan,
    shapotou,
    shunyi,
    wuhou,
)

_MODULES = (hongsibu, shapotou, hongqi, chaoyang, pingchuan, wuhou, hongze, shunyi, karuo, jiangda)


@cache
def all_portals() -> tuple[Portal, ...]:
    """Every portal, built once; their pages are made when first asked for and then kept."""
    return tuple(module.build() for module in _MODULES)
