"""Explain a check: what it finds, why that matters, what to do."""

from __future__ import annotations

import argparse

from mocalign.verbs.common import interface_language

NAME = "explain"
HELP = "explain a check, or list all checks"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="code or name of a check; without it, all in a list")
    parser.add_argument("--lang", choices=("en", "ja"))
    parser.add_argument("--markdown", action="store_true", help="all pages in both languages, as docs/checks.md")


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    from mocalign.checks.drift_pages import DRIFT
    from mocalign.checks.installed import all_checks
    from mocalign.cli import out
    from mocalign.config import Config
    from mocalign.errors import ConfigError, nearest

    pages = (*all_checks(), *DRIFT)
    if args.markdown:
        out(reference())
        return 0
    ja = interface_language(Config(lang=args.lang)) == "ja"
    if args.code is None:
        for c in pages:
            title = (c.doc_ja if ja else c.doc).strip().splitlines()[0]
            out(f"{c.code}  {c.name:32} {c.severity.name:9} {title}\n")
        return 0
    for c in pages:
        if args.code in (c.code, c.name):
            out(f"{c.code} {c.name} ({c.mqm}; {c.severity.name})\n\n{(c.doc_ja if ja else c.doc).strip()}\n")
            flagged = [e for e in c.examples if e.flagged]
            clean = [e for e in c.examples if not e.flagged]
            for title, examples in (
                ()
                if not c.examples
                else (
                    ("指摘する例" if ja else "Found", flagged),
                    ("指摘しない例" if ja else "Not found", clean),
                )
            ):
                out(f"\n{title}:\n")
                for e in examples:
                    out("".join(f"  {side}: {text}\n" for side, text in (("ja", e.ja), ("en", e.en)) if text))
            return 0
    names = [c.code for c in pages] + [c.name for c in pages]
    raise ConfigError(f"no check is called {args.code!r}{nearest(args.code, names)}")


def reference() -> str:
    """Return all built-in pages as Markdown, in both languages, with their examples."""
    from mocalign.checks import CHECKS
    from mocalign.checks.drift_pages import DRIFT

    pages = sorted((*CHECKS, *DRIFT), key=lambda c: c.code)
    lines = [
        "# Checks",
        "",
        "Made by `mocalign explain --markdown > docs/checks.md`; a test says when it is old. What stands inside ⟦ ⟧ in an example",
        "is what is found; an example without them stays silent. AUD9xx are reported by `mocalign drift`.",
        "",
        "| Code | Name | Severity | Needs | What it finds |",
        "|---|---|---|---|---|",
    ]
    for c in pages:
        lines.append(
            f"| [{c.code}](#{c.code.lower()}-{c.name}) | {c.name} | {c.severity.name} | {_NEEDS[c.needs]} | {_cell(c.title)} |"
        )
    for c in pages:
        lines += ["", f"## {c.code} {c.name}", "", f"MQM: `{c.mqm}`; severity: {c.severity.name}"]
        lines += [f"; profiles: {', '.join(c.profiles)}"] if c.profiles else []
        lines += ["", c.doc.strip(), "", c.doc_ja.strip()]
        for title, flagged in (("Found / 指摘する例", True), ("Not found / 指摘しない例", False)):
            examples = [e for e in c.examples if e.flagged is flagged]
            if examples:
                lines += ["", f"{title}:", "", "```text"]
                for number, e in enumerate(examples):
                    lines += [""] if number else []
                    lines += [f"{side}: {text}" for side, text in (("ja", e.ja), ("en", e.en)) if text]
                lines.append("```")
    return "\n".join(lines) + "\n"


_NEEDS = {"ja": "Japanese", "en": "English", "either": "either text", "both": "both texts"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
