"""The operator's proxy, read from the environment once per host.

Scrapy's middleware reads the whole environment anew for every request to see whether no_proxy names its host.
"""

from __future__ import annotations

from functools import cache
from urllib.request import proxy_bypass

from scrapy.downloadermiddlewares import httpproxy

# The name by which Scrapy imported it; the function's own differs from system to system.
BYPASS = "proxy_bypass"
setattr(httpproxy, BYPASS, cache(proxy_bypass))


class Proxy(httpproxy.HttpProxyMiddleware):
    """Scrapy's middleware, asking once per host."""
