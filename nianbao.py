"""The command `nianbao`: composes crawling, reading and publishing (contract.md, "The command")."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn
from urllib.parse import urlsplit

import click

from archive.adding import add_file
from archive.captures import CaptureError
from archive.clock import ClockError, now
from archive.expectations import suggestions
from archive.inventory import inventory, losses, warc_losses
from archive.keys import KeysFileError
from archive.ledger import PortalRow
from archive.originals import OriginalMissingError
from archive.publish import SnapshotError
from archive.publish import publish as publish_snapshot
from archive.reading import ReadingSummary, parse_files, read_originals
from archive.rebuilding import rebuild as rebuild_archive
from archive.space import RoomSettingError, is_of_the_disk
from archive.status import blocked_until, news, portal_health
from archive.store import Archive, ArchiveBusyError, ArchiveMissingError, DataFolderError, beside_no_writer
from archive.warc_fixity import sealed
from archive.withdrawn import WithdrawnFileError
from crawler.contact import ContactMissingError, DelayTooShortError
from crawler.csvfile import csv_line
from crawler.doctor import examine
from crawler.hosts import HostsFileError, is_allowed_url, listed_hosts
from crawler.importing import HEADER, Examined, add_portals, examine_against
from crawler.options import CrawlOptions, check_options
from crawler.portals import REGISTRY, Portal, PortalsFileError, read_portals, select, unknown_message
from crawler.schedule import due_portals

if TYPE_CHECKING:
    from archive.export import Description

ROOT = Path(__file__).resolve().parent
WORKERS = os.cpu_count() or 1
WHAT_IS_SAFE = "what was written before is safe: make room or give access, then run the same command again"
# What a person can mend: told in one sentence, exit status 2.
WRONG_USE = (
    ArchiveBusyError,
    ArchiveMissingError,
    ClockError,
    ContactMissingError,
    DataFolderError,
    DelayTooShortError,
    HostsFileError,
    KeysFileError,
    PortalsFileError,
    RoomSettingError,
    WithdrawnFileError,
)


def recheck_of(_: click.Context, __: click.Parameter, value: str) -> int | Literal["all"]:
    """The value of --recheck. Raises BadParameter."""
    if value == "all":
        return "all"
    if value.isascii() and value.isdigit():
        return int(value)
    raise click.BadParameter(f"{value}: expected a number of days, or all")


class Command(click.Group):
    """A group whose verbs tell what a person can mend in one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; a mistake of use ends with status 2, a snapshot that is not sound or a lost original with 1."""
        try:
            return super().invoke(ctx)
        except WRONG_USE as error:
            raise click.exceptions.UsageError(str(error)) from None
        except CaptureError as error:
            raise click.ClickException(f"{error}; {WHAT_IS_SAFE}") from None
        except (SnapshotError, OriginalMissingError) as error:
            raise click.ClickException(str(error)) from None
        except sqlite3.OperationalError as error:
            raise click.ClickException(f"the archive cannot be written ({error}); {WHAT_IS_SAFE}") from None
        except OSError as error:
            if not is_of_the_disk(error):
                raise
            raise click.ClickException(f"{error.filename or 'the disk'}: {error.strerror}; {WHAT_IS_SAFE}") from None


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nianbao")
def main() -> None:
    """The public archive of China's government-information-disclosure annual reports (政府信息公开工作年度报告)."""


def data_folder(default: Path) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option that every verb of an archive has."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=default,
        envvar="NIANBAO_DATA",
        show_default=True,
        show_envvar=True,
        help="The archive's folder.",
    )


data_option = data_folder(Path("data"))


