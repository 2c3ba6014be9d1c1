"""How a crawl is to be made, and whether it may be made at all. Without Scrapy, so that asking is quick."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from crawler.contact import check_manners
from crawler.hosts import listed_hosts


@dataclass(frozen=True)
class CrawlOptions:
    """How to crawl: seconds between requests to a site, whose reports, from which year, and who asks.

    `recheck` is after how many days a known document is asked for again. `timeout` is in seconds and counts for a whole
    answer. `most_requests` makes it a look around: no more is sent, and of a list's reports only the first is opened.
    """

    delay: float = 3.0
    scope: Literal["government", "all"] = "all"
    since: int | None = None
    contact: str | None = None
    recheck: int | Literal["all"] = 90
    timeout: float = 90.0
    most_requests: int | None = None


def check_options(options: CrawlOptions) -> None:
    """Whether this crawl may ask anybody at all. Raises ContactMissingError, DelayTooShortError, HostsFileError."""
    check_manners(contact_of(options), options.delay, os.environ, listed_hosts())


def contact_of(options: CrawlOptions) -> str | None:
    """The contact that the operator gave: with the option, else in the environment."""
    return options.contact or os.environ.get("NIANBAO_CONTACT")
