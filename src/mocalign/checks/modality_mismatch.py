"""A duty, a permission, an intention and an endeavour are not the same promise.

Why it matters: "may" rendered as しなければならない gives a duty nobody accepted; "will endeavour to reply" rendered as 回答する
drops the reservation. Non-binding instruments live by these words.

What to do: shall and must are ものとする, しなければならない or the plain form; will the plain form; intend to …する意図を有する;
endeavour …に努める; may …することができる; may not …してはならない; should …べきである or …が望ましい.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mocalign import clauses
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.denials import linked, sweep
from mocalign.checks.moods import clause_ja, mood_en, moods_ja, predicate, ruled_ja
from mocalign.checks.near import answers
from mocalign.checks.units import Unit, units
from mocalign.clauses import Mode
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["CHECK"]

_BINDING = frozenset(["must", "shall", "will"])
# What may carry the sense in the other language without being its usual modal.
_JA_TRY = re.compile(r"努|目指|図|追求|模索|探|よう(?:に)?(?:す|配慮)|取り?組|尽|求め|期し|目的|目標|試み|心がけ|検討")
_JA_INTEND = re.compile(
    r"意図|意向|意思|予定|考え|目的|つもり|方針|計画|企図|目指|所存|決意|用意|見込|こととす|想定|したい|ため"
)
_JA_SHOULD = re.compile(
    r"べ[きくし]|望ま|推奨|勧告|求め|期待|努め|適当|ものとす|奨励|こととす|よう|必要|要す|重要|求む"
)
_JA_MAY = re.compile(
    r"でき|得[るなずた]|うる|可能|よい|良い|認め|許|妨げ|ある|あり|おそれ|裁量|任意|権[利限]|かもしれ|自由|場合|可(?:とす|。)|差し支え|推測|余地"
)
_JA_MAY_CLEAR = re.compile(
    r"でき|得[るなずた]|うる|よい|良い|認め|許|妨げ|可能|裁量|任意|自由|差し支え|可(?:とす|。)|(?:こと|場合|とき)[がも](?:あ|生)|おそれ|権[利限]|かもしれ|余地|あり得"
)
_JA_MAY_VERB = re.compile(
    r"でき|得[るず、た]|うる|[て](?:も)?(?:よい|良い)|妨げ|可能|裁量|任意|自由|差し支え|可(?:とす|。)|(?:こと|場合|とき)[がも](?:あ|生)|認められ|許され|許可|かもしれ|あり得|権利を有"
)
_JA_MUST = re.compile(
    r"なければ|ねば|なくては|義務|必要|要[すし件求]|不可欠|責[任務]|もの(?:とす|です)|こと(?:とす|。)|べき|(?:す|う|く|ぐ|つ|ぬ|む|る|ぶ)。|ならない|求め|必ず|負|と(?:する|し)|及ば|限"
)
_EN_TRY = re.compile(
    r"\b(?:endeavou?r\w*|seek\w*|striv\w*|aim\w*|attempt\w*|try|tries|efforts?|pursue\w*|work towards?|with a view|best|as far as|wherever|extent|goal|target\w*|look to|labou?r)\b",
    re.I,
)
_EN_INTEND = re.compile(
    r"\b(?:inten[dt]\w*|plan\w*|propos\w*|purpose|aim\w*|expect\w*|desir\w*|wish\w*|determin\w*|decid\w*|willing\w*|is to|are to|design\w*|object\w*|seek\w*|resol\w*|mean[st]?|will be|prepared|ready|look\w* forward|hope\w*)\b",
    re.I,
)
_EN_SHOULD = re.compile(
    r"\b(?:should|ought|encourag\w*|desirab\w*|recommend\w*|advis\w*|expect\w*|is to|are to|must|shall|need\w*|call\w* (?:for|on|upon)|urg\w*|supposed|appropriate|necessary|require\w*|worth\w*|deserv\w*|so that|due|payable|to be)\b",
    re.I,
)
_EN_SHOULD_CLEAR = re.compile(
    r"\b(?:should|ought|encourag\w*|desirab\w*|recommend\w*|advis\w*|expect\w*|urg\w*|supposed|worth\w*|hope\w*|invite\w*)\b",
    re.I,
)
_EN_MAY = re.compile(
    r"\b(?:(?-i:may)|can|might|could|permit\w*|entitle\w*|allow\w*|free to|freely|authori[sz]\w*|right\w*|discretion\w*|possib\w*|able|option\w*|enable\w*|capab\w*|available|power\w*|ability|\w+[ai]ble|in a position|opportunit\w*|at liberty|competent|open to|choose|elect|where|potential\w*|sometimes|likely|would)\b",
    re.I,
)
_EN_MUST = re.compile(
    r"\b(?:must|shall|requir\w*|oblig\w*|ha(?:s|ve) to|dut(?:y|ies)|necess\w*|need\w*|mandat\w*|bound|responsib\w*|undertak\w*|liable|subject to|is to|are to|essential|indispensable|only|will|should|condition\w*|call\w* for|agree\w*|commit\w*)\b",
    re.I,
)
_EN_MAY_CLEAR = re.compile(
    r"\b(?:(?-i:may)|can|might|could|permit\w*|entitle\w*|allow\w*|free to|authori[sz]\w*|right\w*|discretion\w*|possib\w*|able|option\w*|enabl\w*|capab\w*|power\w*|ability|at liberty|competent to|choose|elect|would|open (?:for|to)|visible|accessible|available|readable)\b",
    re.I,
)
_EN_DUTY = re.compile(r"\b(?:must|shall|requir\w*|oblig\w*|ha(?:s|ve) to|need\w*|mandatory|bound to|will)\b", re.I)
_EN_BOUND = re.compile(r"\b(?:must|shall|oblig\w*|ha(?:s|ve) to|required to|needs? to|dut(?:y|ies))\b", re.I)
_TRY_FINAL = re.compile(r"努め|努力|目指")
_INTEND_FINAL = re.compile(r"意図|意向|意思|所存|つもり")
_SHOULD_FINAL = re.compile(r"べき|望まし|推奨され|期待され")
_SUBORDINATE = re.compile(
    r"\b(?:which|that|who|whom|whose|where|when|whenever|if|as|unless|whether|what|how|until|before|after|because|since|provided|to the extent|than|such)\b[^,;:]{0,80}$",
    re.I,
)


_HAVE = re.compile(
    r" (?:at all times |always )?(?:have|enjoy) (?:the|a|an|access|recourse)\b", re.I
)  # shall have a vote


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield each sentence whose modal head is of another kind than the English one."""
    for unit in units(pair):
        ja, en = clauses.modality_ja(unit.ja_text), clauses.modality_en(unit.en_text)
        found = list(_bound(pair, unit))
        if not found and ja and (en or len(unit.en_text) > 20):
            found = list(_unit(pair, unit, ja, tuple(_denied(unit, m, en) for m in en)))
        yield from found or [*_unfounded(pair, unit, en)] or _lost(pair, unit)


