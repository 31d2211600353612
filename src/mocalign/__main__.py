"""`python -m mocalign`."""

from __future__ import annotations

import sys

from mocalign.cli import main

if __name__ == "__main__":
    sys.exit(main())
