"""Scrapy's settings for the crawl, named as in Scrapy 2.19; crawler/run.py adds what the operator chose."""

from __future__ import annotations

BOT_NAME = "nianbao"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# On by default in Scrapy, both run code for whoever reaches them on loopback.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
}

# robots.txt is obeyed by crawler/robots.py: Scrapy's middleware lets requests pass while it is being fetched,
# takes an error page for rules, and allows everything when it cannot be had.
ROBOTSTXT_OBEY = False

# Every request must be a row of the ledger, so nothing may be asked behind the spider's back: retries and
# redirects are crawler/fetcher.py's, refreshes crawler/doubts.py's. Hosts are judged in the download handler.
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
HTTPCACHE_ENABLED = False
HTTPERROR_ALLOW_ALL = True
DOWNLOADER_MIDDLEWARES = {
    "crawler.robots.RobotsPolicy": 100,
    "crawler.cookies.Cookies": 700,
    "crawler.proxy.Proxy": 750,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "crawler.replay.Replay": 900,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}

# Nobody reads Scrapy's own counts: the ledger has them.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
DOWNLOADER_STATS = False

DOWNLOADER = "crawler.downloader.StraightDownloader"
# Only the web; scope and politeness stand in the handler, the last step before the wire.
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloader.RecordingDownloadHandler",
    "https": "crawler.downloader.RecordingDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# The site's own lock in crawler/politeness.py holds requests one at a time, with the delay between them.
CONCURRENT_REQUESTS = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0

# Total, not idle: a scanned report from a slow server takes its time.
DOWNLOAD_TIMEOUT = 90
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# Ordinary cookies, as a reader's browser keeps them.
COOKIES_ENABLED = True
HTTPPROXY_ENABLED = True
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# Each request is told by the ledger, not by a line that is made only to be dropped.
LOG_FORMATTER = "crawler.downloader.NoRequests"
STATS_DUMP = False
LOG_LEVEL = "ERROR"

# Names that lead into a private network are refused where they are resolved (crawler/addresses.py).
TWISTED_DNS_RESOLVER = "crawler.addresses.GuardedThreadedResolver"
