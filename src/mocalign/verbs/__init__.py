"""The verbs of the command line, one file each, listed by hand.

A verb module has `NAME`, `HELP`, `add_arguments(parser)` and `run(args) -> (exit code)`; it prints through `cli.out`.
"""

from __future__ import annotations

VERBS = ("check", "align", "segment", "explain", "demo", "accept", "drift", "batch", "changed", "precedents", "terms")
