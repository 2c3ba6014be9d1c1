"""Where a publishing body lies: the area named at the head of its name, along the tree of regions."""

from __future__ import annotations

import csv
import re
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# GB/T 2260; its head names the source.
REGIONS = Path(__file__).parent / "regions.csv"
COLUMNS = ("adcode", "name", "level", "parent_adcode")
SHORT = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")


@dataclass(frozen=True)
class Region:
    """An administrative area of regions.csv."""

    adcode: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True)
class Located:
    """An area, what of the name is left after it (新庄集乡), and how many areas the name went through."""

    adcode: str
    rest: str
    depth: int


def read_regions(path: Path = REGIONS) -> list[Region]:
    """The areas of a regions file, parents before children; codes stay text (010203 is not 10203)."""
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines)
    return [Region(row["adcode"], row["name"], row["level"], row["parent_adcode"] or None) for row in rows]


class Regions:
    """The tree of areas, asked by name."""

    def __init__(self, regions: list[Region]) -> None:
        self.by_adcode = {region.adcode: region for region in regions}

    @classmethod
    def of(cls, db: sqlite3.Connection) -> Regions:
        """The areas that the archive's table holds."""
        return cls([Region(*row) for row in db.execute("SELECT adcode, name, level, parent_adcode FROM regions")])

    @cached_property
    def _by_first_character(self) -> dict[str, list[tuple[str, Region]]]:
        index: dict[str, list[tuple[str, Region]]] = {}
        for region in self.by_adcode.values():
            for name in self._names(region):
                index.setdefault(name[0], []).append((name, region))
        return index

    @staticmethod
    def _names(region: Region) -> set[str]:
        # Only a province is called by its short name alone (宁夏); 朝阳 or 红旗 could be anything.
        short = SHORT.sub("", region.name) if region.level == "province" else region.name
        return {region.name, short}

    def lineage(self, adcode: str | None) -> set[str]:
        """An area and all that it lies in."""
        found: set[str] = set()
        while adcode is not None and adcode in self.by_adcode:
            found.add(adcode)
            adcode = self.by_adcode[adcode].parent
        return found

    def locate(self, name: str, home: str | None, far: bool = True) -> Located | None:
        """The area that a unit's name begins with, and the rest of the name.

        `home` is the area of the portal where the name was seen. Among areas of one name the one in home's own line
        or under it wins; otherwise the name must be unique in the country, or nothing is said. With `far` false an
        area elsewhere counts only when its own parent is named too: 城区街道 is no street of the one 城区 far away.
        """
        candidates = self._candidates(name, None, 1)
        related = [found for found in candidates if self._is_related(found.adcode, home)]
        elsewhere = [found for found in candidates if far or home is None or found.depth > 1]
        chosen = related or elsewhere
        longest = min((len(found.rest) for found in chosen), default=0)
        best = {found for found in chosen if len(found.rest) == longest}
        return best.pop() if len(best) == 1 else None

    def _is_related(self, adcode: str, home: str | None) -> bool:
        return home is not None and (adcode in self.lineage(home) or home in self.lineage(adcode))

    def _candidates(self, name: str, inside: str | None, depth: int) -> list[Located]:
        found: list[Located] = []
        for prefix, region in self._by_first_character.get(name[:1], []):
            if not name.startswith(prefix) or (inside is not None and inside not in self.lineage(region.parent)):
                continue
            rest = name.removeprefix(prefix)
            found.append(Located(region.adcode, rest, depth))
            found += self._candidates(rest, region.adcode, depth + 1)
        return found
