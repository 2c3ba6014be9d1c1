"""The replica web: real portals' hosts played on loopback, for the tests and `nianbao demo`.

`with Replica() as web:` starts a forward proxy at `web.proxy_url`; `web.truth` says what a crawl should
find. Start it by hand with `python -m tests.replica`.
"""

from tests.replica.proxy import Seen
from tests.replica.truth import TrueDocument, TrueReport
from tests.replica.web import WIDE, Replica

__all__ = ["WIDE", "Replica", "Seen", "TrueDocument", "TrueReport"]
