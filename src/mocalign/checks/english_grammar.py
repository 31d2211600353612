"""The English is not grammatical: a for an, a verb of the wrong number, a word lost or doubled.

Why it matters: "each Party shall ensures" and "in accordance the law" stand in texts that are signed; the reader cannot tell
whether a letter or half a clause is wrong, and the translator has to guess what was meant.

What to do: correct the English, or ask who is responsible for it.

How it is found: only what no reading allows. Articles are judged by the sound that follows; number by nouns of the genre that
stand at the very head of their clause; lost and doubled words by phrases that are set (`data/english_slips.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mocalign import data, english
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.tools import quoted
from mocalign.config import Config
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Nouns of the genre whose plural is no verb and no name of one thing. Written for this project.
_NOUNS = (
    "party participant member state government ministry country provision obligation condition activity expense right "
    "requirement procedure representative expert authority institution organisation organization person user document "
    "amendment dispute difference regulation project decision agreement arrangement commitment principle objective "
    "resource facility licensor licensee contractor supplier signatory territory official enterprise company "
    "consumer employee worker child citizen vessel vehicle product invention mechanism standard guideline article paragraph"
).split()
# Verbs whose forms in -s are no nouns of the genre.
_VERBS = (
    "intend agree ensure provide undertake recognise recognize affirm confirm decide consider cooperate make take give keep apply "
    "include contain require become remain exist comply notify acknowledge accept seek encourage promote establish "
    "determine adopt inform consult carry enter publish submit bear retain reserve waive expect believe understand "
    "reaffirm endeavour endeavor facilitate strengthen bring desire allow enable prohibit"
).split()


def _s(word: str) -> str:
    """The form in -s."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|sh|ch|x|[^aeiou]o)$", word) else "s")


_PLURAL = {("children" if n == "child" else _s(n)): n for n in _NOUNS}
_THIRD = {_s(v): v for v in _VERBS} | {"is": "are", "was": "were", "has": "have", "does": "do"}
_BASE = {v: k for k, v in _THIRD.items()}
_ANY_PLURAL = "|".join(sorted(_PLURAL, key=len, reverse=True))
_ANY_NOUN = "|".join(sorted(_NOUNS, key=len, reverse=True))
_ANY_THIRD = "|".join(sorted(_THIRD, key=len, reverse=True))
_ANY_BASE = "|".join(sorted(_BASE, key=len, reverse=True))
# The clause goes on here: the noun before it was its noun, and no part of a compound.
_ON = r"(?=\s+(?:of|to|in|on|at|by|for|from|with|under|that|which|who|shall|will|may|must|should|is|are|has|have|was|were|as|if)\b|\s*[,.;:)]|\s*$)"
_HEAD = r"(?:(?<=^)|(?<=[.;:] )|(?<=\d\. )|(?<=\) ))"

