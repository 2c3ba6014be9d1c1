"""The rule for hosts (crawler/hosts.py) as the downloader applies it, to every request."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy.exceptions import IgnoreRequest

from crawler.hosts import is_allowed_url


class OffSiteError(IgnoreRequest):
    """A request to a host that may not be asked; it was not sent."""


class RequestsSpentError(IgnoreRequest):
    """A request beyond the number that this run may send; it was not sent."""


class Scope:
    """The hosts of one crawl: those under .gov.cn, and those listed by a person."""

    def __init__(self, listed: Iterable[str] = ()) -> None:
        self._listed = frozenset(listed)

    def allows(self, url: str) -> bool:
        """Whether this URL may be asked for."""
        return is_allowed_url(url, self._listed)

    def check(self, url: str) -> None:
        """Raises OffSiteError for a URL that may not be asked."""
        if not self.allows(url):
            raise OffSiteError(
                f"{url}: not asked, its host does not end with .gov.cn;"
                " if it carries a government's own reports, a person may list it in crawler/hosts.csv"
            )
