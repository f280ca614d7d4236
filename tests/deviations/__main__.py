"""The entry of `python -m tests.deviations`."""

from __future__ import annotations

import sys

from tests.deviations.command import main

if __name__ == "__main__":
    sys.exit(main())
