"""Coordinated members have not the same form.

Why it matters: in 明示的又は黙示的、直接的又は間接的に the first pair lacks its に, in 企画及び実施される a noun stands beside a verb: the
reader has to guess what the particle or the ending belongs to.

What to do: give every member the same form (明示的又は黙示的に、…; 企画され、及び実施される).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_OR = r"(?:又は|または|及び|および|かつ|若しくは|もしくは|並びに)"
_MANNER = re.compile(
    rf"(?P<one>[一-鿿]{{1,4}}的{_OR}[一-鿿]{{1,4}}的)(?=、(?:かつ、?|又は、?)?[一-鿿]{{1,4}}的(?:{_OR}[一-鿿]{{1,4}}的)?(?P<form>[にな]))"
)
_VERB = re.compile(
    rf"(?<![一-鿿ァ-ヴー・の])(?<![一-鿿ァ-ヴー]、)(?P<noun>[一-鿿]{{2}})(?P<or>{_OR})(?P<verb>[一-鿿]{{2}})(?P<end>され|する|し得|すること|している)"
)
_VERBAL = re.compile(r"(?:し|され)、(?:及び|又は|並びに|若しくは)")
_HABIT = 2  # verbs joined in full from which on the document knows the full form


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield adverbs that lack the particle of their sister, and nouns coordinated with a verb."""
    full = len(_VERBAL.findall(pair.ja_text)) >= _HABIT
    for segment in pair.ja.segments:
        if segment.kind in ("title", "heading", "caption", "signature"):
            continue
        view = pair.body(pair.ja, segment)
        for match in _MANNER.finditer(view.text):
            new = match["one"] + match["form"]
            yield Hit(
                f"{match['one']} lacks the {match['form']} of its sister.",
                f"「{match['one']}」には、並列する語句と同じ「{match['form']}」が要る。",
                ja=view.span(*match.span("one")),
                confidence=0.8,
                suggestion=new,
            )
        for match in _VERB.finditer(view.text):
            found = japanese.tokens(match["noun"], mode="C")
            if len(found) != 1 or found[0].pos[2:3] != ("サ変可能",):
                continue
            if not full and not match["end"].startswith("され"):
                continue
            passive = match["end"].startswith("され")
            new = f"{match['noun']}{'され' if passive else 'し'}、{match['or']}{match['verb']}"
            start, end = match.start("noun"), match.end("verb")
            yield Hit(
                f"{view.text[start:end]}: a noun is joined with a verb; legal drafting writes {new}….",
                f"「{view.text[start:end]}」は名詞と動詞を並列している。法令では「{new}…」とする。",
                ja=view.span(start, end),
                confidence=0.65,
                # Widely written so: a matter of taste.
                severity=Severity.neutral,
                suggestion=new,
            )


CHECK = Check(
    code="STY011",
    name="broken-parallel",
    mqm="style/unidiomatic-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="並列する語句の形が揃っていない。\n\nなぜ問題か：助詞や語尾がどこまでかかるのかを読み手が推測することになる。\n\n対処：「明示的又は黙示的に、」「企画され、及び実施される」のように形を揃える。",
    find=find,
    examples=(
        Example(
            ja="いかなる権利も、⟦明示的又は黙示的⟧、直接的又は間接的に与えるものではない。",
            suggestion="明示的又は黙示的に",
        ),
        Example(ja="いかなる権利も、明示的又は黙示的に、直接的又は間接的に与えるものではない。"),
        Example(
            ja="情報は、交換され、及び保管される。\n記録は、作成し、及び保管する。\n活動は、⟦企画及び実施⟧される。",
            suggestion="企画され、及び実施",
        ),
        Example(
            ja="情報は、交換され、及び保管される。\n記録は、作成し、及び保管する。\n活動は、企画され、及び実施される。"
        ),
        Example(ja="情報の交換及び保管に関する規則を定める。"),
    ),
)
