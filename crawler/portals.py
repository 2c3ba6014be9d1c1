"""The registry of portals: portals.csv, one line per portal, read with every mistake named by its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.regions import read_regions
from crawler.csvfile import BadLine, Columns, CsvFileError, Row, read_rows
from crawler.hosts import is_allowed_url, listed_hosts

REGISTRY = Path(__file__).with_name("portals.csv")
COLUMNS = Columns(["portal", "adcode", "name", "home"], ["platform", "expect_min", "expect_since", "notes"])
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ADCODE = re.compile(r"[0-9]{6}")
COUNT = re.compile(r"[0-9]{1,6}")
# Before 2008 there was no duty to report.
SINCE = re.compile(r"20(?:0[89]|[1-9]\d)")


class PortalsFileError(CsvFileError):
    """A list of portals cannot be used."""


@dataclass(frozen=True)
class Portal:
    """A portal: its slug, the code of its area (six digits as text), its Chinese name and its home page.

    `platform` names the machine it shares with others, which then gets one request at a time; `expect_min` is
    the number of reports under which a crawl counts as failed, `expect_since` the year since which the government
    should have one for each year.
    """

    portal: str
    adcode: str | None
    name: str
    home: str
    platform: str | None = None
    expect_min: int | None = None
    notes: str | None = None
    expect_since: int | None = None


def read_portals(path: Path = REGISTRY, listed: Container[str] | None = None) -> list[Portal]:
    """The portals of a file, in its order.

    `listed` are the hosts outside gov.cn that may be asked (default: those of hosts.csv). PortalsFileError
    names every line that is not in order; HostsFileError says that hosts.csv itself is not.
    """
    lines, bad_lines = examine(path, listed)
    if not lines and not bad_lines:
        bad_lines.append(BadLine(0, "names no portal: expected one line per portal under the header"))
    if bad_lines:
        raise PortalsFileError(path, bad_lines)
    return list(lines.values())


def examine(path: Path, listed: Container[str] | None = None) -> tuple[dict[int, Portal], list[BadLine]]:
    """The portals of a file by line, and the bad lines; a file that is none at all raises as in read_portals."""
    try:
        rows, bad_lines = read_rows(path, COLUMNS)
    except CsvFileError as error:
        raise PortalsFileError(error.file, error.bad_lines) from error
    allowed = listed_hosts() if listed is None else listed
    adcodes = {region.adcode for region in read_regions()}
    first_seen: dict[str, int] = {}
    good: dict[int, Portal] = {}
    for row in rows:
        objections = [*_objections(row, adcodes, allowed), *_repetition(row, first_seen)]
        bad_lines += [BadLine(row.line, objection) for objection in objections]
        if not objections:
            good[row.line] = _portal(row)
    return good, sorted(bad_lines, key=lambda bad: bad.line)


def select(portals: Sequence[Portal], names: Sequence[str]) -> tuple[list[Portal], list[str]]:
    """The portals of these names (all when none is given), each once, and the names that are no portal's."""
    if not names:
        return list(portals), []
    by_slug = {portal.portal: portal for portal in portals}
    wanted = list(dict.fromkeys(names))
    return [by_slug[name] for name in wanted if name in by_slug], [name for name in wanted if name not in by_slug]


def unknown_message(name: str, portals: Sequence[Portal]) -> str:
    """One sentence on a name that is no portal's, with the nearest ones; a Chinese name is told its slug."""
    slugs = [portal.portal for portal in portals if portal.name == name]
    slugs = slugs or difflib.get_close_matches(name.lower(), [portal.portal for portal in portals], n=3)
    hint = f"did you mean {' or '.join(slugs)}?" if slugs else "the portals file lists those that are known."
    return f"unknown portal {name}: {hint}"


def _objections(row: Row, adcodes: Container[str], allowed: Container[str]) -> list[str]:
    """What is wrong with the fields of a row, each with what was expected and what to do."""
    found: list[str] = []
    slug, adcode, home = row.fields["portal"], row.fields["adcode"], row.fields["home"]
    if not SLUG.fullmatch(slug):
        found.append(f"portal is {slug or 'empty'}: expected a slug of a-z, 0-9 and hyphens, such as hongsibu")
    if adcode and not ADCODE.fullmatch(adcode):
        found.append(f"adcode is {adcode}: expected six digits as text (640303), or nothing where it is not known")
    elif adcode and adcode not in adcodes:
        found.append(f"adcode {adcode} is no area of archive/regions.csv: correct it or leave it empty")
    if not row.fields["name"]:
        found.append("name is empty: write the portal's Chinese name, such as 红寺堡区")
    if not is_allowed_url(home, allowed):
        found.append(
            f"home is {home or 'empty'}: expected http:// or https:// and a host that ends in .gov.cn;"
            " another host must first be listed in crawler/hosts.csv"
        )
    if (least := row.fields.get("expect_min", "")) and not COUNT.fullmatch(least):
        found.append(f"expect_min is {least}: expected a whole number of reports, or nothing")
    if (since := row.fields.get("expect_since", "")) and not SINCE.fullmatch(since):
        found.append(f"expect_since is {since}: expected a year from 2008 on, or nothing")
    return found


def _repetition(row: Row, first_seen: dict[str, int]) -> list[str]:
    slug = row.fields["portal"]
    if first_seen.setdefault(slug, row.line) == row.line:
        return []
    return [f"portal {slug} stands in line {first_seen[slug]} already: give this one a slug of its own"]


def _portal(row: Row) -> Portal:
    least, since = row.fields.get("expect_min"), row.fields.get("expect_since")
    return Portal(
        portal=row.fields["portal"],
        adcode=row.fields["adcode"] or None,
        name=row.fields["name"],
        home=row.fields["home"],
        platform=row.fields.get("platform") or None,
        expect_min=int(least) if least else None,
        expect_since=int(since) if since else None,
        notes=row.fields.get("notes") or None,
    )
