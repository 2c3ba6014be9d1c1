"""LibreOffice as the converter of old Word files and RTF to DOCX: a process of its own for each batch of files.

It runs with a new profile in a private folder, without macros, without updating links, without a network, with limits
on memory, size and time. A batch that dies or hangs costs nobody but the file that did it: what the batch left undone
is tried again one by one.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

PROGRAM = "soffice"
PACKAGES = ("libreoffice-writer-nogui", "libreoffice-calc-nogui")
SECONDS_ALONE = 45
SECONDS_MORE = 2
MEMORY_BYTES = 2_500_000_000
MOST_WRITTEN = 200_000_000
# Port 9 (discard) of loopback: where nothing listens.
NOWHERE = "127.0.0.1"
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyName", NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
)
_ITEM = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'


@cache
def converter() -> str | None:
    """The converter's name and version, None where it is not installed."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        try:
            told = subprocess.run(  # noqa: S603 a program of the system, no shell
                [program, f"-env:UserInstallation={Path(folder).as_uri()}", "--version"],
                capture_output=True,
                text=True,
                timeout=SECONDS_ALONE,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return " ".join(told.stdout.split()[:2]) or None


def convert(files: Sequence[Path], target: Path) -> None:
    """Make a DOCX in `target` of each file, under its own name; one that cannot be converted has none there.

    The files bear the extension of their kind (.doc, .rtf), and no two of them the same name.
    """
    _run(files, target, SECONDS_ALONE + SECONDS_MORE * (len(files) - 1))
    if len(files) > 1:
        for file in files:
            if not (target / f"{file.stem}.docx").exists():
                _run([file], target, SECONDS_ALONE)


def _run(files: Sequence[Path], target: Path, seconds: int) -> None:
    """Convert in one process; what stands in `target` afterwards is whole."""
    program = shutil.which(PROGRAM)
    if program is None or not files:
        return
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        private = Path(folder)
        made = private / "made"
        made.mkdir()
        process = subprocess.Popen(  # noqa: S603 a program of the system, no shell
            [
                program,
                f"-env:UserInstallation={_profile(private / 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made)),
                *map(str, files),
            ],
            cwd=private,
            env=_environment(private),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_confine,
        )
        ended = _wait(process, seconds)
        found = {path.stem: path for path in made.glob("*.docx")}
        # Of a process that did not end well the last file may be half written.
        done = [file for file in files if file.stem in found]
        for file in done if ended else done[:-1]:
            shutil.move(found[file.stem], target / f"{file.stem}.docx")


def _profile(folder: Path) -> Path:
    """A new user's settings, in the place where LibreOffice looks for them."""
    (folder / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), "utf-8")
    return folder


def _environment(private: Path) -> dict[str, str]:
    """Nothing of ours but the way to programs; what is written goes into the private folder."""
    nowhere = f"http://{NOWHERE}:9"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(private),
        "TMPDIR": str(private),
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }


def _confine() -> None:
    """Runs in the new process, before LibreOffice does."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait(process: subprocess.Popen[bytes], seconds: int) -> bool:
    """Whether the process ended well by itself in time; its whole group is gone afterwards in any case."""
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
