"""The area codes of archive/regions.csv, and the one area that a full path (province/city/county) means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archive.regions import Region


def adcodes_by_path(regions: Iterable[Region]) -> dict[str, list[str]]:
    """Every area by its full path: 宁夏回族自治区/吴忠市/红寺堡区; under a municipality 北京市/朝阳区."""
    by_adcode = {region.adcode: region for region in regions}
    found: dict[str, list[str]] = defaultdict(list)
    for region in by_adcode.values():
        names = [region.name]
        above = region.parent
        while above is not None:
            names.append(by_adcode[above].name)
            above = by_adcode[above].parent
        found["/".join(reversed(names))].append(region.adcode)
    return dict(found)


def match(path: str, by_path: dict[str, list[str]]) -> str | None:
    """The code of the one area with this path; None when there is none or more than one: none is guessed."""
    adcodes = by_path.get("/".join(part.strip() for part in path.strip().split("/")), [])
    return adcodes[0] if len(adcodes) == 1 else None
