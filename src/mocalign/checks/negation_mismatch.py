"""One text denies what the other affirms.

Why it matters: a lost ない turns a prohibition into a promise. Similarity hardly moves, so only the words tell.

What to do: restore the negation, or remove it. Set phrases (しなければならない, 少なくとも, これらに限られない) and words that deny
by themselves (refrain, without, 差し控える, 無効) are taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import clauses
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.denials import Denial, Tie, left_over, linked, sweep, wide
from mocalign.checks.near import answers, links, place_of
from mocalign.checks.units import Unit, units
from mocalign.clauses import Cue
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_DENY_JA = ("not", "lexneg", "unless", "except", "only", "notlimited", "notonly", "xregard")
_DENY_EN = (*_DENY_JA, "neither")
_STRUCTURE = re.compile(
    r"な(?:ければ|くては)[^。]{0,40}な(?:い|く)|しか[^。]{0,20}な(?:い|く)|(?:以外|ほか)[^。]{0,20}な(?:い|く)"
)


# What denies as a predicate: such acts are prohibited, the secrecy is inviolable.
_PREDICATE = re.compile(
    r"\b(?:is|are|be|been|was|were)(?: \w+ly)? (?:prohibited|forbidden|barred|precluded|excluded|inviola\w+|void|null|invalid|unable|ineligible|exempt\w*)\b",
    re.I,
)


# English that denies by itself, where the Japanese must have a denial of some kind.
_DENIES_EN = re.compile(
    r"\b(?:refrain(?:s|ed|ing)? from|prohibit(?:s|ed|ing)?|forbid(?:s|den)?|fail(?:s|ed)? to|failure to|failing to|preclude[sd]?|refus(?:e|es|ed) to|unable to|impossible|avoid(?:s|ed|ing)?"
    r"|without (?:the |any |its |their |such |his )?(?:prior |written |express |explicit |previous |mutual )*(?:consent|permission|approval|authori[sz]ation|notice|agreement|consultation|charge|compensation|discrimination|distinction|exception)"
    r"|without prejudice|in the absence of)\b",
    re.I,
)
_DENIES_JA = re.compile(
    r"ない|なく|なかっ|なし|なけれ|ません|[わかさたなはらがばけせてねべめれきしちにみりえいで]ず|ぬ|ざる|べからず|不|無|非|未|禁|控|怠|避|拒|防|止|絶|失|害す|を除|除[きく外]|以外|限り|免|断[るり]|否|自制|慎|反し|違反|欠|困難|かね|漏|撤|妨|阻|却下|抑|場合に限|のみ|予断|例外|差別|同様|遅れ|懈怠|できな"
)


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each stretch that denies more on one side than on the other, where the main verbs differ."""
    for unit in units(pair):
        found = [h for h in _unit(pair, unit) if h.severity is not Severity.neutral]
        found = [h for h in found if _stands(pair, unit, h)]
        yield from found or [*_bound(pair, unit)] or _local(pair, unit)


def _stands(pair: Pair, unit: Unit, hit: Hit) -> bool:
    """Whether a finding by counting survives when each denial is bound to its words."""
    if hit.confidence >= 0.8:
        return True
    if hit.en is None or hit.confidence < 0.7:
        return False
    _, en_left, _, _ = left_over(pair, unit)
    return any(d.sort != "only" for d in en_left)


_LEXICAL_EN = re.compile(
    r"^(?:without|fail|refrain|unable|lack|absen|free (?:of|from)|refus|declin|no longer|inabilit|neglect|omit|preclud|declin)",
    re.I,
)


_WEAK_EN = re.compile(
    r"\b(?:until|before|prior|confidential\w*|secre\w*|few|little|less|hardly|barely|despite|notwithstanding|remain\w*|still|stop\w*|ceas\w*|expir\w*|loss|lose\w*|limit\w*|restrict\w*|nowhere|yet|instead|rather|contrary|differ\w*|zero|too|otherwise|else|discard\w*|dismiss\w*|abandon\w*|renounc\w*|relinquish\w*|forgo\w*|forfeit\w*|depriv\w*|remov\w+|eliminat\w+|oppos\w+|against|minus|escap\w*|absolut\w*|never\w*)\b",
    re.I,
)


