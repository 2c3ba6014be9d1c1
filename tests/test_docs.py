"""The README is true: its verbs, dependencies, folders and SQL are those of the project."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

from archive.schema import migrate
from nianbao import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def section(heading: str) -> str:
    return README.split(f"## {heading}\n")[1].split("\n## ")[0]


def first_column(text: str) -> list[str]:
    return [name for line in text.splitlines() if line.startswith("| ") for name in [line.split("|")[1].strip()]][1:]


def test_every_verb_is_described_and_every_described_verb_exists() -> None:
    described = {cell.strip("`").split()[1] for cell in first_column(section("The command"))}
    assert described == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_help_of_each_verb_ends_with_an_example_of_itself(name: str) -> None:
    command = main.commands[name]
    assert command.help
    assert (command.epilog or "").startswith(f"Example: nianbao {name}")
    example = (command.epilog or "").removeprefix("Example: nianbao ").split()[1:]
    with click.Context(command) as ctx:
        command.parse_args(ctx, example)


def test_every_dependency_is_justified_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    named = {name.strip() for cell in first_column(section("Dependencies")) for name in cell.split(",")}
    assert named == {re.split(r"[<>=]", requirement)[0] for requirement in wanted}


def test_every_folder_described_exists() -> None:
    for cell in first_column(section("The folders")):
        assert (ROOT / cell.strip("`")).exists()


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_every_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("sql", re.findall(r"```sql\n(.*?)```", README, re.DOTALL))
def test_the_sql_fits_the_tables(sql: str) -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    db.execute(sql).fetchall()


@pytest.mark.parametrize("verb", re.findall(r"`make (\w+)", README))
def test_every_make_verb_exists(verb: str) -> None:
    assert re.search(rf"^{verb}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_portals_file_is_shown_as_it_is() -> None:
    shown = section("Add a portal").split("```")[1].strip().splitlines()
    lines = (ROOT / "crawler" / "portals.csv").read_text("utf-8").splitlines()
    assert shown[0] == lines[0]
    assert shown[1] in lines


def test_the_family_shown_reads_the_portal_shown() -> None:
    family, portal = re.findall(r"```python\n(.*?)```", section("Add a family of portals"), re.DOTALL)
    shown: dict[str, Any] = {}
    exec(compile(f"from __future__ import annotations\n{family}", "family", "exec"), shown)  # noqa: S102 our own README
    exec(compile(f"from __future__ import annotations\n{portal}", "portal", "exec"), shown)  # noqa: S102
    built, read = shown["build"](), shown["FAMILY"].read
    waiting, found = [built.url("/nb/")], []
    while waiting:
        url = waiting.pop()
        text = built.answer(built.scheme, url.removeprefix(built.home.rstrip("/"))).body.decode()
        assert shown["FAMILY"].recognises(url, text)
        listing = read(url, text)
        found += [row.url for row in listing.rows]
        waiting += [request.url for request in listing.pages]
    assert sorted(found) == sorted(report.url for report in built.published)
    assert len(found) == 6