_A = re.compile(r"(?<![\w.)(/'’“\"-])(?P<a>[Aa])\s(?P<word>[A-Za-z][a-z]+)(?![\w.’'])")
_AN = re.compile(r"(?<![\w.)(/'’“\"-])(?P<a>[Aa]n)\s(?P<word>[A-Za-z][a-z]{2,})(?![\w’'])")
_LETTER = re.compile(
    r"\b(?:paragraph|item|point|clause|part|annex|appendix|section|schedule|group|category|class|type|table|option|exhibit|form|grade|series|hepatitis|vitamin|phase|level|list|zone|team|version|plan|and|or|to|of|[a-z]\)|\d+)\s*\(?$",
    re.I,
)
# With a consonant in the ear: a university, a European, a one-time fee.
_GLIDE = re.compile(
    r"(?:eu(?!r?eka)|ewe|one(?:s|ness|time)?$|once|uni(?!n|m|d[eir]|ss|mp)|use|usu|usa[bg]|usi|utili|uten|utop|ubiq|uran(?!$)|uro|ute|uvul|unanim|uti|ufo|uku|ouija|u$)",
    re.I,
)
_SILENT = re.compile(r"(?:hour|honest|honou?r|heir(?!o)|hono)", re.I)
_EITHER_H = re.compile(
    r"(?:herb|histor|hotel|habitu|hypoth|hyster|homage|heredit|hero|horrif|hallucin|harmon|humble|hilar|hermen|hebra|hispan|hect|holis|hexa|hallow)",
    re.I,
)
_SMALL = frozenset(
    "of is in and or at on are if as an it its into under above until unless also after any all above about off out over up us "
    "onto other".split()
) - {"other"}
_MODAL = re.compile(
    r"\b(?P<modal>shall|must|should|may|will|can|would)(?P<not>\s+(?:not|also|only|jointly|each|both|then|thereafter|promptly|accordingly|always))?\s+(?P<verb>[a-z]{3,})\b(?![-’'])"
)
_BASE_S = frozenset("focus bias canvas always besides perhaps thus towards sometimes afterwards nonetheless nevertheless bus gas plus versus as us his its this".split())  # fmt: skip
_BASE_ED = frozenset("need proceed succeed exceed feed speed heed embed shed bleed breed seed weed indeed wed red bed accede precede concede recede recused unmatched".split())  # fmt: skip
_BASE_ING = frozenset("bring sing ring swing string spring cling fling wing king sting wring ping nothing something anything everything during notwithstanding including pending regarding concerning considering following according barring excluding depending failing being".split()) - {"being"}  # fmt: skip
# A subject that follows its verb: nor shall parties, in no event will members, how can users.
_TURNED = re.compile(r"\b(?:no|nor|neither|never|only|not|nothing|nowhere|so|such|than|as|how|what|when|where|why|which|whom?|hardly|little|rarely|hereby|whether|thereby)\b", re.I)  # fmt: skip
_NOUN_BEFORE = re.compile(r"\b(?:the|a|an|his|her|their|its|last|free|good|own|political|of|this|that|such|['’]s)\s+$", re.I)  # fmt: skip

_NUMBER: tuple[tuple[re.Pattern[str], str], ...] = (
    # The Participants intends
    (
        re.compile(
            rf"(?:{_HEAD}|(?<=, )|(?<=that )|(?<=if )|(?<=If )|(?<=when )|(?<=When ))(?P<all>(?:(?:[Tt]he|[Aa]ll|[Bb]oth|[Tt]hese|[Tt]hose)\s)?(?i:{_ANY_PLURAL}))\s(?P<verb>{_ANY_THIRD})\b"
        ),
        "base",
    ),
    # Each Participant intend, Everyone have
    (
        re.compile(
            rf"{_HEAD}(?P<all>(?:Each|Every|Either|The other|One|Neither)\s(?i:{_ANY_NOUN})|Everyone|Everybody|No one|Nobody|Each of the (?i:{_ANY_PLURAL}))\s(?P<verb>{_ANY_BASE})\b(?!['’-])"
        ),
        "third",
    ),
    (
        re.compile(
            rf"{_HEAD}(?P<all>This (?:Memorandum|Agreement|Arrangement|Convention|Treaty|Protocol|Act|Contract|Article|Paragraph|Section|Licen[cs]e|Declaration|Statement|Annex|Guideline|Policy))\s(?P<verb>{_ANY_BASE}|come|do)\b(?!['’-])"
        ),
        "third",
    ),
)
_THIS = re.compile(
    r"\b(?:of|in|under|with|by|for|from|on|to|all|within|through|against)\s(?P<this>this)\s(?P<noun>[a-z]{4,}s)\b(?![-’'])"
)
_ONE_THING = re.compile(
    r"(?:ss|us|is|ous|series|means|species|news|basis|lens|overseas|headquarters|works|premises|always|gas|sports|customs|goods|sales|savings|physics|economics|statistics|politics|logistics|ethics|analytics|mechanics|mathematics|electronics|genetics|robotics|respects|regards|arms|operations|affairs|services|systems|communications|earnings|securities|benefits|times|perhaps|besides|towards|afterwards)$"
)
_THESE = re.compile(rf"\b(?P<this>[Tt]hese|[Tt]hose)\s(?P<noun>(?i:{_ANY_NOUN}))\b(?![-’']){_ON}")
_ONE_OF = re.compile(
    rf"\b(?P<this>an?|[Ee]ach|[Ee]very|[Ee]ither|[Aa]nother|[Nn]either|[Oo]ne)\s(?P<noun>(?i:{_ANY_PLURAL}))\b(?![-’'])(?=\s+(?:of|to|in|on|by|shall|will|may|must|should|is|has|was|which|that|who)\b|\s*[,.;)])"
)
_OF_THE = re.compile(
    rf"\b(?:[Oo]ne|[Ee]ach|[Ee]ither|[Bb]oth|[Nn]either|[Tt]wo|[Ss]everal|[Mm]any)\sof\s(?:the|these|those)\s(?P<noun>(?i:{_ANY_NOUN}))\b(?![-’'])(?=\s+(?:shall|will|may|must|should|is|are|has|have|to|in|by|under)\b|\s*[,.;)])"
)
# "In addition to this measures were taken" wants a comma and no "these".
_BY_ITSELF = re.compile(
    r"\b(?:addition to|because of|result of|due to|prior to|(?:light|view|spite|light|terms) of|apart from|instead of|similar to)\s$"
)
_PARTICIPLES = frozenset("kept made given taken held done sent paid known seen found built brought begun borne chosen drawn written withdrawn understood undertaken".split())  # fmt: skip
_TO = re.compile(
    rf"\b(?P<to>to)\s(?P<verb>{'|'.join(sorted((_s(v) for v in _VERBS), key=len, reverse=True))})\b(?![-’'])"
)


