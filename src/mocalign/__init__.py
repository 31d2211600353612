"""Compare the Japanese translation of an international instrument with its English text.

    report = mocalign.review("moc.ja.docx", "moc.en.pdf")        # or review("draft.ja.md") alone
    ja, en = mocalign.read("moc.ja.docx", "ja"), mocalign.read("moc.en.pdf", "en")
    alignment = mocalign.align(ja, en)
    findings = mocalign.check(alignment, mocalign.Config(select=("ACC", "LIN")))

Everything is loaded on first use; importing this package is cheap. Nothing ever uses the network.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mocalign import corpora
    from mocalign.api import align, check, parse, read, review
    from mocalign.batch import review_many
    from mocalign.config import Config, load_config
    from mocalign.display import progress_bar
    from mocalign.errors import (
        ConfigError,
        MissingExtraError,
        MocalignError,
        PromiseError,
        ReadError,
        WriteError,
    )
    from mocalign.memory import Precedent, Precedents, precedents
    from mocalign.model import Alignment, Bead, Document, Finding, Segment, Severity, Span, View
    from mocalign.report import Report
    from mocalign.termlist import Term, TermList, terms

__version__ = "0.1.0"

_HOME = {
    "Alignment": "model",
    "Bead": "model",
    "Config": "config",
    "ConfigError": "errors",
    "Document": "model",
    "Finding": "model",
    "MissingExtraError": "errors",
    "MocalignError": "errors",
    "Precedent": "memory",
    "Precedents": "memory",
    "PromiseError": "errors",
    "ReadError": "errors",
    "Report": "report",
    "Segment": "model",
    "Severity": "model",
    "Span": "model",
    "Term": "termlist",
    "TermList": "termlist",
    "View": "model",
    "WriteError": "errors",
    "align": "api",
    "check": "api",
    "load_config": "config",
    "parse": "api",
    "precedents": "memory",
    "progress_bar": "display",
    "read": "api",
    "review": "api",
    "review_many": "batch",
    "terms": "termlist",
}
_MODULES = ("corpora",)

__all__ = [
    "Alignment",
    "Bead",
    "Config",
    "ConfigError",
    "Document",
    "Finding",
    "MissingExtraError",
    "MocalignError",
    "Precedent",
    "Precedents",
    "PromiseError",
    "ReadError",
    "Report",
    "Segment",
    "Severity",
    "Span",
    "Term",
    "TermList",
    "View",
    "WriteError",
    "align",
    "check",
    "corpora",
    "load_config",
    "parse",
    "precedents",
    "progress_bar",
    "read",
    "review",
    "review_many",
    "terms",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(f"mocalign.{_HOME[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"mocalign.{name}")
    else:
        raise AttributeError(f"module 'mocalign' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
