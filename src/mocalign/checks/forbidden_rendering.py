"""A rendering stands that the glossary or the term base forbids.

Why it matters: the wrong term of art (覚書 for a memorandum of cooperation, 参照 for reference to a tribunal) changes the kind
of the instrument or of the duty.

What to do: write the rendering the message names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import profile
from mocalign.config import Config
from mocalign.glossary import Term, read_glossary, term_base
from mocalign.model import Segment, Severity
from mocalign.pair import Pair

__all__ = ["CHECK", "mentions"]

_QUIET = frozenset(
    {"modality", "preamble", "structure", "legal", "parties"}
)  # other checks read these from the grammar


@lru_cache(maxsize=4096)
def mentions(term: str) -> re.Pattern[str]:
    """Return the pattern of an English term in running text: inflected s, any case unless it is an abbreviation."""
    words = [re.escape(w) for w in term.split()]
    body = r"[\s-]+".join(words)
    flags = 0 if term.isupper() else re.IGNORECASE
    return re.compile(rf"\b{body}(?:s|es)?\b", flags)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield forbidden renderings of terms that the English of the bead uses."""
    own = read_glossary(config.glossary) if config.glossary else ()
    kind = profile(pair)
    mine = {t.en.casefold() for t in own}
    base = tuple(
        t
        for t in term_base()
        if t.forbidden
        and not t.sense
        and t.domain not in _QUIET
        and t.en.casefold() not in mine
        and t.register in ("any", kind)
        and len(t.en) > 3
        and not t.en.startswith(("not ", "non-"))
    )
    for bead in pair.beads:
        if not bead.ja or not bead.en:
            continue
        english = " ".join(pair.body(pair.en, s).text for s in bead.en)
        japanese = "".join(pair.body(pair.ja, s).text for s in bead.ja)
        for trusted, terms in ((True, own), (False, base)):
            for term in terms:
                if not term.forbidden or not any(f in japanese for f in term.refused):
                    continue
                place = mentions(term.en).search(english)
                if place is None:
                    continue
                plain = term.domain == "instrument" and term.en.islower() and place[0].islower()
                if plain and not trusted and kind not in ("moc", "treaty"):
                    continue  # the protocols of a network, private arrangements: no instruments
                rest = japanese
                for good in sorted(term.allowed, key=len, reverse=True):
                    rest = rest.replace(good, "\0" * len(good))
                if not trusted and (rest != japanese or _licensed(term, english, (*own, *term_base()))):
                    continue
                yield from _hits(pair, bead.ja, bead.en, term, rest, trusted)


def _licensed(term: Term, english: str, terms: tuple[Term, ...]) -> bool:
    """Tell whether another term of the bead allows what this one forbids."""
    return any(
        other is not term and set(other.allowed) & set(term.refused) and mentions(other.en).search(english)
        for other in terms
    )


def _hits(
    pair: Pair, ja: tuple[Segment, ...], en: tuple[Segment, ...], term: Term, rest: str, trusted: bool
) -> Iterator[Hit]:
    for bad in sorted(term.refused, key=len, reverse=True):
        if bad not in rest:
            continue
        for segment in ja:
            view = pair.body(pair.ja, segment)
            at = view.text.find(bad)
            while at >= 0 and any(g in view.text[max(0, at - 20) : at + 40] and bad in g for g in term.allowed):
                at = view.text.find(bad, at + 1)
            if at < 0:
                continue
            where = next(
                (
                    v.span(m.start(), m.end())
                    for s in en
                    for v in (pair.body(pair.en, s),)
                    for m in (mentions(term.en).search(v.text),)
                    if m
                ),
                None,
            )
            wanted = "、".join(term.ja[:2]) or "—"
            yield Hit(
                f'"{term.en}" is rendered 「{bad}」, which is not allowed; allowed: {wanted}.',
                f"「{term.en}」の訳「{bad}」は用いない。認められる訳：{wanted}。",
                ja=view.span(at, at + len(bad)),
                en=where,
                confidence=0.95 if trusted else 0.75,
                severity=None if trusted else Severity.minor,
                suggestion=term.ja[0] if term.ja else None,
            )
            return


CHECK = Check(
    code="TER001",
    name="forbidden-rendering",
    mqm="terminology/wrong-term",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="用語集又は用語基盤が禁じている訳語が使われている。\n\nなぜ問題か：用語を取り違えると、文書の種類や義務の内容が変わる。\n\n対処：示された訳語に直す。",
    find=find,
    examples=(
        Example(
            ja="よくある質問\n利用者は、公開の手順で文書を取得できます。条件は、作者との間の協定によります。",
            en="Frequently asked questions\nUsers can get the document by public protocols. The terms depend on private arrangements with the author.",
        ),
        Example(
            ja="この⟦了解覚書⟧は、署名の日に開始する。",
            en="This ⟦Memorandum of Cooperation⟧ will commence on the date of signature.",
            suggestion="協力覚書",
        ),
        Example(
            ja="この協力覚書は、署名の日に開始する。",
            en="This Memorandum of Cooperation will commence on the date of signature.",
        ),
    ),
)
