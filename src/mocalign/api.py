"""The stages as functions: arguments in, result out, nothing stored, nothing printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocalign.config import Config, load_config
from mocalign.model import Alignment, Bead, Document, Finding, Lang

if TYPE_CHECKING:
    from mocalign.embed import Embedder
    from mocalign.report import Report

Progress = Callable[[str, int, int], None]
LINKED_BEADS = 3000  # beyond it a page would grow heavy with links that nobody hovers over

__all__ = ["align", "check", "parse", "read", "review", "signature"]


def read(path: str | Path, lang: Lang) -> Document:
    """Read a file (text, Markdown, HTML, DOCX, text-layer PDF …) into a `Document`.

    Raises `ReadError` with one clear line when the file cannot be read as what it claims to be.
    """
    from mocalign import readers

    return readers.read(path, lang)


def parse(text: str, lang: Lang, *, source: str = "<text>") -> Document:
    """Cut a text that is already in memory (plain text or Markdown) into a `Document`."""
    from mocalign import readers

    return readers.parse(text, lang, source=source)


def align(
    ja: Document,
    en: Document,
    *,
    config: Config | None = None,
    embedder: Embedder | None = None,
    beads: Iterable[tuple[Sequence[int], Sequence[int]]] = (),
    progress: Progress | None = None,
) -> Alignment:
    """Align two documents; every segment of each side ends up in exactly one bead.

    With one side empty every bead holds one segment of the other. `beads` are decided by a person (segment indices of
    both sides) and kept; the rest is aligned around them. `progress` is told a stage, how much is done and how much
    there is.
    """
    config = config or Config()
    if not en.segments:
        return Alignment(ja, en, tuple(Bead((s,), (), 0.0, "ja-only") for s in ja.segments))
    if not ja.segments:
        return Alignment(ja, en, tuple(Bead((), (s,), 0.0, "en-only") for s in en.segments))
    from mocalign import aligner
    from mocalign.embed import get_embedder

    return aligner.align(
        ja,
        en,
        embedder=embedder or get_embedder(config.embedder, cache=config.cache),
        fixed=beads,
        progress=progress,
    )


def check(alignment: Alignment, config: Config | None = None) -> tuple[Finding, ...]:
    """Run the checks that a configuration selects and return their findings in the order of the text."""
    from mocalign.checks import run
    from mocalign.checks.installed import all_checks
    from mocalign.pair import Pair

    config = config or Config()
    return run(Pair(alignment, config), config, all_checks())


def review(
    ja: str | Path | Document | None,
    en: str | Path | Document | None = None,
    *,
    config: Config | None = None,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read, align and check a pair (or one side alone) and return the `Report`.

    Paths are read; `Document`s are taken as they are. A single path may be a file that holds both languages; a single
    text without any Japanese is checked as English. Without `config` the nearest configuration file holds. `progress` is
    told a stage, how much is done and how much there is (`mocalign.progress_bar()` draws one).
    """
    config = config or load_config()
    if en is None and isinstance(ja, str | Path):
        ja_doc, en_doc = _single(ja)
    else:
        ja_doc = Document.empty("ja") if ja is None else ja if isinstance(ja, Document) else read(ja, "ja")
        en_doc = Document.empty("en") if en is None else en if isinstance(en, Document) else read(en, "en")
    alignment = align(ja_doc, en_doc, config=config, embedder=embedder, progress=progress)
    return report_of(alignment, config, embedder=embedder, progress=progress)


def _single(path: str | Path) -> tuple[Document, Document]:
    """Read one file: both languages, Japanese alone or English alone."""
    from mocalign import readers
    from mocalign.model import is_japanese

    if readers.is_bilingual(path):
        return readers.read_pair(path)
    document = readers.read(path, "ja")
    if not any(is_japanese(char) for char in document.text) and any(
        char.isascii() and char.isalpha() for char in document.text
    ):
        return Document.empty("ja"), readers.read(path, "en")
    return document, Document.empty("en")


def report_of(
    alignment: Alignment, config: Config, *, embedder: Embedder | None = None, progress: Progress | None = None
) -> Report:
    """Check an alignment and return the `Report`: findings, word links for highlighting, signature."""
    from mocalign.checks import run
    from mocalign.checks.installed import all_checks
    from mocalign.instrument import governing_text
    from mocalign.pair import Pair
    from mocalign.report import Report

    pair = Pair(alignment, config)
    findings = run(pair, config, all_checks(), progress=progress)
    made = dict(signature(config, paired=pair.has_japanese and pair.has_english, embedder=embedder))
    made["governs"] = governing_text(pair.ja_text, pair.en_text)
    links = {}
    if pair.has_japanese and pair.has_english and len(pair.beads) <= LINKED_BEADS:
        from mocalign.lexicon import word_links

        links = {number: word_links(pair, number) for number, bead in enumerate(pair.beads) if bead.ja and bead.en}
    return Report(alignment, findings, made, links)


def signature(config: Config, *, paired: bool, embedder: Embedder | None = None) -> Mapping[str, Any]:
    """What made a report: versions, embedder, dictionary, profile, checks."""
    from mocalign import __version__
    from mocalign.checks import selected
    from mocalign.checks.installed import all_checks
    from mocalign.contextual import encoder_name
    from mocalign.japanese import dictionary_version
    from mocalign.lexicon import dictionary_name

    if not paired:
        name = "none"
    elif embedder is not None:
        name = embedder.name
    else:
        from mocalign.embed import get_embedder

        name = get_embedder(config.embedder, cache=config.cache).name
    return {
        "mocalign": __version__,
        "embedder": name,
        "dictionary": dictionary_version(),
        "lexicon": dictionary_name() if paired and config.dictionary else "none",
        "words": encoder_name() if paired and config.context else "none",
        "profile": config.profile,
        "checks": [c.code for c in selected(all_checks(), config)],
    }
