"""The matrix's files: made once, kept in .cache/matrix by the digest of the code and the figures they are made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from tests.matrix.cases import Case
from tests.matrix.makers.model import ROOT

FOLDER = ROOT / ".cache" / "matrix"
# Files converted in one go: so many that starting the converter no longer counts, and not the memory either.
_BATCH = 40


def files(cases: Iterable[Case]) -> dict[Case, Path]:
    """The file of each case, made where it is not there yet."""
    wanted = sorted(set(cases))
    digests = {name: case.made_as.digest() for case in wanted for name in [case.format]}
    places = {case: _place(case, digests[case.format]) for case in wanted}
    lacking = [case for case in wanted if not places[case].exists()]
    for _, same in groupby(lacking, key=lambda case: case.format):
        for batch in _batches(list(same)):
            for case, data in zip(batch, made(batch), strict=True):
                _keep(places[case], data)
    return places


def made(cases: Sequence[Case]) -> Sequence[bytes]:
    """The files of cases of one format, made anew."""
    sources = [case.made_by.make(case.story) for case in cases]
    convert = cases[0].made_as.convert
    return sources if convert is None else convert(sources)


def _place(case: Case, digest: str) -> Path:
    name = sha256(f"{digest}:{case}".encode()).hexdigest()[:32]
    return FOLDER / case.format / f"{name}{case.made_as.suffix}"


def _batches(cases: list[Case]) -> Iterator[list[Case]]:
    for at in range(0, len(cases), _BATCH):
        yield cases[at : at + _BATCH]


def _keep(place: Path, data: bytes) -> None:
    """Written beside and moved: a file that is there is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(place)
