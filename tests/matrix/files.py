"""The matrix's files: made once, kept in .cache/matrix by the digest of the code and the figures they are made of."""

from __future__ import annotations

import inspect
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from archive import office
from parsers import Hint, read
from parsers.report import Report
from tests.matrix.cases import Case
from tests.matrix.makers.model import ROOT

FOLDER = ROOT / ".cache" / "matrix"
# Files converted in one go: so many that starting the converter no longer counts, and not the memory either.
_BATCH = 40
Item = TypeVar("Item")


def files(cases: Iterable[Case]) -> dict[Case, Path]:
    """The file of each case, made where it is not there yet; of old Word files also what the archive makes of them."""
    wanted = sorted(set(cases))
    digests = {name: case.made_as.digest() for case in wanted for name in [case.format]}
    places = {case: _place(case, digests[case.format]) for case in wanted}
    lacking = [case for case in wanted if not places[case].exists()]
    for _, same in groupby(lacking, key=lambda case: case.format):
        for some in _batches(list(same)):
            for case, data in zip(some, made(some), strict=True):
                _keep(places[case], data)
    old = [places[case] for case in wanted if case.made_as.old and not _modern(places[case]).exists()]
    for _, paths in groupby(old, key=lambda path: path.suffix):
        for batch in _batches(list(paths)):
            _convert(batch)
    return places


def made(cases: Sequence[Case]) -> Sequence[bytes]:
    """The files of cases of one format, made anew."""
    sources = [case.made_by.make(case.story) for case in cases]
    convert = cases[0].made_as.convert
    return sources if convert is None else convert(sources)


def report_in(case: Case, path: Path) -> Report:
    """What the parsers read in a case's file, in an old Word file by way of the archive's converter."""

    def converted(data: bytes, kind: str) -> bytes:
        return _modern(path).read_bytes()

    return read(path.read_bytes(), Hint(path.name, converted if case.made_as.old else None))


def _convert(paths: Sequence[Path]) -> None:
    """What `nianbao read` would make of these, by the archive's own code."""
    with tempfile.TemporaryDirectory() as folder:
        kind = ".rtf" if paths[0].suffix == ".rtf" else ".doc"
        inside = [Path(shutil.copy(path, Path(folder, f"{path.stem}{kind}"))) for path in paths]
        out = Path(folder, "out")
        out.mkdir()
        office.convert(inside, out)
        for path in paths:
            _keep(_modern(path), (out / f"{path.stem}.docx").read_bytes())


def _modern(path: Path) -> Path:
    digest = sha256(Path(inspect.getfile(office)).read_bytes()).hexdigest()[:8]
    return path.with_name(f"{path.stem}-{digest}.docx")


def _place(case: Case, digest: str) -> Path:
    name = sha256(f"{digest}:{case}".encode()).hexdigest()[:32]
    return FOLDER / case.format / f"{name}{case.made_as.suffix}"


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), _BATCH):
        yield items[at : at + _BATCH]


def _keep(place: Path, data: bytes) -> None:
    """Written beside and moved: a file that is there is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(place)
