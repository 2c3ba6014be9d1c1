"""What `nianbao demo` does beside crawling: it marks its folder, and says what to look at and what to ask."""

from __future__ import annotations

from pathlib import Path

from tests.replica.web import Replica

NOTICE = (
    "演示：这些网站是仿造的，多数数字是虚构的，不要引用。"
    " A demonstration: the web it crawled is a replica and most figures are made up. Do not quote them.\n"
)
SUMMARY = """
The archive is in {data}: archive.db, originals/ and the snapshot site/archive.db.

Look at (once the site is open: nianbao serve --data {data} --port {port})
  http://127.0.0.1:{port}/                                       what is in it, search, questions
  http://127.0.0.1:{port}/reports/640303-hongsibu-2019           a report whose totals do not add up
  http://127.0.0.1:{port}/units/640303-hongsibu                  a district's record over the years
  http://127.0.0.1:{port}/how-to-read                            before you quote a number

Ask, at http://127.0.0.1:{port}/archive or with any SQLite tool on the snapshot
  1. Who received how many requests in 2024?
     SELECT reports.unit, requests.total FROM requests JOIN reports ON reports.id = requests.report_id
     WHERE outcome = 'new_received' AND year = 2024 ORDER BY requests.total DESC;
  2. What does not add up, and by how much?
     SELECT reports.unit, reports.year, checks.sentence FROM checks JOIN reports ON reports.id = checks.report_id
     WHERE checks.status = 'fail';
  3. How often was a government corrected when it was challenged?
     SELECT unit, year, reconsideration_corrected, reconsideration_total FROM governments ORDER BY year, unit;
"""


def mark_as_demo(data: Path) -> str | None:
    """Put the demo's notice into its folder. Gives the reason when the folder cannot be the demo's."""
    notice = data / "notice.txt"
    try:
        is_demo = notice.exists() and notice.read_text("utf-8") == NOTICE
        if (data / "archive.db").exists() and not is_demo:
            return f"{data}: holds an archive, which made-up reports must not mix with; name another --data"
        data.mkdir(parents=True, exist_ok=True)
        notice.write_text(NOTICE, "utf-8")
    except OSError as error:
        return f"{data}: cannot be written ({error.strerror}); name another folder with --data"
    return None


def proxies(web: Replica) -> dict[str, str]:
    """The environment in which the replica is the only way out."""
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    return dict.fromkeys(names, web.proxy_url) | {"no_proxy": "", "NO_PROXY": ""}


def summary(data: Path, port: int) -> str:
    """What to look at and what to ask, for the end of the demo."""
    return SUMMARY.format(data=data, port=port)
