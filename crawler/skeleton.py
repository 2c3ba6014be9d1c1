"""The shape of a page: which tags hold its links. A redesign changes it, another report in the list does not."""

from __future__ import annotations

import hashlib

from crawler.harvest import parse


def skeleton(html: str) -> str:
    """A digest of the distinct ways from the root to a link; of a page that cannot be read, that of no ways."""
    tree = parse(html)
    ways = set[str]()
    if tree is not None:
        for link in tree.iter("a"):
            tags = [str(element.tag) for element in link.iterancestors()]
            ways.add("/".join(reversed(tags)))
    return hashlib.sha256("\n".join(sorted(ways)).encode()).hexdigest()[:16]
