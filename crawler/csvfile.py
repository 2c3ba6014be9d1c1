"""Small CSV files that people write by hand: every bad line is named, with what to do about it."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BadLine:
    """What is wrong with a line (from 1; 0: with the file as a whole), what was expected, and what to do."""

    line: int
    message: str


class CsvFileError(Exception):
    """A CSV file that a person wrote cannot be used; `bad_lines` has every line that must be put right."""

    def __init__(self, file: Path, bad_lines: Sequence[BadLine]) -> None:
        self.file = file
        self.bad_lines = tuple(bad_lines)
        super().__init__("\n".join(f"{file}{f':{bad.line}' if bad.line else ''}: {bad.message}" for bad in bad_lines))


@dataclass(frozen=True)
class Row:
    """One line of the file: its number and its fields by column, white space around them removed."""

    line: int
    fields: dict[str, str]


class Columns:
    """The columns that a file must have and those that it may have besides."""

    def __init__(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        self.required = tuple(required)
        self.known = (*required, *optional)

    def objections(self, header: Sequence[str]) -> Iterator[str]:
        """What is wrong with a header line."""
        if missing := [name for name in self.required if name not in header]:
            yield (
                f"the header lacks {', '.join(missing)}: expected {','.join(self.known)};"
                " add what is missing, or save the file anew with commas"
            )
        for name in dict.fromkeys(header):
            if name not in self.known:
                close = difflib.get_close_matches(name, self.known, n=1)
                hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(self.known)}; remove it"
                yield f"the column {name or '(without a name)'} is unknown: {hint}"
            elif header.count(name) > 1:
                yield f"the column {name} stands {header.count(name)} times: keep one of them"


def read_rows(file: Path, columns: Columns) -> tuple[list[Row], list[BadLine]]:
    """The rows of a file and the lines that are none; empty lines and lines that begin with # do not count.

    A quoted field must end on its own line, so that every row has one line number. Raises CsvFileError when
    nothing of the file can be used: it is missing, not UTF-8, empty or under a wrong header.
    """
    header: list[str] | None = None
    rows: list[Row] = []
    bad_lines: list[BadLine] = []
    for line, text in _lines(file):
        try:
            fields = [field.strip() for field in next(csv.reader([text], strict=True))]
        except csv.Error as error:
            bad_lines.append(
                BadLine(line, f"is no CSV ({error}): close the quotation mark that was opened on this line")
            )
            continue
        if header is None:
            header = fields
            if objections := [BadLine(line, objection) for objection in columns.objections(header)]:
                raise CsvFileError(file, objections)
        elif len(fields) != len(header):
            bad_lines.append(
                BadLine(
                    line,
                    f"has {len(fields)} fields, the header {len(header)}: quote a field that has a comma",
                )
            )
        else:
            rows.append(Row(line, dict(zip(header, fields, strict=True))))
    if header is None:
        expected = f"is empty: expected the header {','.join(columns.known)}"
        raise CsvFileError(file, bad_lines or [BadLine(0, expected)])
    return rows, bad_lines


def csv_line(fields: Sequence[str]) -> str:
    """One line of such a file, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(fields)
    return out.getvalue()


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CsvFileError(
            file, [BadLine(0, f"cannot be read ({error.strerror}): name a CSV file that is there")]
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = "is not UTF-8: expected text saved as UTF-8; in a spreadsheet choose “CSV UTF-8” when saving"
        raise CsvFileError(file, [BadLine(line, advice)]) from error
    for line, content in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if content.strip().strip(",") and not content.lstrip().startswith("#"):
            yield line, content