# (Japanese, English): how sure, how grave
_CONTRARY = {
    ("may", "shall"): (0.82, Severity.critical), ("may", "must"): (0.82, Severity.critical), ("may", "will"): (0.78, Severity.major),
    ("may", "should"): (0.75, Severity.major), ("may", "endeavour"): (0.75, Severity.major), ("may", "intend"): (0.75, Severity.major),
    ("must", "may"): (0.85, Severity.critical), ("must", "endeavour"): (0.8, Severity.major), ("must", "intend"): (0.78, Severity.major),
    ("must", "should"): (0.6, Severity.minor),
    ("endeavour", "shall"): (0.78, Severity.major), ("endeavour", "must"): (0.78, Severity.major), ("endeavour", "will"): (0.78, Severity.major),
    ("endeavour", "may"): (0.78, Severity.major),
    ("should", "may"): (0.72, Severity.major), ("should", "shall"): (0.72, Severity.major), ("should", "must"): (0.72, Severity.major),
    ("should", "will"): (0.72, Severity.major),
    ("intend", "shall"): (0.75, Severity.major), ("intend", "must"): (0.75, Severity.major), ("intend", "will"): (0.72, Severity.major),
    ("intend", "may"): (0.75, Severity.major),
}  # fmt: skip
_SENSE_EN = {"endeavour": _EN_TRY, "intend": _EN_INTEND, "should": _EN_SHOULD_CLEAR}
_SENSE_JA = {"endeavour": _JA_TRY, "intend": _JA_INTEND, "may": _JA_MAY_CLEAR}
_STATIVE = re.compile(
    r"(?:may|can) (?:also |not |only |still )?(?:be|have|contain|include|vary|differ|exist|occur|arise|result|come|want|wish|find|know|seem|happen|need|cause|lead|become|help|appear|change|depend|affect|take place)\b(?! \w+ed\b)"
)


