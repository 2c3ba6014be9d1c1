"""How the CMS families page their lists: one file a family, each a pure function of a page.

To add a family, write one file here with a `FAMILY` (crawler/family.py says what it holds): its `rank` puts it before
or behind the others, and nothing else needs to know of it. Then give it a portal in tests/replica/families/.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from crawler.family import Family, Listing


def _families() -> tuple[Family, ...]:
    """Every file's family, in the order of sniffing. Raises AttributeError for a file without a FAMILY."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found: list[Family] = [module.FAMILY for module in modules]
    return tuple(sorted(found, key=lambda family: (family.rank, family.name)))


# The first that recognises a page wins; `generic` recognises every page and comes last.
FAMILIES = _families()


def listing(url: str, text: str) -> Listing:
    """What the page's family reads out of it."""
    return next(family for family in FAMILIES if family.recognises(url, text)).read(url, text)
