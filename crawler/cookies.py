"""Ordinary cookies, kept as a reader's browser keeps them, without asking anyone but the portal.

Scrapy's middleware judges a cookie's domain by a public suffix list that it downloads when it has none in its
cache: a request to a host that is no portal, past robots policy and ledger. It is given the bundled list here.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies

from crawler.politeness import BUNDLED_SUFFIXES

cookies._split_domain = BUNDLED_SUFFIXES


class Cookies(cookies.CookiesMiddleware):
    """Scrapy's middleware, with the bundled list."""