def verb(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """A verb of the command whose help ends with an example."""
    return main.command(epilog=f"Example: {example}")


@verb("nianbao crawl hongsibu --contact https://example.org/crawler")
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--portals", "registry", type=click.Path(path_type=Path), default=REGISTRY, help="A portals file.")
@click.option("--delay", type=float, default=3.0, show_default=True, help="Seconds between two requests to a site.")
@click.option("--scope", type=click.Choice(["government", "all"]), default="all", show_default=True)
@click.option("--since", type=int, metavar="YEAR", help="Leave out reports for earlier years.")
@click.option(
    "--recheck",
    metavar="DAYS|all",
    default="90",
    show_default=True,
    callback=recheck_of,
    help="After how many days to ask again for a document that is here.",
)
@click.option("--due", is_flag=True, help="Only portals whose next visit has come.")
@click.option("--no-read", is_flag=True, help="Only discover, fetch and store.")
@click.option("--contact", envvar="NIANBAO_CONTACT", show_envvar=True, help="Where a portal can reach you: a URL.")
@data_option
def crawl(
    portals: tuple[str, ...],
    registry: Path,
    delay: float,
    scope: Literal["government", "all"],
    since: int | None,
    recheck: int | Literal["all"],
    due: bool,
    no_read: bool,
    contact: str | None,
    data: Path,
) -> None:
    """Discover, fetch and store the reports of the named portals (default: all), then read and publish."""
    known = read_portals(registry)
    chosen, unknown = select(known, list(portals))
    if portals and not chosen:
        raise click.UsageError("; ".join(unknown_message(name, known) for name in unknown))
    for name in unknown:
        click.echo(unknown_message(name, known), err=True)
    options = CrawlOptions(delay=delay, scope=scope, since=since, contact=contact, recheck=recheck)
    check_options(options)
    if due and not (chosen := due_portals(data, chosen, now())):
        click.echo("no portal is due")
        sys.exit(1 if unknown else 0)
    failed = _crawl_and_publish(data, chosen, options, reading=not no_read)
    sys.exit(1 if failed or unknown else 0)


def _crawl_and_publish(data: Path, portals: list[Portal], options: CrawlOptions, reading: bool) -> bool:
    """Crawl, read what is new, publish; whether something of ours or of an expectation failed."""
    # Here, because Scrapy takes half a second to import, which no other verb nor its workers should pay.
    from crawler.run import crawl as crawl_portals

    with Archive.open(data) as archive:
        results = crawl_portals(archive, portals, options, told=lambda result: click.echo(result.line))
        # What the web answered is a result; an expectation that broke, or an end of our own making, is not.
        failed = any(result.status == "broken" or result.outcome == "interrupted" for result in results)
        if reading:
            summary = _read(archive, WORKERS, again=False)
            failed = failed or "unreadable" in summary.by_status
            click.echo(f"published {publish_snapshot(archive)}")
        if not any(result.outcome == "interrupted" for result in results):
            archive.ledger.finish_run()
    return failed


@verb("nianbao preview hongsibu --contact https://example.org/crawler")
@click.argument("portal", metavar="PORTAL|URL")
@click.option("--portals", "registry", type=click.Path(path_type=Path), default=REGISTRY, help="A portals file.")
@click.option("--delay", type=float, default=3.0, show_default=True, help="Seconds between two requests to a site.")
@click.option("--scope", type=click.Choice(["government", "all"]), default="all", show_default=True)
@click.option("--contact", envvar="NIANBAO_CONTACT", show_envvar=True, help="Where a portal can reach you: a URL.")
@data_option
def preview(
    portal: str, registry: Path, delay: float, scope: Literal["government", "all"], contact: str | None, data: Path
) -> None:
    """Tell what a crawl would take on one portal and why, within 20 requests; keeps nothing but the time it asked."""
    options = CrawlOptions(delay=delay, scope=scope, contact=contact)
    check_options(options)
    chosen = _portal_named(portal, registry)
    from crawler.preview import preview as look_around

    with beside_no_writer(data):
        if until := blocked_until(data, chosen.portal):
            raise click.ClickException(f"{chosen.portal}: blocked, not asked again before {until[:10]}")
        for line in look_around(chosen, options, data).lines():
            click.echo(line)


@main.group(epilog="Example: nianbao portals check mine.csv")
def portals() -> None:
    """Add a list of portals, test one, or print what may be expected of each."""


def portals_verb(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """A verb under `nianbao portals` whose help ends with an example."""
    return portals.command(epilog=f"Example: {example}")


into_option = click.option(
    "--portals", "registry", type=click.Path(path_type=Path), default=REGISTRY, help="The portals file it is for."
)


@portals.command("import", epilog="Example: nianbao portals import mine.csv")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@into_option
def import_(file: Path, registry: Path) -> None:
    """Add the good lines of a list to the portals file (the registry, unless another is named); name the bad ones."""
    found = _examined(file, registry)
    if found.new:
        add_portals(registry, found.new)
    click.echo(f"{registry}: {len(found.new)} portals added, {found.known} there already, {len(found.bad_lines)} not")
    sys.exit(1 if found.bad_lines else 0)


@portals_verb("nianbao portals check mine.csv")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@into_option
def check(file: Path, registry: Path) -> None:
    """Test a list of portals, each line by itself and against the portals file; changes nothing."""
    found = _examined(file, registry)
    click.echo(
        f"{file}: {len(found.new)} portals are new, {found.known} known, {len(found.bad_lines)} lines are not in order"
    )
    sys.exit(1 if found.bad_lines else 0)


def _examined(file: Path, registry: Path) -> Examined:
    found = examine_against(file, registry)
    for bad in found.bad_lines:
        click.echo(f"{file}:{bad.line}: {bad.message}", err=True)
    return found


@portals_verb("nianbao portals expect hongsibu")
@click.argument("names", nargs=-1, metavar="[PORTAL]...")
@data_option
def expect(names: tuple[str, ...], data: Path) -> None:
    """Print portals' lines with what their last complete crawl lets expect, for a person to commit."""
    all_found = {found.fields["portal"]: found for found in suggestions(data)}
    unknown = [name for name in names if name not in all_found]
    if names and len(unknown) == len(names):
        raise click.UsageError(f"no such portal in {data}: {', '.join(unknown)}")
    for name in unknown:
        click.echo(f"no such portal in {data}: {name}", err=True)
    click.echo(HEADER)
    for found in (all_found[name] for name in names or all_found if name in all_found):
        slug = found.fields["portal"]
        if found.reports is None:
            click.echo(f"{slug}: no complete crawl yet, nothing to expect", err=True)
            continue
        click.echo(csv_line([found.fields[name] for name in HEADER.split(",")]))
        if found.missing:
            click.echo(f"{slug}: no report of the government for {_listed(list(found.missing))}", err=True)
    sys.exit(1 if unknown else 0)


def _portal_named(name: str, registry: Path) -> Portal:
    """A portal of the registry by its slug or home page, or one at any home page that may be asked."""
    known = read_portals(registry)
    found = [portal for portal in known if name in (portal.portal, portal.home)]
    if found:
        return found[0]
    if not name.startswith(("http://", "https://")):
        raise click.UsageError(unknown_message(name, known))
    if not is_allowed_url(name, listed_hosts()):
        raise click.UsageError(f"{name}: its host does not end with .gov.cn, and is not listed in crawler/hosts.csv")
    return Portal(portal=urlsplit(name).netloc.replace(".", "-"), adcode=None, name=name, home=name)


@verb("nianbao add report.pdf --url https://www.hongsibu.gov.cn/report.pdf")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--url", help="Where it is said to come from; kept as given, not verified.")
@click.option("--unit", metavar="NAME", help="The publishing body, where the file does not name it.")
@data_option
def add(files: tuple[Path, ...], url: str | None, unit: str | None, data: Path) -> None:
    """Take local files into the archive as originals, read and publish them."""
    failed = False
    with Archive.open(data) as archive:
        # Known portals first, so that a body's public key is the same whichever way it came in.
        archive.ledger.register([PortalRow(**vars(portal)) for portal in read_portals(REGISTRY)])
        for path in files:
            try:
                click.echo(f"{path}: {add_file(archive, path, url, unit)}")
            except OSError as error:
                click.echo(f"{path}: cannot be opened ({error.strerror})", err=True)
                failed = True
        summary = _read(archive, WORKERS, again=False)
        click.echo(f"published {publish_snapshot(archive)}")
    sys.exit(1 if failed or summary.unread else 0)


@verb("nianbao parse report.html scan.pdf")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def parse(files: tuple[Path, ...]) -> None:
    """Read files and print one JSON object per line, in their order; touches no archive."""
    failed = False
    for parsed in parse_files(list(files), min(WORKERS, len(files))):
        click.echo(json.dumps(parsed, ensure_ascii=False))
        failed = failed or parsed["status"] in ("unreadable", "not_a_report")
    sys.exit(1 if failed else 0)


@verb("nianbao read --all")
@click.option("--all", "again", is_flag=True, help="Read everything again, not only what is new.")
@click.option("--workers", type=click.IntRange(min=1), default=WORKERS, show_default=True)
@data_option
def read(again: bool, workers: int, data: Path) -> None:
    """Read stored originals into the tables; with a new parser version, list the cells that changed."""
    with Archive.open(data, make=False) as archive:
        summary = _read(archive, workers, again)
        click.echo(f"published {publish_snapshot(archive)}")
    sys.exit(1 if "unreadable" in summary.by_status else 0)


@verb("nianbao doctor --contact https://example.org/crawler")
@click.option("--contact", envvar="NIANBAO_CONTACT", show_envvar=True, help="Where a portal can reach you: a URL.")
@data_option
def doctor(contact: str | None, data: Path) -> None:
    """Tell what this machine lacks before a first crawl, and what to do about it; changes nothing."""
    findings = list(examine(data, contact, os.environ))
    for finding in findings:
        click.echo(str(finding))
    sys.exit(1 if any(finding.advice and finding.needed for finding in findings) else 0)


def _bar(label: str, length: int) -> Any:
    # On stderr and only on a terminal: stdout holds results alone.
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def _read(archive: Archive, workers: int, again: bool) -> ReadingSummary:
    with _bar("reading", 1) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        summary = read_originals(archive, workers, again, progress)
    for name, reason in summary.unread:
        click.echo(f"{name}: {reason}", err=True)
    for change in summary.changed:
        click.echo(str(change))
    counts = ", ".join(f"{count} {status}" for status, count in sorted(summary.by_status.items()))
    click.echo(f"read {summary.read} originals" + (f": {counts}" if counts else ""))
    return summary


@verb("nianbao rebuild")
@click.option("--workers", type=click.IntRange(min=1), default=WORKERS, show_default=True)
@data_option
def rebuild(workers: int, data: Path) -> None:
    """Restore lost originals from the WARC files, a lost archive.db from both; then read everything again."""
    if not (data / "warc").is_dir() and not (data / "archive.db").exists():
        raise ArchiveMissingError(f"{data}: neither warc/ nor archive.db is here; name the archive with --data")
    with Archive.open(data) as archive:
        if not archive.db.execute("SELECT 1 FROM portals").fetchone():
            # As `add` does: a portal's area is part of its bodies' keys.
            archive.ledger.register([PortalRow(**vars(portal)) for portal in read_portals(REGISTRY)])
        with click.progressbar(length=1, label="rebuilding", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            rebuilt = rebuild_archive(archive, progress)
        for loss in rebuilt.losses:
            click.echo(loss)
        counts = f"{rebuilt.restored} restored, {rebuilt.sound} were sound, {len(rebuilt.losses)} lost"
        click.echo(f"originals: {counts}; {rebuilt.rows} rows of the ledger made anew")
        _read(archive, workers, again=True)
        click.echo(f"published {publish_snapshot(archive)}")
    sys.exit(1 if rebuilt.losses else 0)


@verb("nianbao status")
@data_option
def status(data: Path) -> None:
    """Tell how each portal fares, apart from when it was asked last, and what the last crawls changed."""
    broken, waiting = False, []
    for portal in portal_health(data):
        if portal.last_attempt is None:
            waiting.append(portal.portal)
            continue
        parts = [f"{portal.portal} ({portal.name}): {portal.status}", f"{portal.reports} reports"]
        parts.append(f"last success {portal.last_success or 'never'}, last attempt {portal.last_attempt}")
        if portal.blocked_until:
            parts.append(f"not asked before {portal.blocked_until}")
        if portal.broke_expectation:
            parts.append(f"fewer than the {portal.expect_min} expected")
        if portal.missing_years:
            parts.append(f"expected since {portal.expect_since}, no report for {_listed(portal.missing_years)}")
        if portal.gone:
            parts.append(f"{portal.gone} gone")
        parts += portal.lists
        if portal.reason:
            parts.append(portal.reason)
        broken = broken or portal.broke_expectation or portal.status == "broken"
        click.echo("; ".join(parts))
    if waiting:
        click.echo(f"not crawled yet: {', '.join(waiting)}")
    for line in news(data):
        click.echo(line)
    sys.exit(1 if broken else 0)


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years))


@verb("nianbao verify")
@data_option
def verify(data: Path) -> None:
    """Compare every original and WARC file with its hash, and the database with the disk; list every loss."""
    found = inventory(data)
    lost = [0, 0]
    with _bar("verifying", sum(item.size or 0 for item in [*found.originals, *sealed(found.warc)])) as bar:
        for kind, comparison in enumerate((losses(found), warc_losses(found))):
            for compared, told in comparison:
                bar.update(compared)
                lost[kind] += len(told)
                for loss in told:
                    click.echo(str(loss))
    for path in found.strays:
        click.echo(f"no original, left by a write that was cut off or by a person: {path}", err=True)
    if found.unlisted:
        click.echo(f"{found.unlisted} files without a row yet: the next crawl takes them up", err=True)
    click.echo(f"{len(found.originals)} originals, {lost[0]} lost; {len(found.warc)} WARC files, {lost[1]} lost")
    sys.exit(1 if any(lost) else 0)


@verb("nianbao publish")
@data_option
def publish(data: Path) -> None:
    """Make the snapshot that the site shows."""
    with Archive.open(data, make=False) as archive:
        click.echo(f"published {publish_snapshot(archive)}")


@verb("nianbao export exports/2026-01")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@data_option
def export(folder: Path, data: Path) -> None:
    """Write what the site shows as CSV, Parquet and SQLite, every column described, with checksums."""
    # Here, because pyarrow takes a quarter of a second to import, which no other verb should pay.
    from archive.export import export as export_snapshot

    with _bar("exporting", 1) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        files = export_snapshot(data, folder, _descriptions(), progress)
    click.echo(f"{folder}: {len(files)} files")


def _descriptions() -> dict[str, Description]:
    """What the site's metadata says of the tables that it shows."""
    from datasette.utils import parse_metadata

    from archive.export import Description

    content = parse_metadata((ROOT / "datasette" / "metadata.yaml").read_text("utf-8"))
    tables = content["databases"]["archive"]["tables"].items()
    return {
        name: Description(about["title"], about["description"], about["columns"])
        for name, about in tables
        if not about.get("hidden")
    }


@verb("nianbao serve --port 8001")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option("--live", is_flag=True, help="Show archive.db itself, for developers.")
@data_option
def serve(host: str, port: int, live: bool, data: Path) -> None:
    """Open the archive as a site (Datasette on the snapshot)."""
    _serve(data, host, port, live)


def _serve(data: Path, host: str, port: int, live: bool) -> NoReturn:
    """Become the server: a signal to this command is then a signal to it."""
    arguments = [sys.executable, str(ROOT / "datasette" / "serve.py")]
    arguments += ["--data", str(data), "--host", host, "--port", str(port)] + (["--live"] if live else [])
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606 our own program, no shell wanted


@verb("nianbao demo --data data/demo")
@click.option("--serve/--no-serve", "serving", default=True, help="Open the site afterwards, or stop at the summary.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@data_folder(Path("data/demo"))
def demo(serving: bool, port: int, data: Path) -> None:
    """From a checkout: crawl the replica web on loopback, read, publish and open the site."""
    sys.path.insert(0, str(ROOT))
    try:
        from tests.replica import Replica
        from tests.replica.demo import mark_as_demo, proxies, summary
    except ImportError as error:
        raise click.UsageError(f"the demo runs from a checkout after `make demo` has set it up ({error})") from None
    if objection := mark_as_demo(data):
        raise click.UsageError(objection)
    with Replica() as web:
        os.environ.update(proxies(web))
        failed = _crawl_and_publish(data, read_portals(web.portals_csv), CrawlOptions(delay=0), reading=True)
    click.echo(summary(data, port))
    if failed:
        sys.exit(1)
    if serving:
        _serve(data, "127.0.0.1", port, live=False)


if __name__ == "__main__":
    main()
