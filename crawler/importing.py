"""Taking a list of portals into a portals file: good lines are added below, bad ones named, nothing is changed."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.csvfile import BadLine, CsvFileError, read_rows
from crawler.portals import COLUMNS, Portal, PortalsFileError, examine
from crawler.urls import canonical

HEADER = "portal,adcode,name,home,platform,expect_min,expect_since,notes"


@dataclass(frozen=True)
class Examined:
    """What a list holds: portals that are new to a portals file, how many it has already, and bad lines."""

    new: tuple[Portal, ...]
    known: int
    bad_lines: tuple[BadLine, ...]


def examine_against(file: Path, registry: Path) -> Examined:
    """Try a list of portals, each line by itself and against a portals file, which need not be there yet.

    Raises PortalsFileError when nothing of the list can be used, or when the portals file itself is not in order.
    """
    good, bad_lines = examine(file)
    present = _present(registry) if registry.exists() and not registry.samefile(file) else []
    by_slug = {portal.portal: portal for portal in present}
    by_home = {canonical(portal.home): portal for portal in present}
    lines: dict[str, int] = {}
    new: list[Portal] = []
    known = 0
    for line, portal in good.items():
        home = canonical(portal.home)
        there = by_slug.get(portal.portal) or by_home.get(home)
        if there is not None and (there.portal, canonical(there.home)) == (portal.portal, home):
            known += 1
        elif there is not None:
            bad_lines.append(BadLine(line, _clash(portal, there, registry)))
        elif lines.setdefault(home, line) != line:
            bad_lines.append(
                BadLine(line, f"home {portal.home} stands in line {lines[home]} already: keep one of the two")
            )
        else:
            new.append(portal)
    return Examined(tuple(new), known, tuple(sorted(bad_lines, key=lambda bad: bad.line)))


def add_portals(registry: Path, portals: Sequence[Portal]) -> None:
    """Write portals below those of a portals file, in its own columns; a new file gets a header.

    Raises PortalsFileError when a portal says something that the file has no column for.
    """
    text = registry.read_text("utf-8-sig") if registry.exists() else f"{HEADER}\n"
    header = _header(registry) if registry.exists() else HEADER.split(",")
    out = io.StringIO()
    table = csv.DictWriter(out, header, extrasaction="ignore", lineterminator="\n")
    for portal in portals:
        fields = {name: "" if value is None else str(value) for name, value in vars(portal).items()}
        if lacking := [name for name in COLUMNS.known if fields[name] and name not in header]:
            message = f"has no column {', '.join(lacking)}, which {portal.portal} fills: add it to the header first"
            raise PortalsFileError(registry, [BadLine(0, message)])
        table.writerow(fields)
    making = registry.with_name(f"{registry.name}.making")
    making.write_text(f"{text if text.endswith(chr(10)) else text + chr(10)}{out.getvalue()}", "utf-8")
    if registry.exists():
        making.chmod(registry.stat().st_mode)
    os.replace(making, registry)


def _present(registry: Path) -> list[Portal]:
    good, bad_lines = examine(registry)
    if bad_lines:
        raise PortalsFileError(registry, bad_lines)
    return list(good.values())


def _header(registry: Path) -> list[str]:
    try:
        rows, _ = read_rows(registry, COLUMNS)
    except CsvFileError as error:
        raise PortalsFileError(error.file, error.bad_lines) from error
    if rows:
        return list(rows[0].fields)
    lines = registry.read_text("utf-8-sig").splitlines()
    return next(csv.reader([line for line in lines if line.strip() and not line.startswith("#")][:1]))


def _clash(portal: Portal, there: Portal, registry: Path) -> str:
    if there.portal == portal.portal:
        return (
            f"portal {portal.portal} is {there.name}, {there.home} in {registry.name}:"
            " give this one a slug of its own, or correct the line there"
        )
    return f"home {portal.home} is {there.portal} in {registry.name} already: leave this line out"
