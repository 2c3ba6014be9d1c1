"""Names of bodies in a portal's menus and directories."""

from __future__ import annotations

from crawler.titles import veto
from parsers.bodies import body_in


def body_name(label: str) -> str | None:
    """The name of the body that a label names; None for a group of bodies and for anything else."""
    name = body_in(label)
    return None if name is None or veto(name) else name


def same_body(one: str, other: str) -> bool:
    """Whether two names differ only in the area before them: 教育局 and 红寺堡区教育局."""
    return one.endswith(other) or other.endswith(one)
