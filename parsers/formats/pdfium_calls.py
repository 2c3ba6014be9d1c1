"""pdfium's functions that are called for every character and stroke, without what ctypes does around each call."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_void_p, cast
from typing import Any


def quick(function: Any) -> Callable[..., Any]:
    """A function of pypdfium2's raw interface, called as it is: a third of the time.

    Its arguments are not checked, and no other thread runs meanwhile. Give pointers as pypdfium2 gives them or by
    `byref`, and numbers only where C takes an int.
    """
    return PYFUNCTYPE(function.restype)(cast(function, c_void_p).value or 0)
