"""Accept or dismiss findings of a JSON report: write or extend a decisions file that `--baseline` reads."""

from __future__ import annotations

import argparse

NAME = "accept"
HELP = "accept or dismiss findings with a reason, for --baseline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb."""
    parser.add_argument("report", metavar="REPORT.json", help="the JSON report that holds the findings")
    parser.add_argument(
        "findings",
        metavar="FINDING",
        nargs="+",
        help="fingerprints, codes, names or prefixes of codes; all findings that fit are decided",
    )
    parser.add_argument("--reason", required=True, help="why the finding is settled")
    parser.add_argument("--person", default="", help="who decided")
    parser.add_argument("--date", help="YYYY-MM-DD (default: today)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--dismiss",
        dest="status",
        action="store_const",
        const="dismissed",
        help="the finding is wrong, not just accepted",
    )
    kind.add_argument("--open", dest="status", action="store_const", const="open", help="note the reason, hide nothing")
    parser.set_defaults(status="accepted")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="decisions.json", help="decisions file to write or extend"
    )


def run(args: argparse.Namespace) -> int:
    """Run the verb."""
    import datetime
    from pathlib import Path

    from mocalign.cli import note, out
    from mocalign.decisions import Decision, merge, read_decisions, to_json
    from mocalign.errors import ConfigError, nearest
    from mocalign.report import read_findings
    from mocalign.writers import write_bytes

    rows = read_findings(args.report)
    known = {str(row[key]) for row in rows for key in ("fingerprint", "code", "name") if row.get(key)}
    date = args.date or datetime.date.today().isoformat()
    made: dict[str, Decision] = {}
    for wanted in args.findings:
        fits = [
            row
            for row in rows
            if wanted in (row["fingerprint"], row.get("name"))
            or (wanted and str(row.get("code", "")).startswith(wanted))
        ]
        if not fits:
            raise ConfigError(f"{args.report}: no finding fits {wanted!r}{nearest(wanted, known) if known else ''}")
        for row in fits:
            quote = (row.get("ja") or row.get("en") or {}).get("text", "")
            made[str(row["fingerprint"])] = Decision(
                fingerprint=str(row["fingerprint"]),
                code=str(row.get("code", "")),
                status=args.status,
                reason=args.reason,
                person=args.person,
                date=date,
                label=str(row.get("label", "")),
                quote=str(quote),
            )
    old = read_decisions(args.output) if Path(args.output).exists() else ()
    present = {str(row["fingerprint"]) for row in rows}
    for decision in old:
        if decision.fingerprint not in present:
            note(f"mocalign: decision {decision.fingerprint} ({decision.code}) fits no finding of {args.report}")
    write_bytes(args.output, to_json(merge(old, made.values())).encode("utf-8", "replace"))
    out(f"{len(made)} {args.status}: {args.output}\n")
    return 0
