"""Scrapy's settings: known to the installed version, and nothing asks behind the crawl's back."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings, default_settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

import crawler.settings


@pytest.fixture(scope="module")
def settings() -> Settings:
    found = Settings()
    found.setmodule(crawler.settings)
    return found


def components(settings: Settings, name: str) -> list[str]:
    found = build_component_list(settings.get_component_priority_dict_with_base(name))
    return [load_object(component).__name__ for component in found]


def test_every_setting_is_one_that_this_scrapy_knows() -> None:
    ours = {name for name in vars(crawler.settings) if name.isupper()}
    assert ours <= set(default_settings.__all__)


def test_what_runs_code_for_strangers_is_off(settings: Settings) -> None:
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not {"TelnetConsole", "RemoteControl"} & set(components(settings, "EXTENSIONS"))


def test_only_these_stand_between_the_crawl_and_the_wire(settings: Settings) -> None:
    assert components(settings, "DOWNLOADER_MIDDLEWARES") == [
        "RobotsPolicy",
        "DownloadTimeoutMiddleware",
        "DefaultHeadersMiddleware",
        "UserAgentMiddleware",
        "HttpCompressionMiddleware",
        "Cookies",
        "Proxy",
        "DownloaderStats",
        "Replay",
    ]


def test_only_the_web_can_be_asked_and_only_politely(settings: Settings) -> None:
    handlers = {scheme: path for scheme, path in settings.getwithbase("DOWNLOAD_HANDLERS").items() if path}
    assert set(handlers) == {"http", "https"}
    assert {load_object(path).__name__ for path in handlers.values()} == {"RecordingDownloadHandler"}
