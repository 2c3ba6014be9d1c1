"""The models that see text in a picture: RapidOCR's, from its own wheel, run by OpenVINO. Nothing is asked of any host.

Loaded at first use, once in each process, on one thread: reading processes work side by side.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
# Four corners in pixels, clockwise from the top left of the text.
Quad = NDArray[np.float32]

_DETECTOR, _RECOGNIZER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_TURNER = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
# The same figures on every machine: processors that know shorter numbers would round with them.
_CONFIG = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "f32"}
# What the recognizer cannot tell apart where it stands alone: its certainty of one of them is that of all together.
ALIKE = ("0OoQDθΘΟοО〇○。°", "1lI|丨", "-－—–―一")
# Pages are searched for text at no more than so many pixels a side: memory grows with it.
_LONGEST = 1536
_STEP = 32
HEIGHT = 48
# By its width, how long a page may be; a longer picture is searched in bands that overlap by this much of the width.
_LONG_PAGE = 1.6
_OVERLAP = 0.1
# Widths in steps: for each new one the engine prepares itself anew.
_WIDTH_STEP = 64
_WIDEST = 3200
_BATCH_WIDTH = 1280
# M_ARENA_MAX of the C library's mallopt.
_ARENA_MAX = -8
_TURNER_SIZE = (192, 48)


# So many pixels of a page searched for text, or turned and freed of its rules, cost what a column recognized does.
_PIXELS_SEARCHED = 180
PIXELS_TURNED = 770


class EffortSpentError(Exception):
    """What is asked of the models is more than was allowed."""


@dataclass(frozen=True)
class Read:
    """A line's text, and for each character where its middle is (share of the crop's width) and how certain it is."""

    text: str
    middles: tuple[float, ...]
    scores: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """That of the character of which it is least certain; 0 for no text."""
        return min(self.scores, default=0.0)


class Engine:
    """The three models. Not for use by two threads at a time."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        _spare_addresses()
        with _nothing_sent():
            from openvino import Core
        from rapidocr.ch_ppocr_det.utils import DBPostProcess

        self._core = Core()
        self._boxes = DBPostProcess(thresh=0.3, box_thresh=0.5, unclip_ratio=1.6, use_dilation=True)
        self._detector, _ = self._model(_DETECTOR)
        self._recognizer, model = self._model(_RECOGNIZER)
        # What the model calls 0 is "no character here".
        self.letters: list[str] = ["", *model.get_rt_info()["framework"]["character"].value.splitlines(), " "]
        self._alike = self._numbers_alike()
        self._turner, _ = self._model(_TURNER)
        self._left = 0

    def allow(self, effort: int) -> None:
        """How much may be spent from now on: columns of pixels recognized, 48 high, or what costs as much."""
        self._left = effort

    def spend(self, effort: int) -> None:
        """Count work that is about to be done. Raises EffortSpentError when it is too much: then it is not to be."""
        if effort > self._left:
            raise EffortSpentError
        self._left -= effort

    def _model(self, name: str) -> tuple[Any, Any]:
        path = models_folder() / name
        model = self._core.read_model(path)
        return self._core.compile_model(model, "CPU", _CONFIG).create_infer_request(), model

    def _numbers_alike(self) -> dict[int, list[int]]:
        """For each number of a letter that has others like it, the numbers of all of them."""
        numbers = {letter: number for number, letter in enumerate(self.letters)}
        groups = [[numbers[letter] for letter in group if letter in numbers] for group in ALIKE]
        return {number: group for group in groups for number in group}

    def find_lines(self, grey: Grey) -> list[Quad]:
        """Where lines of text stand in a picture, in its pixels. A long one is searched a page's length at a time."""
        height, width = grey.shape
        if height > _LONG_PAGE * width:
            return [quad for first, last in _bands(height, width) for quad in self._band(grey, first, last)]
        if width > _LONG_PAGE * height:
            turned = [quad[[3, 0, 1, 2]] for quad in self.find_lines(np.ascontiguousarray(np.rot90(grey)))]
            return [np.stack((width - quad[:, 1], quad[:, 0]), axis=1) for quad in turned]
        return self._find(grey)

    def _band(self, grey: Grey, first: float, last: float) -> list[Quad]:
        """The lines whose middles lie between two heights; the picture is searched a little beyond them."""
        above, below = max(0, int(first - _OVERLAP * grey.shape[1])), int(last + _OVERLAP * grey.shape[1])
        down = np.array([0, above], dtype=np.float32)
        found = [quad + down for quad in self._find(np.ascontiguousarray(grey[above:below]))]
        return [quad for quad in found if first <= quad[:, 1].mean() < last]

    def _find(self, grey: Grey) -> list[Quad]:
        height, width = grey.shape
        scale = min(1.0, _LONGEST / max(height, width))
        size = [max(_STEP, round(side * scale / _STEP) * _STEP) for side in (width, height)]
        self.spend(size[0] * size[1] // _PIXELS_SEARCHED)
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        batch = np.repeat(_normal(small)[None, None], 3, axis=1)
        self._detector.infer([batch])
        quads, _ = self._boxes(self._detector.get_output_tensor().data, (height, width))
        return [np.asarray(quad, dtype=np.float32) for quad in quads]

    def read(self, crops: Sequence[Grey]) -> list[Read]:
        """The text of each crop, which shows one line."""
        found: list[Read] = [Read("", (), ())] * len(crops)
        batches = list(_batches(crops))
        self.spend(sum(len(batch) * width for batch, width in batches))
        for batch, width in batches:
            pixels = np.zeros((len(batch), 3, HEIGHT, width), dtype=np.float32)
            shares = []
            for at, number in enumerate(batch):
                fitted = _fitted(crops[number])
                pixels[at, :, :, : fitted.shape[1]] = _normal(fitted)
                shares.append(fitted.shape[1] / width)
            self._recognizer.infer([pixels])
            told = self._recognizer.get_output_tensor().data
            if len(told) != len(batch):
                # Seen where the process may not take more memory: the engine then leaves the last answer standing.
                raise MemoryError("the recognizer did not answer")
            for number, share, odds in zip(batch, shares, told, strict=True):
                found[number] = self._decoded(odds, share)
        return found

    def _decoded(self, odds: NDArray[np.float32], share: float) -> Read:
        """The likeliest character of each step; the same one again without a break is one."""
        best, steps = odds.argmax(axis=1), len(odds)
        text, middles, scores = [], [], []
        begin = 0
        for at in range(1, steps + 1):
            if at < steps and best[at] == best[begin]:
                continue
            if best[begin]:
                peak = begin + int(odds[begin:at, best[begin]].argmax())
                text.append(self.letters[best[begin]])
                middles.append((peak + 0.5) / steps / share)
                scores.append(float(odds[peak, self._alike.get(int(best[begin]), [best[begin]])].sum()))
            begin = at
        return Read("".join(text), tuple(middles), tuple(scores))

    def are_upside_down(self, crops: Sequence[Grey]) -> list[bool]:
        """Does each of these lines stand on its head?"""
        width, height = _TURNER_SIZE
        batch = np.zeros((len(crops), 3, height, width), dtype=np.float32)
        for at, crop in enumerate(crops):
            wide = min(width, max(1, round(height * crop.shape[1] / crop.shape[0])))
            batch[at, :, :, :wide] = _normal(cv2.resize(crop, (wide, height)))
        self._turner.infer([batch])
        return [bool(odds[1] > odds[0]) for odds in self._turner.get_output_tensor().data]


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine()


def models_folder() -> Path:
    """Where the models lie: in RapidOCR's package, found without running it."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package rapidocr is not installed; install nianbao's dependencies")
    return Path(spec.origin).parent / "models"


def _spare_addresses() -> None:
    """Keep the C library from setting 64 MB of addresses aside for each thread: a reading process has few to spend."""
    with suppress(AttributeError, OSError):
        CDLL(None).mallopt(_ARENA_MAX, 1)


@contextmanager
def _nothing_sent() -> Iterator[None]:
    """OpenVINO's converter of models, which nobody here needs, reports each import to its maker: it is not imported."""
    name = "openvino.tools.ovc"
    known = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if known is None:
            del sys.modules[name]
        else:
            sys.modules[name] = known


def _normal(grey: Any) -> NDArray[np.float32]:
    """Grey levels from -1 to 1."""
    return np.asarray(grey, dtype=np.float32) / np.float32(127.5) - np.float32(1)


def _fitted(crop: Grey) -> Grey:
    """The crop as high as the recognizer wants it, no wider than it can take."""
    width = min(_WIDEST, max(1, round(HEIGHT * crop.shape[1] / crop.shape[0])))
    shrinks = crop.shape[0] > HEIGHT
    fitted = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.asarray(fitted, dtype=np.uint8)


def _bands(height: int, width: int) -> list[tuple[float, float]]:
    """From where to where a long picture is searched at a time."""
    count = -(-height // round(_LONG_PAGE * width))
    return [(at * height / count, (at + 1) * height / count) for at in range(count)]


def _batches(crops: Sequence[Grey]) -> Iterator[tuple[list[int], int]]:
    """Numbers of crops of about one width, and that width in pixels."""
    widths = [min(_WIDEST, max(1, round(HEIGHT * crop.shape[1] / crop.shape[0]))) for crop in crops]
    steps: dict[int, list[int]] = {}
    for number, width in enumerate(widths):
        steps.setdefault(-(-width // _WIDTH_STEP) * _WIDTH_STEP, []).append(number)
    for width, numbers in sorted(steps.items()):
        size = max(1, _BATCH_WIDTH // width)
        for start in range(0, len(numbers), size):
            yield numbers[start : start + size], width