@lru_cache(maxsize=1)
def _slips() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(r["pattern"], re.I), r["instead"], r["source"]) for r in data.rows("english_slips"))


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield wrong articles, wrong number, and words lost or doubled."""
    for segment in pair.en.segments:
        view = pair.body(pair.en, segment)
        text = view.text
        if text.isupper() or not re.search(r"[a-z]{3}", text):
            continue
        marks = quoted(view)
        told: list[tuple[int, int]] = []
        for start, end, new, why, why_ja, confidence in sorted(
            (*_articles(text), *_numbers(text), *_modals(text), *_lost(text)), key=lambda f: (f[0], -f[1])
        ):
            if any(a <= start < b for a, b in marks) or any(a < end and start < b for a, b in told):
                continue
            told.append((start, end))
            yield _hit(view, start, end, new, why, why_ja, confidence)


Found = tuple[int, int, str, str, str, float]


def _articles(text: str) -> Iterator[Found]:
    for match in _A.finditer(text):
        word = match["word"]
        before = text[: match.start()]
        if word.lower() in _SMALL or _LETTER.search(before) or not english.is_word(word.lower()):
            continue
        if match["a"] == "A" and ((before.rstrip() and before.rstrip()[-1] not in ".;:") or word[0].isupper()):
            continue  # Annex A, a list called A
        vowel = word[0] in "aeioAEIO" and not _GLIDE.match(word)
        vowel = vowel or re.match(r"u(?:n(?!i|anim)|p|rg|rb|lt|mb|tm|tt|ns|gl|sh)", word) is not None
        if vowel or _SILENT.match(word):
            yield (
                match.start(),
                match.end(),
                f"{match['a']}n {word}",
                f"{word} begins with a vowel in speech: an.",
                f"{word}は母音で始まるので冠詞はan。",
                0.88,
            )
    for match in _AN.finditer(text):
        word = match["word"]
        if not english.is_word(word.lower()) or (word[0].isupper() and english.frequency(word.lower()) < -15):
            continue
        first = word[0].lower()
        glide = first in "eou" and _GLIDE.match(word) is not None
        plain = first not in "aeiouh" or (first == "h" and not _SILENT.match(word) and not _EITHER_H.match(word))
        if glide or plain:
            yield (
                match.start(),
                match.end(),
                f"{match['a'][0]} {word}",
                f"{word} begins with a consonant in speech: a.",
                f"{word}は子音で始まるので冠詞はa。",
                0.86,
            )


def _numbers(text: str) -> Iterator[Found]:
    for pattern, want in _NUMBER:
        for match in pattern.finditer(text):
            verb = match["verb"]
            if want == "base":
                new = _THIRD[verb]
            else:
                new = {"come": "comes", "do": "does"}.get(verb) or _BASE[verb]
                if re.search(
                    r"\b(?:that|require|request|recommend|propose|insist|demand)\w*\b[^.;]*$",
                    text[: match.start()],
                    re.I,
                ):
                    continue  # a subjunctive
            yield (
                match.start("verb"),
                match.end("verb"),
                new,
                f"{match['all']} takes {new}.",
                f"主語{match['all']}には{new}が対応する。",
                0.85,
            )
    for match in _THIS.finditer(text):
        noun = match["noun"]
        if _ONE_THING.search(noun) or not english.is_word(noun) or english.lemma(noun) == noun or noun in _THIRD:
            continue
        if re.match(
            r"\s+(?:[a-z]+(?:tion|ment|ity|ness|cy|ance|ence|er|or|ing)|area|body|plan|process|group|law|rate|level)\b",
            text[match.end() :],
        ):
            continue  # this services agreement
        rest = text[match.end() :]
        if re.match(r"\s+(?:that|an?|the|its|their|any|how|what|whether)\b", rest):
            continue  # "because of this concerns that"
        if _BY_ITSELF.search(text[: match.start("this")]) and re.match(r"\s+(?:w?as|were|are|is|ha[sd]|have|will|shall|may|must|can)\b", rest):  # fmt: skip
            continue
        yield (*match.span("this"), "these", f"{noun} is a plural: these.", f"{noun}は複数形なのでthese。", 0.82)
    for match in _THESE.finditer(text):
        if match["noun"] in ("party", "state") and re.match(r"\s+to\b", text[match.end() :]):
            continue  # those party to the dispute
        new = _plural(match["noun"])
        yield (*match.span("noun"), new, f"{match['this']} takes a plural.", f"{match['this']}の後は複数形。", 0.82)
    for match in _ONE_OF.finditer(text):
        if _LETTER.search(text[: match.start()]) and match["this"] == "a":
            continue
        new = _singular(match["noun"])
        yield (*match.span("noun"), new, f"{match['this']} takes a singular.", f"{match['this']}の後は単数形。", 0.82)
    for match in _OF_THE.finditer(text):
        new = _plural(match["noun"])
        yield (*match.span("noun"), new, "One of several: the noun is a plural.", "複数のうちの一つなので複数形。", 0.8)


def _plural(noun: str) -> str:
    low = noun.lower()
    new = "children" if low == "child" else _s(low)
    return new.capitalize() if noun[0].isupper() else new


def _singular(noun: str) -> str:
    new = _PLURAL[noun.lower()]
    return new.capitalize() if noun[0].isupper() else new


def _modals(text: str) -> Iterator[Found]:
    for match in _MODAL.finditer(text):
        verb, modal = match["verb"], match["modal"]
        kind = _form(verb)
        if not kind:
            continue
        sentence = re.split(r"[.;:?!]\s", text[: match.start()])[-1]
        rest = text[match.end() :]
        if not re.search(r"[A-Za-z]", sentence) or _TURNED.search(sentence) or "?" in rest.split(".")[0]:
            continue
        if modal in ("will", "can", "may", "must"):
            if _NOUN_BEFORE.search(sentence):
                continue
            # a will published in May: what stands before must be a subject
            if kind != "s" and not re.search(rf"\b(?:(?i:{_ANY_PLURAL})|it|they|we|you|which|who)\s$", sentence):
                continue
        if kind == "s" and not re.match(r"\s+(?:the|an?|that|its|their|this|these|those|such|any|all|each|every|to|into|with|in|no|as|it|them|for|from|by|on|full|adequate|appropriate|necessary|other|information|access)\b", rest):  # fmt: skip
            continue
        new = english.lemma(verb)
        if kind in ("ed", "ing"):
            new = f"be {verb}" if kind == "ed" else new
        yield (
            match.start("verb"),
            match.end("verb"),
            new,
            f"{modal} takes the plain form of the verb, not {verb}.",
            f"{modal}の後の動詞は原形。「{verb}」は誤り。",
            0.86,
        )
    for match in _TO.finditer(text):
        new = next(v for v in _VERBS if _s(v) == match["verb"])
        if re.search(r"\b(?:refer\w*|appl\w+|respect|regard|relat\w+|according)\s$", text[: match.start()]):
            continue
        yield (
            match.start("verb"),
            match.end("verb"),
            new,
            f"The infinitive is to {new}.",
            f"toの後の動詞は原形の{new}。",
            0.84,
        )


def _form(verb: str) -> str:
    """Whether a word after a modal is an inflected verb: "s", "ed", "ing", else ""."""
    if verb in _PARTICIPLES:
        return "ed"
    if not english.is_word(verb) or english.lemma(verb) == verb:
        return ""
    if verb.endswith("s") and not verb.endswith(("ss", "us", "is")) and verb not in _BASE_S:
        return "s"
    if verb in ("is", "has", "does"):
        return "s"
    if verb.endswith("ed") and verb not in _BASE_ED and len(verb) > 4:
        return "ed"
    if verb.endswith("ing") and verb not in _BASE_ING and len(verb) > 5:
        return "ing"
    return ""


def _lost(text: str) -> Iterator[Found]:
    for pattern, instead, why in _slips():
        for match in pattern.finditer(text):
            new = match.expand(instead) if instead else ""
            start, end = match.span()
            if new and match[0][-1:] == " " == new[-1:]:
                end, new = end - 1, new[:-1]
            if match[0][0].isupper() and new:
                new = new[0].upper() + new[1:]
            yield start, end, " ".join(new.split()), f"A word is lost or one too many: {why}.", f"語の脱落か重複：「{text[start:end]}」。", 0.86  # fmt: skip


def _hit(view: View, start: int, end: int, new: str, why: str, why_ja: str, confidence: float) -> Hit:
    return Hit(why, why_ja, en=view.span(start, end), confidence=confidence, suggestion=new or None)


CHECK = Check(
    code="LIN014",
    name="english-grammar",
    mqm="linguistic-conventions/grammar",
    severity=Severity.minor,
    needs="en",
    doc=__doc__,
    doc_ja="英文が文法に合わない（冠詞a/an、主語と動詞の数、語の脱落・重複）。\n\nなぜ問題か：一字の誤りか、句の脱落かが読者に分からず、訳者は推測で訳すことになる。\n\n対処：英文を直すか、英文の責任者に照会する。",
    find=find,
    examples=(
        Example(en="The Centre is hosted by ⟦an university⟧ of its choice.", suggestion="a university"),
        Example(en="The Centre is hosted by a university, a European agency or an honest broker for an hour."),
        Example(en="Notice is given ⟦a hour⟧ before departure.", suggestion="an hour"),
        Example(en="Under paragraph a each Party has an option; see Annex A on fees and a one-time levy."),
        Example(en="The Participants ⟦intends⟧ to exchange data.", suggestion="intend"),
        Example(en="The Participants intend to exchange data. One of the Participants has an office."),
        Example(en="Each Party shall ⟦ensures⟧ that fees are published.", suggestion="ensure"),
        Example(en="Each Party shall ensure that fees are published. Nor shall duties be levied on it."),
        Example(en="In no event shall contributors be liable for damages. Should parties to a case agree, it ends."),
        Example(en="Subject to ⟦this⟧ conditions, the licence is free.", suggestion="these"),
        Example(en="Subject to this condition, and because of this the licence is free."),
        Example(en="Fees are fixed ⟦in accordance⟧ the tariff.", suggestion="in accordance with"),
        Example(en="Fees are fixed in accordance with the tariff and, in accordance therewith, published."),
        Example(
            en="The facility (hereinafter ⟦referred to as to⟧ the “Centre”) opens in April.",
            suggestion="referred to as",
        ),
        Example(en="The facility (hereinafter referred to as the “Centre”) opens in April."),
        Example(en="The request that each Party provide data stands; the Parties to it are bound."),
    ),
)
