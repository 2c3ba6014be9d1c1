"""The replica web: portals played behind a loopback proxy, with the truth about what they publish."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock, Thread
from types import TracebackType

from tests.replica.certificates import Identity, make_identity
from tests.replica.families import wide_portals
from tests.replica.portal import Answer, Asked, Portal
from tests.replica.portals import all_portals
from tests.replica.proxy import Proxy, Seen, overlapping
from tests.replica.truth import TrueReport

# Every portal there is, the main ones and one or more of each CMS family.
WIDE = ("*",)
PORTALS_COLUMNS = ("portal", "adcode", "name", "home", "platform", "expect_min", "notes")


class Replica:
    """Plays its portals while the `with` block runs, in threads of this process.

    `latency` is how many seconds each answer is held back: with it, requests made at the same time are seen
    as such. `portals` names those that are played; the default is the main ones, WIDE is all there are. `more` are
    portals made for one test. Raises KeyError for an unknown slug.
    """

    def __init__(self, latency: float = 0.0, portals: tuple[str, ...] = (), more: tuple[Portal, ...] = ()) -> None:
        known = {portal.slug: portal for portal in all_portals()}
        main = () if more else tuple(known)
        if not set(portals) <= known.keys():
            known = {portal.slug: portal for portal in wide_portals()}
        wanted = tuple(known) if portals == WIDE else portals or main
        self.portals: list[Portal] = [*(known[slug] for slug in wanted), *more]
        self._latency = latency
        self._making = RLock()
        self._hosts = {host.host: host for portal in self.portals for host in (portal, *portal.hosts)}
        self._copies = {host: portal for portal in self.portals for host in portal.copies}

    def __enter__(self) -> Replica:
        self._folder = TemporaryDirectory(prefix="nianbao-replica-")
        folder = Path(self._folder.name)
        self.identity: Identity = make_identity([*self._hosts, *self._copies], folder)
        self.portals_csv = folder / "portals.csv"
        self._write_portals()
        self._proxy = Proxy(self, self.identity.server, self._latency)
        self._thread = Thread(target=self._proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._proxy.shutdown()
        self._thread.join()
        self._proxy.hang_up()
        self._proxy.server_close()
        self._folder.cleanup()

    @contextmanager
    def held(self, after: int) -> Iterator[None]:
        """Answer so many requests in all, and no other before the `with` block ends."""
        self._proxy.let_go.clear()
        self._proxy.most = after
        try:
            yield
        finally:
            self._proxy.most = None
            self._proxy.let_go.set()

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self._proxy.server_address[1]}"

    @property
    def truth(self) -> list[TrueReport]:
        """Every report that a lawful crawl can have, each once."""
        return [report for portal in self.portals for report in portal.published]

    @property
    def withheld(self) -> list[TrueReport]:
        """Reports that stand on the replica where robots.txt forbids to look."""
        return [report for portal in self.portals for report in portal.withheld]

    @property
    def forbidden(self) -> list[str]:
        """URL prefixes that a robots.txt forbids."""
        return [prefix for portal in self.portals for prefix in portal.forbidden]

    @property
    def traps(self) -> dict[str, str]:
        """Addresses that nothing visible leads to, with the reason: asking one is a mistake."""
        return {url: why for portal in self.portals for url, why in portal.traps.items()}

    @property
    def off_site_hosts(self) -> list[str]:
        """Hosts outside .gov.cn that pages link to; those that copy a portal answer, the others give 502."""
        return [host for portal in self.portals for host in (*portal.copies, *portal.outside)]

    @property
    def blocked_portals(self) -> list[str]:
        """Slugs of the portals that answer with a challenge."""
        return [portal.slug for portal in self.portals if portal.condition == "blocked"]

    @property
    def refused_portals(self) -> list[str]:
        """Slugs of the portals whose robots.txt forbids everything."""
        return [portal.slug for portal in self.portals if portal.condition == "robots"]

    @property
    def requests(self) -> list[Seen]:
        """Every request so far, in the order of their answers."""
        return list(self._proxy.log)

    @property
    def failures(self) -> list[BaseException]:
        """Errors of the replica itself."""
        return list(self._proxy.failures)

    def reset(self) -> None:
        """Forget the requests seen so far."""
        self._proxy.log.clear()

    def overlaps(self) -> list[tuple[Seen, Seen]]:
        """Pairs of requests to one site (registrable domain) that were under way at the same time."""
        return overlapping(self.requests)

    def unlawful(self) -> list[str]:
        """Every request that should not have been made, as a sentence."""
        traps = self.traps
        faults = []
        for seen in self.requests:
            if not seen.host.endswith(".gov.cn"):
                faults.append(f"{seen.url}: not a host under .gov.cn")
            elif seen.url in traps:
                faults.append(f"{seen.url}: {traps[seen.url]}")
            elif seen.path != "/robots.txt" and seen.url.startswith(tuple(self.forbidden)):
                faults.append(f"{seen.url}: forbidden by robots.txt")
        return faults

    @contextmanager
    def silent(self, slug: str) -> Iterator[None]:
        """Let a portal's host answer nothing for a while: the proxy says 502."""
        hosts = self._hosts
        self._hosts = {host: portal for host, portal in hosts.items() if portal.slug != slug}
        try:
            yield
        finally:
            self._hosts = hosts

    def plays(self, scheme: str, host: str) -> bool:
        """Whether the host answers on this scheme (proxy.World)."""
        portal = self._hosts.get(host)
        return host in self._copies or (portal is not None and scheme in portal.schemes)

    def answer(self, scheme: str, host: str, target: str, asked: Asked) -> Answer:
        """What a played host says to a path with its query (proxy.World)."""
        copied = self._copies.get(host)
        with self._making:  # pages are made once, one at a time
            return (
                copied.answer(copied.scheme, target, asked)
                if copied
                else self._hosts[host].answer(scheme, target, asked)
            )

    def _write_portals(self) -> None:
        with self.portals_csv.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(PORTALS_COLUMNS)
            for portal in self.portals:
                minimum = "" if portal.expect_min is None else portal.expect_min
                registered = (portal.slug, portal.adcode, portal.name, portal.registered or portal.home)
                writer.writerow([*registered, portal.platform, minimum, portal.notes])