def _bound(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """Each modal beside its own verb: the verb that Japanese permits is the one that English imposes, or the reverse."""
    for mood in moods_ja(unit):
        words = ruled_ja(pair, unit, mood)
        ruling = [m for s, _ in words if (m := mood_en(pair, unit, s)) is not None]
        if not ruling or len({m.mode for m in ruling}) > 1:
            continue
        there = ruling[0]
        grade = _CONTRARY.get((mood.mode, there.mode))
        if grade is None:
            continue
        sense = _SENSE_EN.get(mood.mode)
        alike = sum(m.mode == mood.mode for m in moods_ja(unit))
        if sense is not None and len(sense.findall(unit.en_text)) >= alike:
            continue
        if mood.mode == "may" and _HAVE.match(unit.en_text, there.end):
            continue
        if there.mode == "may" and _STATIVE.match(unit.en_text, there.start):
            continue
        at = Mode(mood.mode, mood.start, mood.end, (0, 0))
        yield _hit(pair, unit, at, Mode(there.mode, there.start, there.end, (0, 0)), *grade)
        return


_RELATIVE = re.compile(
    r"\b(?:which|that|who|whom|whose|where|how|what|whether)\b(?:(?!\b(?:is|are|was|were|has|have|had|do|does|did|shall|will|may|must|should|can)\b)[^.;])*$",
    re.I,
)


def _lost(pair: Pair, unit: Unit) -> Iterator[Hit]:
    """A permission, an endeavour or an intention in English whose verb Japanese states plainly to the end of its sentence."""
    seen = set()
    for tie in linked(pair, unit):
        there = mood_en(pair, unit, tie.en[0])
        if there is None or there.mode not in _SENSE_JA or there in seen or not predicate(pair, unit, tie.ja):
            continue
        gap = unit.en_text[there.end : tie.en[0]]
        before = unit.en_text[: there.start]
        if len(gap) > 40 or _SUBORDINATE.search(before) or _RELATIVE.search(before) or "," in gap:
            continue
        if there.mode == "may" and (
            unit.en_text[there.start : there.end] not in ("may", "can") or _STATIVE.match(unit.en_text, there.start)
        ):
            continue
        seen.add(there)
        clause = clause_ja(unit, tie.ja)
        if unit.en_text[there.start : there.end] == "can" and not re.search(r"(?:する|します)(?:もの|$)", clause):
            continue  # 分けられる, 読める: a passive or a potential verb may say it
        if _SENSE_JA[there.mode].search(clause) or re.search(r"[ぁ-ん]か[。?]?$|ない|ず|ください|べき|なら", clause):
            continue
        if any(
            t.en == tie.en and t.ja != tie.ja and _SENSE_JA[there.mode].search(clause_ja(unit, t.ja))
            for t in linked(pair, unit)
        ):
            continue
        start, stop = sweep(pair, unit, *tie.ja, joined=False)
        at = Mode("plain", max(start, tie.ja[0]), stop, (0, 0))
        severity = Severity.critical if there.mode == "may" and "ものと" in clause else Severity.major
        yield _hit(pair, unit, at, Mode(there.mode, there.start, there.end, (0, 0)), 0.72, severity)
        return


_WEIGH_EN = re.compile(
    r"\b(?:consider\w*|examin\w*|explor\w*|stud(?:y|ies|ied|ying)|review\w*|discuss\w*|assess\w*|look\w* into|investigat\w*|deliberat\w*|contemplat\w*|evaluat\w*|research\w*|analy[sz]\w*|thought|view to|seek\w*|identify\w*|work\w*|possib\w*|feasib\w*|propos\w*|plan\w*|take\w* (?:into account|up)|consult\w*|address\w*)\b",
    re.I,
)
_WEIGH_JA = re.compile(
    r"検討|考慮|考察|模索|探|審議|協議|研究|調査|精査|吟味|検証|審査|議論|勘案|見直|考え|可能性|評価|図|努|よう|目指|配慮|視野|しん酌|鑑み|留意"
)
_GOVERNED_WEIGH = re.compile(
    r"\b(?:will|shall|should|must|intends? to)(?: also| jointly| further)? (?:consider|explore|examine)\b(?! (?:as|that|it))",
    re.I,
)
_NO_DUTY_EN = re.compile(
    r"\b(?:not|no|nothing)\b[^.;,]{0,40}\b(?:oblig\w*|requir\w*|bound|necessary|dut(?:y|ies)|compel\w*)|\bneed not\b|\b(?:does|do|shall|will) not (?:need|have) to\b",
    re.I,
)
_NO_DUTY_JA = re.compile(
    r"(?:義務|責任|責務)(?:を|は|も|が)?[^。、]{0,6}(?:負わ|有し|な|生じ|課)|必要(?:は|が|と)?(?:し)?な|要し?な|要さな|及ばな|なくても?(?:よ|良|差し支え)|妨げ|とは限らな|拘束"
)
_FORBIDS_JA = re.compile(r"(?:ては|では)(?:ならな|いけな)|(?:こと(?:が|は)|も)(?:でき|出来)な|禁(?:止|ずる|じ)")


def _beyond_heads(pair: Pair, unit: Unit, ja: tuple[Mode, ...], main: list[Mode]) -> Iterator[Hit]:
    """Weighing in place of doing, and no duty in place of a prohibition."""
    head = ja[-1]
    words = unit.ja_text[max(0, head.start - 12) : head.end]
    if not main and not _NO_DUTY_EN.search(unit.en_text):
        return
    weigh = re.search(r"検討(?:する|するものとする|を行う|すること(?:と|が|を))", words)
    governed = [m for m in main if m.mode in _BINDING or m.mode == "mustnot"]
    if weigh and governed and not _WEIGH_EN.search(unit.en_text):
        yield _hit(pair, unit, head, governed[0], 0.75, Severity.major)
        return
    considered = _GOVERNED_WEIGH.search(unit.en_text)
    if considered and len(ja) == 1 and not _WEIGH_JA.search(unit.ja_text):
        a = pair.passage("ja", unit.bead).span(unit.ja[0] + head.start, unit.ja[0] + head.end)
        b = pair.passage("en", unit.bead).span(unit.en[0] + considered.start(), unit.en[0] + considered.end())
        yield Hit(
            f"English “{b.text}”; the Japanese does it ({a.text}).",
            f"英文は「{b.text}」（検討）にとどまるが、和文は「{a.text}」としている。",
            ja=a,
            en=b,
            confidence=0.72,
        )
        return
    free = _NO_DUTY_EN.search(unit.en_text)
    if len(ja) != 1:
        return
    forbids = _FORBIDS_JA.search(unit.ja_text, max(0, head.start - 4))
    if (
        free
        and forbids
        and not _NO_DUTY_JA.search(unit.ja_text)
        and not re.search(r"\b(?:shall|may|must|can) not\b|\bcannot\b|\bno \w+ (?:shall|may)\b", unit.en_text, re.I)
    ):
        spot = Mode("mustnot", forbids.start(), head.end, head.sentence)
        yield _hit(pair, unit, spot, Mode("may", free.start(), free.end(), (0, 0)), 0.8, Severity.critical)
        return
    barred = next(
        (
            m
            for m in main
            if m.mode == "mustnot" and re.search(r"(?:shall|must|may) not|cannot", unit.en_text[m.start : m.end], re.I)
        ),
        None,
    )
    loose = re.search(r"(?:義務を負わ|必要は?な|要し?な|なくても?よ)[^。]{0,10}$", unit.ja_text.rstrip("。 \n)"))
    if (
        barred
        and loose
        and not re.search(
            r"\b(?:oblig\w*|requir\w*|need\w*|necess\w*|dut(?:y|ies)|liab\w*|responsib\w*|bound|have to|has to|bear)\b",
            unit.en_text,
            re.I,
        )
    ):
        yield _hit(pair, unit, Mode("may", loose.start(), head.end, head.sentence), barred, 0.8, Severity.critical)


def _denied(unit: Unit, mode: Mode, modes: tuple[Mode, ...]) -> Mode:
    """A permission inside a prohibition is none: no member may …, nor may any member …"""
    inside = any(m.mode == "mustnot" and m.start <= mode.start < m.end for m in modes)
    if mode.mode == "may" and (inside or re.search(r"\bnor $", unit.en_text[: mode.start], re.I)):
        return Mode("mustnot", mode.start, mode.end, mode.sentence)
    return mode


def _main(unit: Unit, en: tuple[Mode, ...]) -> list[Mode]:
    """English heads that rule a main clause."""
    return [m for m in en if not _SUBORDINATE.search(unit.en_text[m.sentence[0] : m.start])]


def _unit(pair: Pair, unit: Unit, ja: tuple[Mode, ...], en: tuple[Mode, ...]) -> Iterator[Hit]:
    main = _main(unit, en)
    has = {m.mode for m in main}
    beyond = list(_beyond_heads(pair, unit, ja, main)) if ja else []
    if beyond:
        yield from beyond
        return
    exact = _verb_mode(pair, unit, ja[-1])
    if exact is not None:
        yield exact
        return
    yield from _coordinated(pair, unit, ja, main)
    for head in ja:
        words = unit.ja_text[head.start : head.end]
        if head.mode == "may":
            strong = [m for m in main if m.mode in _BINDING or unit.en_text[m.start : m.end].lower() == "should"]
            clear = re.search(r"でき|してよい|てもよい", words) is not None
            free = _EN_MAY_CLEAR if clear else _EN_MAY
            given = clear and all(_HAVE.match(unit.en_text, m.end) for m in strong)
            if strong and not given and not free.search(unit.en_text) and "mustnot" not in has:
                severity = Severity.critical if strong[0].mode in ("must", "shall") else Severity.major
                yield _hit(pair, unit, head, strong[0], 0.85, severity)
            elif (
                clear
                and not strong
                and not free.search(unit.en_text)
                and (
                    promised := next(
                        (
                            m
                            for m in main
                            if m.mode in ("intend", "endeavour")
                            and (re.match("intend(?:s|ed)? to", unit.en_text[m.start :], re.I) or _governed(unit, m))
                        ),
                        None,
                    )
                )
            ):
                yield _hit(pair, unit, head, promised, 0.75, Severity.major)
            elif re.search(r"ないこと(?:が|も)でき", unit.ja_text[max(0, head.start - 3) : head.end]):
                refused = [m for m in main if m.mode == "mustnot"]
                if refused and "may not" in unit.en_text.lower():
                    yield _hit(pair, unit, head, refused[0], 0.8, Severity.critical)
        elif head.mode == "must":
            effort = next((m for m in main if m.mode == "endeavour" and _governed(unit, m)), None)
            if effort and "なければなら" in words and not _JA_TRY.search(unit.ja_text):
                yield _hit(pair, unit, head, effort, 0.8, Severity.major)
            elif "may" in has and not has & {"must", "shall", "will", "should"} and not _EN_BOUND.search(unit.en_text):
                yield _hit(pair, unit, head, _of(main, "may"), 0.88, Severity.critical)
            elif (
                has
                and has <= {"intend", "endeavour", "should"}
                and not re.search(r"必要|要", words)
                and not re.search(r"\b(?:must|shall|requir\w*|oblig\w*|need\w*|necess\w*)\b", unit.en_text, re.I)
            ):
                mild = main[0].mode == "should"  # prose says なければならない for should, too
                yield _hit(pair, unit, head, main[0], 0.6 if mild else 0.78, Severity.minor if mild else Severity.major)
            elif has == {"will"} and re.search(r"なければなら|ねばなら", words) and len(ja) == 1:
                yield _hit(pair, unit, head, main[0], 0.6, Severity.minor)
        elif head.mode == "mustnot":
            pass
        elif head.mode == "endeavour" and _TRY_FINAL.search(words):
            if not _EN_TRY.search(unit.en_text):
                sure = bool(main) and has & (_BINDING | {"may", "should"})
                yield _hit(pair, unit, head, main[0] if main else None, 0.8 if sure else 0.66, Severity.major)
        elif head.mode == "intend" and _INTEND_FINAL.search(words):
            if main and not _EN_INTEND.search(unit.en_text) and has & (_BINDING | {"may", "should"}):
                yield _hit(pair, unit, head, main[0], 0.8, Severity.major)
        elif head.mode == "should" and _SHOULD_FINAL.search(words):
            if main and not _EN_SHOULD.search(unit.en_text) and has & {"may", "will"}:
                yield _hit(pair, unit, head, main[0], 0.72, Severity.major)
            elif (
                main
                and has <= {"must", "shall", "mustnot"}
                and has & {"must", "shall"}
                and not re.search(
                    r"\b(?:should|ought|desirab\w*|recommend\w*|expect\w*|hope\w*|encourag\w*)\b", unit.en_text, re.I
                )
            ):
                yield _hit(pair, unit, head, main[0], 0.7, Severity.major)
        elif head.mode in ("plain", "mono"):
            yield from _plain(pair, unit, head, main, ja, strong=head.mode == "mono")


_BEFORE_VERB = re.compile(
    r"\b(?P<m>shall|must|will|(?-i:may)|can)(?: (?!not\b|be able\b|be entitled\b)\w+){0,3} $", re.I
)


def _verb_mode(pair: Pair, unit: Unit, head: Mode) -> Hit | None:
    """The verb that Japanese permits stands behind shall or must in English, or the one it imposes behind may."""
    words = unit.ja_text[head.start : head.end]
    permits = head.mode == "may" and "ことができ" in words
    imposes = head.mode == "must" and "なければなら" in words
    stem = re.search(r"([一-龥ァ-ヴー]{2,})[ぁ-ん]{0,3}$", unit.ja_text[: head.start])
    if not (permits or imposes) or stem is None:
        return None
    verbs = answers(pair, unit, stem.start(1), stem.end(1))
    found = [m for start, _ in verbs if (m := _BEFORE_VERB.search(unit.en_text[:start]))]
    if len(verbs) != 1 or not found:
        return None
    modal = found[0]["m"].lower()
    if (modal in ("shall", "must") and permits) or (modal in ("may", "can") and imposes):
        if _HAVE.match(unit.en_text, found[0].end("m")):
            return None
        mode = "shall" if permits else "may"
        return _hit(
            pair, unit, head, Mode(mode, found[0].start("m"), found[0].end("m"), (0, 0)), 0.82, Severity.critical
        )
    return None


_MAY_ANYWHERE = re.compile(r"ことができ(?:る|ます|るものとする)(?=[。）)]|$)")
_EN_MAY_AT_ALL = re.compile(
    r"\b(?:(?-i:may)|can|could|might|cannot|permit\w*|entitle\w*|allow\w*|free|authori[sz]\w*|right (?:to|of)|rights of|discretion\w*|possib\w*|able|unable|option\w*|enabl\w*|capab\w*|power\w*|abilit\w*|liberty|competen\w*|choose|elect|would|wish\w*|eligib\w*|available|open to|potential\w*|opportunit\w*|empower\w*|afford\w*|let|lets|(?!(?:respons|sustain|reli|reason|applic|compar|consider|valu|st|suit|vulner|equit|vi|flex|sens|prob|not|un)[ai]ble|account|table|double|trouble|preamble|assemble|resemble|enable)\w+[ai]ble|so (?:that|as)|in order to|position to|suffic\w*|need not|unless|except|only|until|license\w*|freedom|without|manage[sd]?|succeed\w*|access|leave)\b",
    re.I,
)


def _unfounded(pair: Pair, unit: Unit, modes: tuple[Mode, ...]) -> Iterator[Hit]:
    """A permission in Japanese where no word of the English permits anything."""
    there = _MAY_ANYWHERE.search(unit.ja_text)
    if there is None or _EN_MAY_AT_ALL.search(unit.en_text) or re.search(r"\b(?:have|has|enjoy)\b", unit.en_text, re.I):
        return
    at = Mode("may", there.start(), there.end(), (0, 0))
    yield _hit(pair, unit, at, next((m for m in modes if m.mode in _BINDING), None), 0.7, Severity.major)


_MAY_INNER = re.compile(r"ことが(?:でき|可能であり)(?:、|るものとし、)")
_MUST_INNER = re.compile(r"なければならず、")


def _coordinated(pair: Pair, unit: Unit, ja: tuple[Mode, ...], main: list[Mode]) -> Iterator[Hit]:
    """Two predicates in one sentence: may … and shall …; one of them has taken the mode of the other."""
    if len(ja) != 1:
        return
    head = ja[0]
    mays = [m for m in main if re.match(r"may\b|can\b|entitled|permitted", unit.en_text[m.start :], re.I)]
    duties = [m for m in main if m.mode in ("must", "shall") or unit.en_text[m.start : m.end].lower() == "will"]
    if len(mays) != 1 or len(duties) != 1 or any(m.mode == "mustnot" for m in main):
        return
    inner_may, inner_must = _MAY_INNER.search(unit.ja_text), _MUST_INNER.search(unit.ja_text)
    if inner_may and head.mode == "may" and len(_JA_MAY_VERB.findall(unit.ja_text)) >= 2:
        if not re.search(r"\b(?:right|entitle\w*|able|possib\w*)\b", unit.en_text, re.I):
            yield _hit(pair, unit, head, duties[0], 0.72, Severity.major)
    elif (
        inner_must
        and head.mode in ("must", "mono")
        and not _JA_MAY.search(unit.ja_text[inner_must.end() :].replace("場合", ""))
    ) and not _JA_MAY_VERB.search(unit.ja_text):
        at = Mode("must", inner_must.start(), inner_must.end() - 1, head.sentence)
        yield _hit(pair, unit, at, mays[0], 0.75, Severity.critical)


def _plain(
    pair: Pair, unit: Unit, head: Mode, main: list[Mode], ja: tuple[Mode, ...], *, strong: bool
) -> Iterator[Hit]:
    first = main[0] if main else None
    effort = next((m for m in main if m.mode == "endeavour" and _governed(unit, m)), None)
    if effort and not _JA_TRY.search(unit.ja_text):
        yield _hit(pair, unit, head, effort, 0.8, Severity.major)
        return
    intend = next(
        (m for m in main if m.mode == "intend" and re.match(r"inten[dt]", unit.en_text[m.start :], re.I)), None
    )
    if intend and not _JA_INTEND.search(unit.ja_text):
        yield _hit(pair, unit, head, intend, 0.75, Severity.major)
        return
    if len(ja) != 1:
        return  # several sentences: each modal is asked for by its own verb
    if first is None:
        return
    modes = {m.mode for m in main}
    clear = (
        _JA_MAY_CLEAR if strong or len([m for m in main if unit.en_text[m.start : m.end] == "may"]) == 1 else _JA_MAY
    )
    if "may" in modes and not modes & (_BINDING | {"should", "intend", "mustnot"}) and not clear.search(unit.ja_text):
        may = _of(main, "may")
        if re.search(r"\bmay\b", unit.en_text) and not (_EN_DUTY if strong else _EN_MUST).search(unit.en_text):
            stative = re.match(
                r"may (?:also |not )?(?:be|have|contain|include|vary|differ|exist|occur|arise|result|come|want|wish|find|know|seem|happen|need)\b(?! \w+ed\b)",
                unit.en_text[may.start :],
            )
            severity = Severity.neutral if stative else Severity.critical if strong else Severity.major
            yield _hit(pair, unit, head, may, 0.8 if strong else 0.68, severity)
    elif (
        strong
        and "may" in modes
        and re.match(
            r"(?:entitled|permitted|allowed|authori[sz]ed|free) to|ha(?:s|ve) the right to",
            unit.en_text[_of(main, "may").start :],
            re.I,
        )
        and not modes & {"must", "shall", "should", "intend"}
        and not _JA_MAY.search(unit.ja_text)
    ):
        yield _hit(pair, unit, head, _of(main, "may"), 0.72, Severity.major)
    elif (
        first.mode == "should"
        and not re.match(r"\W*Should\b", unit.en_text[first.start :])  # Should any part be void = if
        and not re.match(
            r"should (?:be (?:enough|sufficient|able|possible|easy|clear|fine)\b|suffice)", unit.en_text[first.start :]
        )
        and unit.en_text[first.start : first.end].lower() in ("should", "ought to")
        and not _JA_SHOULD.search(unit.ja_text)
    ):
        yield _hit(pair, unit, head, first, 0.75, Severity.major)


def _governed(unit: Unit, mode: Mode) -> bool:
    """An endeavour that is the verb of the clause: will endeavour, shall seek, make every effort."""
    before = unit.en_text[max(0, mode.start - 30) : mode.start]
    words = unit.en_text[mode.start : mode.end].lower()
    if words.startswith(("explore", "pursue", "work")):
        return False
    return re.search(
        r"\b(?:will|shall|should|must|to|may|would|agree\w*|Part\w+|Governments?|each)(?:,[^,;.]{1,28},)?(?: \w+ly)?(?: also)? $",
        before,
        re.I,
    ) is not None and words.split()[0] not in ("attempt", "attempts")


def _of(modes: list[Mode], mode: str) -> Mode:
    return next(m for m in modes if m.mode == mode)


def _hit(pair: Pair, unit: Unit, ja: Mode, en: Mode | None, confidence: float, severity: Severity) -> Hit:
    a = pair.passage("ja", unit.bead).span(unit.ja[0] + ja.start, unit.ja[0] + ja.end)
    if en is None:
        return Hit(
            f"Japanese {a.text} ({_NAMES[ja.mode]}) is not in the English.",
            f"和文の「{a.text}」（{_NAMES_JA[ja.mode]}）に当たる語が英文にない。",
            ja=a,
            confidence=confidence,
            severity=severity,
        )
    b = pair.passage("en", unit.bead).span(unit.en[0] + en.start, unit.en[0] + en.end)
    return Hit(
        f"English “{b.text}” ({_NAMES[en.mode]}), Japanese {a.text} ({_NAMES[ja.mode]}).",
        f"英文は「{b.text}」（{_NAMES_JA[en.mode]}）、和文は「{a.text}」（{_NAMES_JA[ja.mode]}）。",
        ja=a,
        en=b,
        confidence=confidence,
        severity=severity,
    )


_NAMES = {
    "must": "duty", "shall": "duty", "mono": "duty", "will": "commitment", "plain": "commitment", "may": "permission",
    "mustnot": "prohibition", "should": "recommendation", "intend": "intention", "endeavour": "endeavour", "not": "negation",
}  # fmt: skip
_NAMES_JA = {
    "must": "義務", "shall": "義務", "mono": "義務", "will": "約束", "plain": "約束", "may": "許可",
    "mustnot": "禁止", "should": "推奨", "intend": "意図", "endeavour": "努力", "not": "否定",
}  # fmt: skip


CHECK = Check(
    code="ACC301",
    name="modality-mismatch",
    mqm="accuracy/mistranslation",
    severity=Severity.major,
    doc=__doc__,
    doc_ja="義務、許可、意図、努力の表現が入れ替わっている。\n\nなぜ問題か：may を「しなければならない」とすれば、誰も引き受けていない義務が生じる。拘束力のない文書では特に重要である。\n\n対処：shall・must は「ものとする」「しなければならない」又は終止形、will は終止形、intend to は「意図を有する」、endeavour は「努める」、may は「することができる」。",
    find=find,
    examples=(
        Example(
            ja="会の財産の処分は、総会の議決に基づかなければならない。",
            en="No property can be given away, nor can any be bought, without a vote of the assembly.",
        ),
        Example(
            ja="会員は、いつでも弁護人を依頼することができる。",
            en="A member shall at all times have the help of counsel.",
        ),
        Example(
            ja="受入締約国は、機材を返還する⟦ことができる⟧。", en="The receiving Party ⟦shall⟧ return the equipment."
        ),
        Example(
            ja="受入締約国は、機材を返還しなければならない。", en="The receiving Party shall return the equipment."
        ),
        Example(ja="受入締約国は、機材を返還する。", en="The receiving Party shall return the equipment."),
        Example(
            ja="当事者らは、2週間以内に⟦回答する⟧。", en="The Participants will ⟦endeavour⟧ to reply within two weeks."
        ),
        Example(
            ja="当事者らは、2週間以内に回答するよう努める。",
            en="The Participants will endeavour to reply within two weeks.",
        ),
        Example(ja="専門家を招へいし⟦なければならない⟧。", en="The Participants ⟦may⟧ invite experts."),
        Example(ja="協力する意図を有する。", en="The Participants intend to cooperate."),
        Example(ja="当事者らは、⟦協力する⟧。", en="The Participants ⟦intend⟧ to cooperate."),
        Example(
            ja="保管者は、目録を作成する⟦ことができ⟧、年に一回これを公開することができる。",
            en="The custodian ⟦shall⟧ prepare a catalogue and may open it to the public once a year.",
        ),
        Example(
            ja="保管者は、目録を作成するものとし、年に一回これを公開することができる。",
            en="The custodian shall prepare a catalogue and may open it to the public once a year.",
        ),
    ),
)
