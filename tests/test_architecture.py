"""Nothing imports upwards: nianbao.py → crawler → archive → parsers (design.md, "Who knows whom")."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["parsers", "archive", "crawler", "nianbao", "tests"]
NOT_IN_PARSERS = {
    "sqlite3",
    "scrapy",
    "twisted",
    "urllib.request",
    "socket",
    "subprocess",
    "multiprocessing",
    "resource",
    "sqlite_utils",
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", ["parsers", "archive", "crawler"])
def test_no_package_imports_what_stands_to_its_left(package: str) -> None:
    assert modules(package)
    left = ORDER[ORDER.index(package) + 1 :]
    upwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in left
    ]
    assert upwards == []


def test_parsers_know_neither_web_nor_sql() -> None:
    found = {(path.name, name) for path in modules("parsers") for name in imports(path) if name in NOT_IN_PARSERS}
    assert found == set()


def test_the_site_knows_of_the_house_only_the_archive_through_one_plugin() -> None:
    users = {
        path.name
        for path in modules("datasette")
        for name in imports(path)
        if name.split(".")[0] in ("archive", "parsers", "crawler", "nianbao")
    }
    assert len(users) <= 1


def test_datasette_from_the_root_is_the_library() -> None:
    import datasette

    assert not (ROOT / "datasette" / "__init__.py").exists()
    assert datasette.__file__ is not None
    assert ROOT / "datasette" not in Path(datasette.__file__).parents
