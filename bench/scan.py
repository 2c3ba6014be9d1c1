"""Scans: seconds a page of parsers.read, beside bare RapidOCR on the same pages. Told, not promised.

RapidOCR gives lines of text and no cells; it runs on one thread here as ours does, at whatever precision it chooses.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import cache
from typing import Any

import numpy as np

from bench.contest import Contest
from bench.reports import NotReadError
from parsers import Hint, read
from tests.parsers.scan_sets import SETS, pdf_of
from tests.parsers.scans import make_scan, pictures


def contests(scene: ExitStack) -> list[Contest]:
    """One report of three pages, scanned straight at 150 dpi."""
    pdf = make_scan(pdf_of(SETS["planted"](1), 1), dpi=150)
    pages = [np.repeat(page[:, :, None], 3, axis=2) for page in pictures(pdf, 150)]
    return [
        Contest(
            "scan",
            "page",
            len(pages),
            "parsers.read",
            "RapidOCR",
            ours=lambda: _read(pdf),
            bare=lambda: [_bare()(page) for page in pages],
        )
    ]


def _read(pdf: bytes) -> None:
    report = read(pdf, Hint("scan.pdf"))
    if report.status not in ("parsed", "partial"):
        raise NotReadError(f"the scan was read as {report.status}: {report.problems}; expected its tables")


@cache
def _bare() -> Any:
    """RapidOCR as it comes, but for OpenVINO and one thread. OpenVINO's converter, which reports home, is kept out."""
    sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]
    from rapidocr import EngineType, RapidOCR

    engines = {f"{part}.engine_type": EngineType.OPENVINO for part in ("Det", "Cls", "Rec")}
    threads = {"EngineConfig.openvino.inference_num_threads": 1, "EngineConfig.openvino.num_streams": 1}
    return RapidOCR(params={"Global.log_level": "error", **engines, **threads})
