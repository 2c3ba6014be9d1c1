"""Programs that check what we write and are none of our dependencies: each in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "checkers"


def checker(package: str, program: str) -> Path:
    """The program of a package, installed once under .cache. Fails loudly where it cannot be had."""
    folder = CACHE / package.replace("=", "-")
    path = folder / "bin" / program
    if not path.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", package], check=True)
    return path
