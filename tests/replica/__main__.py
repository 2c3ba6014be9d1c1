"""Start the replica web in the foreground: `python -m tests.replica`."""

from __future__ import annotations

import signal
from threading import Event

from tests.replica.web import Replica


def main() -> None:
    """Print where the proxy listens and which file names its portals; run until told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Replica() as web:
        print(f"proxy     {web.proxy_url}")
        print(f"portals   {web.portals_csv}")
        print(f"authority {web.identity.authority}")
        print(f"{len(web.truth)} reports on {len(web.portals)} portals. In another terminal:")
        proxies = f"http_proxy={web.proxy_url} https_proxy={web.proxy_url}"
        print(f"  {proxies} nianbao crawl --portals {web.portals_csv} --delay 0 --data data/replica")
        print("Ctrl-C ends it.", flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
