"""JUnit XML, as build servers read it: one test case a check.

A test case fails when its check found something at or above `fail_on` (the setting of `--fail-on`); what is below stands
in `system-out`. A check that ran and found nothing is a passed test, so a dashboard shows what was looked for. There is
no time in the file: the same report gives the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from xml.sax.saxutils import escape, quoteattr

from mocalign.model import Finding, Severity
from mocalign.report import Report
from mocalign.writers import Options
from mocalign.writers.places import Lines, is_text, main_side, pages, shown_path
from mocalign.writers.shared import xml_safe

__all__ = ["render"]


def render(report: Report, options: Options) -> str:
    """Return the report as a JUnit test suite."""
    lines = {"ja": Lines(report.alignment.ja.text), "en": Lines(report.alignment.en.text)}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.code].append(finding)
    cases, failures = [], 0
    names = {check.code: check.name for check in pages(report)}
    names |= {f.code: f.name for f in report.findings}
    for code in sorted(names):
        severe = [f for f in found[code] if options.fail_on != "never" and f.severity >= Severity[options.fail_on]]
        rest = [f for f in found[code] if f not in severe]
        body = ""
        if severe:
            failures += 1
            worst = max(f.severity for f in severe).name
            message = severe[0].message_ja if options.lang == "ja" else severe[0].message
            more = f" (+{len(severe) - 1})" if len(severe) > 1 else ""
            text = "\n".join(_line(f, report, options, lines) for f in severe)
            body += f"    <failure type={_attr(worst)} message={_attr(message + more)}>{_text(text)}</failure>\n"
        if rest:
            text = "\n".join(_line(f, report, options, lines) for f in rest)
            body += f"    <system-out>{_text(text)}</system-out>\n"
        head = f"  <testcase classname={_attr(f'mocalign.{code[:3]}')} name={_attr(f'{code} {names[code]}')}"
        cases.append(f"{head}>\n{body}  </testcase>\n" if body else f"{head}/>\n")
    main = report.alignment.ja if report.alignment.ja.source else report.alignment.en
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    properties = "".join(
        f"    <property name={_attr(str(key))} value={_attr(value if isinstance(value, str) else ' '.join(map(str, value)))}/>\n"
        for key, value in report.signature.items()
        if isinstance(value, str | list | tuple)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="mocalign" {counts}>\n'
        f'<testsuite name={_attr(shown_path(main))} {counts} skipped="0">\n'
        f"  <properties>\n{properties}  </properties>\n"
        f"{''.join(cases)}</testsuite>\n</testsuites>\n"
    )


def _line(finding: Finding, report: Report, options: Options, lines: dict[str, Lines]) -> str:
    document, span = main_side(report, finding)
    line, column = lines[document.lang].place(span.start)
    place = f"{shown_path(document)}:{line}:{column}" if is_text(document) else shown_path(document)
    label = f" [{'.'.join(finding.label)}]" if finding.label else ""
    message = finding.message_ja if options.lang == "ja" else finding.message
    return f"{place}{label}: {finding.severity.name}: {message}"


def _attr(text: str) -> str:
    return quoteattr(xml_safe(text))


def _text(text: str) -> str:
    return escape(xml_safe(text))