def _weak(text: str, ties: tuple[Tie, ...], start: int, end: int) -> bool:
    """Whether a word that may stand for a denial is near an English word and answers nothing else."""
    left, right = max(0, start - 50), min(len(text), end + 50)
    return any(not any(t.en[0] <= m.start() < t.en[1] for t in ties) for m in _WEAK_EN.finditer(text, left, right))


_HOW_MANY = re.compile(r"all|any|every|each|both|either|other|such|one|whole|only", re.I)
_SHUNS_JA = re.compile(r"禁|控|怠|避|拒|防|止め|絶|免|否|断[るり]|慎|反し|欠|困難|撤|妨|阻|却下|抑|限り|のみ|除")


def _denied_here(pair: Pair, unit: Unit, word: tuple[int, int], denials: tuple[Denial, ...], *, joined: bool) -> bool:
    """Whether anything in the clause of a Japanese word denies it."""
    start, stop = sweep(pair, unit, *word, joined=joined)
    if any(start <= d.start < stop for d in denials):
        return True
    return _SHUNS_JA.search(unit.ja_text, start, stop) is not None


def _bound(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Denials bound to the words they deny: what is left over on one side, where the other side affirms these very words."""
    ja_left, en_left, ja_answered, en_answered = left_over(pair, unit)
    if not ja_left and not en_left:
        return
    ties = linked(pair, unit)
    if not re.search("[ぁ-ん]", unit.ja_text) or not _VERB.search(unit.en_text):
        return  # headings deny in other ways: no discrimination, 平等
    text = unit.en_text
    for d in (*en_answered, *en_left):  # what has found its denial says no more about the others
        text = text[: d.start] + "\x00" * (d.end - d.start) + text[d.end :]
    for d in ja_left:
        if not d.strong or any(e.strong for e in en_left):
            continue
        inside = [t for t in ties if d.scope[0] <= t.ja[0] and t.ja[1] <= d.start + 1]
        head = max((t.ja for t in inside), default=None)
        words = [t.en for t in inside if t.ja == head]
        said = unit.ja_text[slice(*head)] if head else ""
        if said and any(said in unit.ja_text[max(0, x.start - len(said) - 5) : x.end] for x in ja_answered if x.strong):
            continue  # said again of the same word
        if not words or any(_weak(text, ties, s, e) for s, e in words):
            continue
        if any(a <= s < b for x in en_answered if x.strong for a, b in [wide(unit, x)] for s, _ in words):
            continue  # not A or B: A もせず、B もしない
        if any(x.start - 60 <= s < wide(unit, x)[1] + 20 for x in en_left if x.sort != "xnumber" for s, _ in words):
            continue  # a denial of another kind stands near
        yield _extra(pair, unit, (unit.ja[0] + d.start, unit.ja[0] + d.end), 0.85)
        return
    for e in en_left:
        if e.sort == "or" and "同様" in unit.ja_text:
            continue  # nor are the others: 同様とする
        if not (e.strong or _LEXICAL_EN.match(e.text)) or any(
            d.sort not in ("xbound", "xregard", "notlimited") for d in ja_left
        ):
            continue
        if not e.strong and any(e.start <= t.en[0] < e.end for t in ties):
            continue  # refused: 拒否
        inside = sorted((t for t in ties if e.scope[0] <= t.en[0] < e.scope[1]), key=lambda t: t.en)
        inside = [t for t in inside if not _HOW_MANY.fullmatch(unit.en_text[slice(*t.en)])]
        if not inside:
            continue
        first = inside[0].en
        answers_ = [t.ja for t in inside if t.en == first]
        free = [a for a in answers_ if not any(d.scope[0] <= a[0] < d.start <= a[1] + 6 for d in ja_answered)]
        texts = {unit.ja_text[slice(*a)] for a in free}
        if free and any(unit.ja_text[slice(*a)] in texts for a in answers_ if a not in free):
            continue  # the same word stands denied elsewhere: which of the two is meant cannot be told
        if any(_denied_here(pair, unit, a, (*ja_left, *ja_answered), joined=e.strong) for a in free or answers_):
            continue
        cue = Cue(e.sort, unit.en[0] + e.start, unit.en[0] + e.end, e.text)
        at = answers_[0]
        yield Hit(
            f"The English denies (“{cue.text}”), the Japanese does not.",
            f"英文は「{cue.text}」と否定しているが、和文に否定がない。",
            ja=pair.passage("ja", unit.bead).span(unit.ja[0] + at[0], unit.ja[0] + at[1]),
            en=unit.span(pair, "en", cue),
            confidence=0.8 if e.strong else 0.72,
        )
        return


def _unit(pair: Pair, unit: Unit) -> Iterator[Hit]:
    denied_en = unit.of("en", "not", "neither") + [c for c in unit.of("en", "except") if " not " in f" {c.text} "]
    denied_ja = unit.of("ja", "not")
    strong = _DENIES_EN.search(unit.en_text)
    if strong and not _DENIES_JA.search(unit.ja_text) and not _long(unit):
        cue = Cue("lexneg", unit.en[0] + strong.start(), unit.en[0] + strong.end(), strong[0])
        yield _lost(pair, unit, [cue], 0.75)
        return
    spoils = _SPOILS_JA.search(unit.ja_text)
    if spoils and _SPARES_EN.search(unit.en_text) and not denied_ja and not _FUSED.search(unit.ja_text):
        yield _affirmed(pair, unit, spoils)
        return
    barred = _barred(pair, unit)
    if barred is not None:
        yield barred
        return
    if not denied_en and not denied_ja:
        return
    fused = sum(c.text.endswith(("ない", "なく", "ず", "ません", "ぬ")) for c in unit.of("ja", "lexneg"))
    surplus = unit.count("ja", *_DENY_JA) - unit.count("en", *_DENY_EN) + fused
    finals = _finals(unit)
    if len(unit.ja_text) > 120 and len(denied_en) >= 2 and len(denied_ja) + fused >= 2:
        return  # many denials on either side: which answers which cannot be told by counting
    answered = unit.count("ja", "xbound", "notlimited", "xregard")
    answered += any(c.text.lower() == "without" for c in unit.of("en", "lexneg"))  # not … without = only with
    answered += fused
    answered += bool(
        unit.count("ja", "only") and any(" not " not in f" {c.text} " for c in unit.of("en", "unless", "except"))
    )  # not … unless = only if
    answered += max(0, unit.count("ja", "lexneg") - unit.count("en", "lexneg"))
    said = len(denied_en) + len(_PREDICATE.findall(unit.en_text))
    said += sum(c.text.lower() == "nor" for c in unit.en_cues if c.sort == "or")
    if finals and len(finals) > said and surplus >= 1:
        if not _STRUCTURE.search(unit.ja_text):
            lone = not unit.of("en", *_DENY_EN, "weak")
            yield _extra(pair, unit, finals[-1], 0.85 if lone else 0.75)
    elif denied_ja and not finals and not unit.of("en", *_DENY_EN, "weak", "xnumber"):
        cue = denied_ja[-1]
        if not _attributive(unit, cue):
            yield _extra(pair, unit, (cue.start, cue.end), 0.6)
    elif (
        len(denied_en) > len(denied_ja) + answered
        and surplus <= -1
        and len(finals) < len(clauses.modality_ja(unit.ja_text))
    ):
        yield _lost(pair, unit, denied_en, 0.85 if not unit.of("ja", *_DENY_JA) else 0.72)
    elif (
        len(denied_ja) != len(denied_en)
        and not unit.of("en", "lexneg", "xregard")
        and not unit.of("ja", "lexneg", "xregard")
        and _VERB.search(unit.en_text)
        and surplus == len(denied_ja) - len(denied_en)
    ):
        # all other cues balance: one clause is denied on one side only
        if surplus >= 1 and not _STRUCTURE.search(unit.ja_text):
            plain = [c for c in denied_ja if c.text.endswith(("ない", "ません")) and not _attributive(unit, c)]
            if len(plain) > said:
                yield _extra(pair, unit, (plain[0].start, plain[0].end), 0.6)
        elif surplus <= -1 and not answered and not unit.of("ja", "lexneg"):
            yield _lost(pair, unit, denied_en, 0.6)


_VERB = re.compile(
    r"\b(?:shall|will|may|must|should|can|cannot|could|would|is|are|was|were|be|has|have|had|do|does|did)\b|n['’]t\b",
    re.I,
)
_NEGATIVE_JA = re.compile(
    r"ない|なく|なかっ|なし|なけれ|ません|ずに|ず[、。）)とし]|ぬ|ざる|べからず|不|無|非|未|禁|控|怠|避|拒|防|止|絶|失|害|除|以外|限|免|断|否|のみ|だけ|妨|阻|却下|抑|欠|困難|かね|漏|撤|違反|反し|ほか|外"
)
_NEGATIVE_EN = re.compile(
    r"\b(?:not|no|nor|neither|never|none|nothing|cannot|without|unless|except\w*|only|refrain\w*|prohibit\w*|prevent\w*|avoid\w*|fail\w*|refus\w*|den(?:y|ies|ied)|lack\w*|free from|free of|absen\w*|unable|until|before|other than|rather|instead|dis\w+|un\w+|in(?:valid|eligib|complet|adequ|suffic|abil|capab)\w*|im(?:poss|prop)\w*|non\w*|void|ceas\w*|exclud\w*|reject\w*|waiv\w*|secre\w*|confidential\w*|free|freedom|few|little|less|too|hardly|barely|beyond|outside|despite|still|remain\w*|exempt\w*|preclud\w*|forbid\w*|impede\w*|hinder\w*|withhold\w*|stop\w*|end\w*|limit\w*|restrict\w*|must|nowhere|regardless|irrespective|as well as|else|otherwise|but|yet|expired?|loss|lose\w*)\b|n['’]t\b",
    re.I,
)


def _local(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """A denial beside its own verb: what English denies and Japanese affirms to the end of its sentence, or the reverse."""
    denied_en, denied_ja = unit.of("en", "not", "neither"), unit.of("ja", "not")
    fused = [c for c in unit.of("ja", "lexneg") if c.text.endswith(("ない", "なく", "ず", "ません", "ぬ"))]
    plain = not unit.of("ja", "lexneg", "only", "unless", "except") and not unit.of("en", "unless", "except", "only")
    if plain and len(denied_en) > len(denied_ja) + len(fused) + unit.count("ja", "notlimited", "xregard", "notonly"):
        for cue in denied_en:
            before = unit.en_text[max(0, cue.start - unit.en[0] - 10) : cue.start - unit.en[0]]
            if cue.text.lower() != "not" or not re.search(r"\b(?:will|shall|must|may|does|do) $", before, re.I):
                continue
            at = _ja_of(pair, unit, cue)
            if at is None:
                continue
            stop = unit.ja_text.find("。", at)
            clause = unit.ja_text[at : stop if stop >= 0 else len(unit.ja_text)]
            if not _NEGATIVE_JA.search(clause):
                yield _lost(pair, unit, [cue], 0.72)
                return
    if len(denied_ja) > len(denied_en) + unit.count("en", "lexneg", "except", "unless", "only", "xregard", "weak"):
        for cue in denied_ja:
            if (
                not re.search(r"(?:ない|ません)$", cue.text)
                or _attributive(unit, cue)
                or _STRUCTURE.search(unit.ja_text)
            ):
                continue
            stem = re.search(r"([一-龥ァ-ヴー]{2,})[ぁ-ん]{0,8}$", unit.ja_text[: cue.start - unit.ja[0] + 1])
            words = answers(pair, unit, stem.start(1), stem.end(1)) if stem else []
            if words and not any(_NEGATIVE_EN.search(unit.en_text[max(0, s - 60) : e + 60]) for s, e in words):
                yield _extra(pair, unit, (cue.start, cue.end), 0.72)
                return


def _ja_of(pair: Pair, unit: Unit, cue: Cue) -> int | None:
    """Where the Japanese says what stands behind an English denial: the last of the words that answer the next ones."""
    base = pair.passage("ja", unit.bead)
    spots = []
    for a, b in links(pair, unit.bead):
        at = place_of(pair, unit, b.start)
        if at is None or not 0 <= at - (cue.end - unit.en[0]) <= 30:
            continue
        for start, segment, view in base.pieces:
            if segment.span.start <= a.start < segment.span.end:
                spots.append(start + view.index(a.start) - unit.ja[0])
    return max(spots) if spots else None


_SPOILS_JA = re.compile(
    r"(?:を|に)(?:害する|妨げる|損なう|影響を(?:及ぼす|与える))(?:もの(?:である|とする))?(?=[。、]|$)"
)
_SPARES_EN = re.compile(
    r"\bwithout prejudice\b|\b(?:not|no|nothing|neither)\b[^.;]{0,60}\b(?:affect|prejudice|prevent|impair|hinder|preclude|derogate)\w*",
    re.I,
)
_FUSED = re.compile(r"(?:害|妨げ|損な|影響を)[^、。]{0,9}(?:ない|なく|ず|ません)")


def _affirmed(pair: Pair, unit: Unit, spoils: re.Match[str]) -> Hit:
    there = _SPARES_EN.search(unit.en_text)
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + spoils.start() + 1, unit.ja[0] + spoils.end())
    b = pair.passage("en", unit.bead).span(unit.en[0] + there.start(), unit.en[0] + there.end()) if there else None
    return Hit(
        f"The English spares it, the Japanese {a.text} does not.",
        f"英文は影響を与えないとしているが、和文は「{a.text}」となっている。",
        ja=a,
        en=b,
        confidence=0.82,
    )


_SHUN_JA = re.compile(r"避け|慎|控え|防|禁|拒|止め|除|免|断|怠ら|やめ|限り|限[るっ]|のみ|だけ|否|不|無")


def _barred(pair: Pair, unit: Unit) -> Hit | None:
    """A prohibition that the Japanese turns into a duty: must not … against しなければならない."""
    heads = clauses.modality_ja(unit.ja_text)
    nots = [m for m in clauses.modality_en(unit.en_text) if m.mode == "mustnot"]
    others = [m for m in clauses.modality_en(unit.en_text) if m.mode in ("must", "shall", "will", "may", "should")]
    there = next((m for m in nots if re.match(r"(?:must|shall|may|will) not\b", unit.en_text[m.start :], re.I)), None)
    if there is None or len(heads) != 1 or heads[0].mode not in ("must", "may") or len(nots) != 1:
        return None
    if any(m.start != there.start for m in others) or _SHUN_JA.search(unit.ja_text[max(0, heads[0].start - 12) :]):
        return None
    words = unit.ja_text[heads[0].start : heads[0].end]
    if heads[0].mode == "may":
        conditional = re.search(
            r"場合|とき|限り|のみ|得て|経て|ば、|初めて|後でなければ|ほか|以外|除|まで", unit.ja_text
        )
        if conditional or not re.search(r"ことができ(?:る|ます)", words):
            return None
    elif not re.search(r"なければなら|ねばなら", words):
        return None
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + heads[0].start, unit.ja[0] + heads[0].end)
    b = pair.passage("en", unit.bead).span(unit.en[0] + there.start, unit.en[0] + there.end)
    return Hit(
        f"English “{b.text}” forbids, Japanese {a.text} does not.",
        f"英文は「{b.text}」と禁じているが、和文は「{a.text}」としている。",
        ja=a,
        en=b,
        confidence=0.82,
    )


def _long(unit: Unit) -> bool:
    """A stretch of so many clauses that a denial may be said in another place and another way."""
    return len(unit.ja_text) > 260


def _finals(unit: Unit) -> list[tuple[int, int]]:
    """Negations at the end of a Japanese sentence that the cues count too (set phrases are none), in passage offsets."""
    nots = unit.of("ja", "not")
    out = []
    for mode in clauses.modality_ja(unit.ja_text):
        if mode.mode in ("not", "mustnot"):
            start, end = mode.start + unit.ja[0], mode.end + unit.ja[0]
            cue = next((c for c in nots if c.start < end and start < c.end), None)
            if cue is not None:
                out.append((cue.start, cue.end))
    return out


def _extra(pair: Pair, unit: Unit, at: tuple[int, int], confidence: float) -> Hit:
    span = pair.passage("ja", unit.bead).span(*at)
    sure = not (_long(unit) and confidence < 0.85) and (confidence >= 0.85 or _same_verb(pair, unit, at[0]))
    severity = None if sure else Severity.neutral
    return Hit(
        f"The Japanese denies ({span.text}), the English does not.",
        f"和文は「{span.text}」と否定しているが、英文に否定がない。",
        ja=span,
        confidence=confidence,
        severity=severity,
    )


def _same_verb(pair: Pair, unit: Unit, at: int) -> bool:
    """Whether the verb that Japanese denies answers an English word: a paraphrase (公開されない, kept secret) does not."""
    passage = pair.passage("ja", unit.bead)
    stem = re.search(r"([一-龥ァ-ヴー々]+)(?:[をはがも]?[ぁ-ん]{0,10})$", unit.ja_text[: at - unit.ja[0] + 1])
    if stem is None:
        return False
    base = unit.ja[0]
    span = passage.span(base + stem.start(1), base + stem.end(1))
    return any(a.overlaps(span) for a, _ in links(pair, unit.bead))


def _lost(pair: Pair, unit: Unit, denied: list[Cue], confidence: float) -> Hit:
    cue = denied[0]
    modes = [m for m in clauses.modality_ja(unit.ja_text) if m.mode not in ("not", "mustnot")]
    spot = None
    severity = Severity.neutral if _long(unit) and confidence < 0.85 else None
    if modes:
        spot = pair.passage("ja", unit.bead).span(unit.ja[0] + modes[-1].start, unit.ja[0] + modes[-1].end)
    return Hit(
        f"The English denies (“{cue.text}”), the Japanese does not.",
        f"英文は「{cue.text}」と否定しているが、和文に否定がない。",
        ja=spot,
        en=unit.span(pair, "en", cue),
        confidence=confidence,
        severity=severity,
    )


def _attributive(unit: Unit, cue: Cue) -> bool:
    """A negated word before a noun (譲ることのできない権利), which English often says with one adjective."""
    after = unit.ja_text[cue.end - unit.ja[0] :]
    return re.match(r"(?!もの|こと|よう|限り|場合|とき|旨|期間|者)[一-龥ァ-ヴ]", after) is not None


CHECK = Check(
    code="ACC201",
    name="negation-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.critical,
    doc=__doc__,
    doc_ja="一方の文だけが否定している。\n\nなぜ問題か：「ない」が落ちれば禁止が約束に変わる。\n\n対処：否定を正文に合わせる。「しなければならない」「少なくとも」などの決まり文句や、それ自体が否定を表す語は考慮している。",
    find=find,
    examples=(
        Example(
            ja="当事者らは、情報を第三者に⟦開示する⟧。",
            en="The Participants will ⟦not⟧ disclose the information to a third party.",
        ),
        Example(
            ja="当事者らは、情報を第三者に開示しない。",
            en="The Participants will not disclose the information to a third party.",
        ),
        Example(
            ja="当事者らは、情報を第三者に開示⟦しない⟧。",
            en="The Participants will disclose the information to a third party.",
        ),
        Example(
            ja="受入締約国は、機材を返還しなければならない。", en="The receiving Party shall return the equipment."
        ),
        Example(ja="当事者らは、公表を差し控える。", en="The Participants will not make it public."),
        Example(ja="当事者らは、公表しない。", en="The Participants will refrain from publication."),
        Example(ja="期間は、30日を超えない。", en="The period will be up to 30 days."),
        Example(
            ja="戦時を除いては、会員は、労役に服させられない。",
            en="Forced work by members, except in war, is prohibited.",
        ),
        Example(
            ja="何人も、会費を返されない。また、罰せられない。",
            en="No member shall be repaid, nor shall he be punished.",
        ),
        Example(
            ja="期限までに異議を申し立てなかつた場合には、同意したものとみなす。",
            en="A member is considered to have agreed if it has raised no objection by the due date.",
        ),
        Example(
            ja="会則（公にされているかいないかを問わない。）をいう。", en="means rules, whether or not they are public."
        ),
        Example(
            ja="倉庫業者は、貨物を点検し、帳簿を保存せ⟦ず⟧、及び鍵を第三者に渡してはならない。",
            en="The warehouse keeper shall inspect the goods, shall keep books and shall not hand the keys to third parties.",
        ),
        Example(
            ja="倉庫業者は、貨物を点検し、帳簿を保存し、及び鍵を第三者に渡してはならない。",
            en="The warehouse keeper shall inspect the goods, shall keep books and shall not hand the keys to third parties.",
        ),
    ),
)
