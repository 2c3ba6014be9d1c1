"""Further portals of the replica: one or more of each CMS family, and of each thing that stands in a crawl's way.

Each file here describes one portal, with a function `build`; nothing else needs to know of it. They are played where
`Replica(portals=WIDE)` or their own slug asks for them; the demo and the main job's tests play the main ones alone.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.replica.portal import Portal
from tests.replica.portals import all_portals


@cache
def wide_portals() -> tuple[Portal, ...]:
    """Every portal there is, the main ones first; raises AttributeError for a file without `build`."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    built = [module.build() for module in modules]
    for portal in built:
        if portal.condition == "ok" and portal.expect_min is None:
            portal.expect_min = len(portal.published)
    return (*all_portals(), *built)
