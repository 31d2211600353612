"""The glossary's rendering of a term is not used.

Why it matters: a glossary is what the parties have settled; another word for the same thing reads as another thing.

What to do: write the glossary's rendering, or add this one to the glossary as a variant.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.forbidden_rendering import mentions
from mocalign.config import Config
from mocalign.glossary import Term, read_glossary
from mocalign.model import Severity, Span
from mocalign.pair import Pair

__all__ = ["CHECK"]

_EXAMPLE = str(Path(__file__).resolve().parent.parent / "data" / "example_glossary.csv")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield terms of the user's glossary whose renderings are absent from the bead and its neighbours."""
    if not config.glossary:
        return
    terms = [t for t in read_glossary(config.glossary) if t.ja]
    texts = ["".join(pair.body(pair.ja, s).text for s in bead.ja) for bead in pair.beads]
    for number, bead in enumerate(pair.beads):
        if not bead.ja or not bead.en:
            continue
        around = "".join(texts[max(0, number - 1) : number + 2])
        for term in terms:
            if any(form in around for form in (*term.allowed, *term.refused)):
                continue
            for _segment, view in pair.en_views(bead):
                match = mentions(term.en).search(view.text)
                if match is None or _inside(terms, term.en, view.text, match.start(), match.end()):
                    continue
                en = view.span(match.start(), match.end())
                yield Hit(
                    f'"{term.en}" is not rendered 「{term.ja[0]}」 as the glossary has it.',
                    f"「{term.en}」が用語集の訳「{term.ja[0]}」になっていない。",
                    ja=_instead(pair, number, en),
                    en=en,
                    confidence=0.8,
                )
                break


def _inside(terms: list[Term], own: str, text: str, start: int, end: int) -> bool:
    """Tell whether the place belongs to a longer term of the glossary."""
    for term in terms:
        longer = term.en
        if len(longer) > len(own) and any(
            m.start() <= start and end <= m.end() for m in mentions(longer).finditer(text)
        ):
            return True
    return False


def _instead(pair: Pair, number: int, en: Span) -> Span | None:
    """The Japanese words that answer the term."""
    answer = pair.lexicon.answer(number)
    inside = {k for k, w in enumerate(answer.words) if en.start <= w.start and w.end <= en.end}
    found = sorted({link.ja for link in answer.links if link.en in inside and link.strength >= 0.7})
    if not found:
        return None
    first = last = found[0]
    for k in found[1:]:
        if answer.pieces[k].start - answer.pieces[last].end > 2:
            break
        last = k
    return Span(answer.pieces[first].start, pair.ja.text[answer.pieces[first].start : answer.pieces[last].end])


CHECK = Check(
    code="TER002",
    name="glossary-mismatch",
    mqm="terminology/inconsistent-with-terminology-resource",
    severity=Severity.minor,
    doc=__doc__,
    doc_ja="用語集の訳語が使われていない。\n\nなぜ問題か：用語集は当事者間の取決めであり、別の語は別のものを指すと読まれる。\n\n対処：用語集の訳語に直すか、この訳語を用語集に加える。",
    find=find,
    examples=(
        Example(
            ja="幹事会は、毎年会合する。",
            en="The ⟦Steering Committee⟧ will meet every year.",
            settings=(("glossary", _EXAMPLE),),
        ),
        Example(
            ja="運営委員会は、パイロット事業を承認する。",
            en="The Steering Committee will approve the pilot projects.",
            settings=(("glossary", _EXAMPLE),),
        ),
        Example(ja="幹事会は、毎年会合する。", en="The Steering Committee will meet every year."),
    ),
)
