"""`python -m tests.matrix`: see tests/matrix/whole.py."""

from __future__ import annotations

import sys

from tests.matrix.whole import main

if __name__ == "__main__":
    sys.exit(main())
