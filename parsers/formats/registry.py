"""Formats that came later: each is one file of this folder, NAME_format.py, with a FORMAT in it. None is named here."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from parsers.document import Document

_ENDING = "_format"


@dataclass(frozen=True)
class Format:
    """A kind of file that the reading of the built-in ones does not know.

    `recognises` is asked for files of no built-in kind: by what stands in the bytes, never by a name. `read` turns
    bytes (and the file's name, for messages) into a Document and raises DocumentUnreadableError where it cannot.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Document]


def format_of(data: bytes) -> Format | None:
    """The later format that recognises these bytes."""
    return next((format_ for format_ in later_formats() if format_.recognises(data)), None)


@cache
def later_formats() -> tuple[Format, ...]:
    """The FORMAT of each module of this folder whose name ends in _format, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    modules = (import_module(f"parsers.formats.{name}") for name in names if name.endswith(_ENDING))
    return tuple(module.FORMAT for module in modules)
