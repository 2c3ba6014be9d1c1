"""The parser's version: a digest of this package's code and data, so that nobody can forget to raise it."""

from __future__ import annotations

import hashlib
from pathlib import Path

_KINDS = (".py", ".toml", ".txt")


def package_digest(folder: Path) -> str:
    """The first 16 hex digits of the sha256 over all code and data files under a folder, names included."""
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.suffix in _KINDS and "__pycache__" not in path.parts)
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


VERSION = package_digest(Path(__file__).parent)
