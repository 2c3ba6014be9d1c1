"""last_asked.json in the data folder: when each site was last asked, so that the next run keeps the delay.

{"hongsibu.gov.cn": "2026-01-31T08:00:00Z"}; what is older than an hour keeps nobody waiting and is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from archive.clock import now
from archive.store import DataFolderError

NAME = "last_asked.json"
KEPT = timedelta(hours=1)


def read_last_asked(folder: Path) -> dict[str, str]:
    """ISO times by site; none where nothing was asked yet. Raises DataFolderError for a file that is none of ours."""
    file = folder / NAME
    try:
        found = json.loads(file.read_text("utf-8"))
        return {str(site): datetime.fromisoformat(time).isoformat() for site, time in found.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise DataFolderError(f"{file}: not a list of sites and times ({error}); delete it and run again") from None


def write_last_asked(folder: Path, times: Mapping[str, str]) -> None:
    """Add these times to the file, in one step; a folder is made where there is none yet."""
    oldest = datetime.fromisoformat(now()) - KEPT
    all_times = read_last_asked(folder) | dict(times)
    fresh = {site: time for site, time in sorted(all_times.items()) if datetime.fromisoformat(time) > oldest}
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / f"{NAME}.making"
    making.write_text(json.dumps(fresh, indent=1) + "\n", "utf-8")
    making.replace(folder / NAME)
