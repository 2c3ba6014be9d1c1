"""The operator's proxy, read from the environment once per host.

Scrapy's middleware reads the whole environment anew for every request to see whether no_proxy names its host.
"""

from __future__ import annotations

from functools import cache
from urllib.request import proxy_bypass

from scrapy.downloadermiddlewares import httpproxy

setattr(httpproxy, proxy_bypass.__name__, cache(proxy_bypass))


class Proxy(httpproxy.HttpProxyMiddleware):
    """Scrapy's middleware, asking once per host."""
