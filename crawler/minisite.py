"""A unit's own pages on a portal: a folder or a sub-domain, with a small budget of its own."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.urls import column_prefix, host_of, is_under


@dataclass
class MiniSite:
    """Where a unit keeps its own pages, how many of them were asked for, and whether its column was found."""

    name: str
    url: str
    portal_host: str
    pages: int = 0
    column_found: bool = False

    def holds(self, url: str) -> bool:
        """Whether an address lies on the unit's own pages: on its host, or in its folder of the portal's."""
        if host_of(self.url) != self.portal_host:
            return host_of(url) == host_of(self.url)
        return is_under(url, column_prefix(self.url))
