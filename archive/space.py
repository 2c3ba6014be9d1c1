"""Room on the disk: a crawl stops while there is still enough of it to end in order."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from archive.captures import CaptureError

SETTING = "NIANBAO_MIN_FREE_MB"
MIN_FREE_MB = 500
MEGABYTE = 1_000_000
# What a disk answers that is full, read-only, closed to us or broken.
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO)


class NoRoomError(CaptureError):
    """The disk has less free room than a crawl must leave."""


class RoomSettingError(Exception):
    """$NIANBAO_MIN_FREE_MB is set to something that is no number of megabytes."""


def is_of_the_disk(error: BaseException) -> bool:
    """Whether the disk refused, and nothing else went wrong."""
    return isinstance(error, OSError) and error.errno in OF_THE_DISK


def least_free() -> int:
    """How many bytes a crawl must leave free: $NIANBAO_MIN_FREE_MB, else 500 MB. Raises RoomSettingError."""
    given = os.environ.get(SETTING, "").strip()
    if given and not given.isdigit():
        raise RoomSettingError(f"{SETTING} is {given}: a whole number of megabytes is expected, such as {MIN_FREE_MB}")
    return (int(given) if given else MIN_FREE_MB) * MEGABYTE


def check_room(folder: Path, least: int) -> None:
    """Raises NoRoomError when the disk of this folder has fewer than `least` bytes free."""
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize
    if free < least:
        raise NoRoomError(
            f"{folder}: {free // MEGABYTE} MB are free, {least // MEGABYTE} MB must stay free ({SETTING}); make room"
        )
