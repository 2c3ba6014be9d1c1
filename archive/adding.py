"""Taking local files into the archive as originals, recorded as added."""

from __future__ import annotations

from pathlib import Path

from archive.ledger import Fetch
from archive.media import media_type
from archive.store import Archive


def add_file(archive: Archive, path: Path, url: str | None, unit: str | None) -> str:
    """Keep a local file; gives its sha256. `url` stands as given and unverified. Raises OSError."""
    data = path.read_bytes()
    stored = archive.originals.put(data)
    media = media_type(data)
    if stored.is_new:
        archive.captures.resource(url or f"urn:sha256:{stored.sha256}", data, media)
    fetch = Fetch(
        portal=None,
        url=url,
        purpose="add",
        reason="added by hand; its address as given, not verified" if url else "added by hand; no address given",
        outcome="added",
        sha256=stored.sha256,
        role="added",
        anchor=path.name,
        unit_given=unit,
        media_type=media,
        bytes=len(data),
    )
    archive.ledger.record(None, fetch, data)
    return stored.sha256
