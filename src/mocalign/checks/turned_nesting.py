"""The levels of a list are turned round: A並びにB及びC where A and B belong together.

Why it matters: 及び and 若しくは join what is closest, 並びに and 又は join the groups; exchanged, the words regroup the list,
and with the list the duty.

What to do: 及び (若しくは) inside the group, 並びに (又は) between the groups.

How it is found: the text is well formed either way, so something must tell which members belong together: verbs that are
joined below their own objects, これら and その that look back over a group, provisions of one article and of another, 附則,
members that share their head where the others share nothing, the same pair elsewhere in the text; and the English, where
a comma or "as well as" stands between the groups and a bare "and" inside them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocalign import japanese
from mocalign.checks.base import Check, Example, Hit
from mocalign.checks.near import links
from mocalign.config import Config
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

_FAMILIES = (("及び", "並びに"), ("若しくは", "又は"), ("および", "ならびに"), ("もしくは", "または"))
_RUN = r"[一-鿿々〇ァ-ヴー・A-Za-z0-9]+"
_LEFT = re.compile(rf"(?:{_RUN}(?:の|的な|な))*{_RUN}$")
_RIGHT = re.compile(rf"(?:その|この|当該|これらの)?(?:{_RUN}(?:の|的な|な))*{_RUN}")
_WHOLE = _RIGHT
_PLACE = re.compile(
    r"^(?P<main>附則)?(?:第[〇一二三四五六七八九十百0-9]+(?P<unit>[編章節条項号])|(?P<near>[前次同本])(?P<unit2>[条項号章]))"
)
# A verb that goes on: 漏らし、 譲渡し、 (and no particle).
_GOES_ON = re.compile(r"(?:[一-鿿ァ-ヴ]し|[一-鿿][しりいきちみびえけせてねべめれげ]|せ|され|[らめけえべ]れ)、$")


@dataclass(frozen=True, slots=True)
class Chain:
    """Three members of a list and the two words that join them, as ranges of a text."""

    left: str
    middle: str
    right: str
    one: tuple[int, int]
    two: tuple[int, int]
    upper_first: bool
    words: tuple[str, str]  # (lower, upper)


def chains(text: str) -> Iterator[Chain]:
    """The places of a text where a lower and an upper conjunction of one family follow each other in a sentence."""
    for lower, upper in _FAMILIES:
        found = list(re.finditer(rf"{lower}|{upper}", text))
        for a, b in itertools.pairwise(found):
            middle = text[a.end() : b.start()]
            if a[0] == b[0] or len(middle) > 44 or re.search(r"[。；;\n「」]", middle):
                continue
            yield Chain(
                re.split(r"[。；;\n]", text[: a.start()])[-1],
                middle,
                re.split(r"[。；;\n]", text[b.end() :])[0],
                a.span(),
                b.span(),
                a[0] == upper,
                (lower, upper),
            )


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield the chains whose levels contradict what their members, or the English, say."""
    for segment in pair.ja.segments:
        if segment.kind in ("signature",):
            continue
        view = pair.body(pair.ja, segment)
        for chain in chains(view.text):
            told = _judge(pair, view, chain)
            if told is None:
                continue
            confidence, why, why_ja = told
            start, end = chain.one[0], chain.two[1]
            middle = view.text[chain.one[1] : chain.two[0]]
            first, second = chain.words if chain.upper_first else chain.words[::-1]
            yield Hit(
                f"{chain.words[0]} and {chain.words[1]} have changed places: {why}.",
                f"「{chain.words[0]}」と「{chain.words[1]}」の段階が逆になっている：{why_ja}。",
                ja=view.span(start, end),
                confidence=confidence,
                suggestion=first + middle + second,
            )


def _judge(pair: Pair | None, view: View | None, chain: Chain) -> tuple[float, str, str] | None:
    """How sure it is that a chain is turned, and why; None where it is not."""
    if pair is not None and view is not None and pair.has_english:
        close = _english(pair, view, chain)
        if close is not None:  # the English groups its members by itself, and nothing in the Japanese counts against it
            told = 0.82, "the English groups them the other way", "英文のまとまりと異なる"
            return told if close == chain.upper_first else None
    if chain.words[0] in ("および", "もしくは"):
        return None  # in kana they are words of everyday prose, which is careless of levels
    for rule, confidence, why, why_ja in _RULES:
        close = rule(pair, chain)
        if close is not None:
            return (confidence, why, why_ja) if close == chain.upper_first else None
    return None


# A rule says which two members belong together: True the first two, False the last two, None when it cannot tell.


def _verbs(pair: Pair | None, chain: Chain) -> bool | None:
    """権利又は義務を譲渡し、若しくは担保に供し: nouns belong together below the verbs that follow."""
    if (
        _GOES_ON.search(chain.middle)
        and re.search(r"[をに]", chain.middle)
        and re.search(r"[一-鿿ァ-ヴー]$", chain.left)
        and not _GOES_ON.search(chain.left)
        and not re.search(f"{chain.words[0]}|{chain.words[1]}", chain.right)
    ):
        return True
    return None


_CLAUSE = r"(?:場合|とき|こと)"


def _clauses(pair: Pair | None, chain: Chain) -> bool | None:
    """…した場合、若しくは甲又は乙が…した場合: what joins whole clauses stands above what joins their nouns."""
    bare = re.fullmatch(rf"(?:{_RUN}の)*{_RUN}", chain.middle) is not None
    ends = re.search(rf"[るたい](?P<noun>{_CLAUSE})、?$", chain.left)
    if ends and bare and re.search(rf"[るたい]{ends['noun']}", chain.right):
        return False
    if re.search(r"[るたい]か$", chain.middle) and not re.search(r"か、?$", chain.left):
        return True if re.search(r"[るたい]か(?:を|は|に|否|$)", chain.right) else None
    ends = re.search(rf"[るたい](?P<noun>{_CLAUSE})、?$", chain.middle)
    if ends and re.search(rf"{_RUN}$", chain.left) and re.search(rf"[るたい]{ends['noun']}", chain.right):
        return True
    return None


def _these(pair: Pair | None, chain: Chain) -> bool | None:
    """A又はB若しくはこれらの…: what これら looks back on is the whole list before it."""
    if re.search(r"[、はがを]", chain.middle):
        return None
    if re.match(r"これら(?!の規定)", chain.right):
        return True
    if chain.upper_first and re.match(rf"(?:{_RUN}の)*{_RUN}{chain.words[0]}これら(?!の規定)", chain.right):
        return True  # 受託者又はその役員若しくは職員若しくはこれらの者であった者
    if chain.words[1] == "又は" and chain.middle.startswith("その他の"):
        return True  # 製造若しくはその他の方法による取得
    return None


def _its(pair: Pair | None, chain: Chain) -> bool | None:
    """措置及びその目的並びに理由: the bare noun shares その with the one before it."""
    if not re.match(r"その(?!他)[一-鿿ァ-ヴー]{2,6}$", chain.middle):
        return None
    match = re.match(r"([一-鿿]{2})(?=[をはがに、]|$|の[一-鿿]{2}(?:[をはがに、]|$))", chain.right)
    if match and (chain.right[2:3] != "の" or (_act(chain.middle[2:]) and _act(match[1]))):
        return False
    return None


def _provisions(pair: Pair | None, chain: Chain) -> bool | None:
    """第四条第一項又は第二項若しくは第六条: paragraphs of one article before another article; 附則 apart."""
    left = re.search(r"(?:附則)?第[^、はがをにで]{1,24}$", chain.left)
    if left is None or not (_PLACE.match(left[0]) and _PLACE.match(chain.middle) and _PLACE.match(chain.right)):
        return None
    first, second = _step(left[0], chain.middle), _step(chain.middle, chain.right)
    return None if first == second else first < second


_RANK = {"編": 5, "章": 4, "節": 3, "条": 2, "項": 1, "号": 0}


def _step(before: str, after: str) -> int:
    """How far one provision is from the next: 0 in one article, 1 another article, 2 from the main part to 附則."""
    match = _PLACE.match(after)
    unit = (match["unit"] or match["unit2"]) if match else "条"
    if after.startswith("附則") and "附則" not in before:
        return 2
    return 0 if "条" in before and _RANK[unit] < 2 else 1


def _shape(pair: Pair | None, chain: Chain) -> bool | None:
    """産業及び貿易の振興並びに人材の育成: what is bare shares the modifier, or the head, of the member beside it."""
    found = _members(chain)
    if found is None:
        return None
    left, middle, right = (m.split("の") for m in found)
    if len(middle) == 2 and len(right) == 2 and len(left) == 1:
        # [産業及び貿易]の振興: the bare noun stands on the level of the one before の
        if left[0] == right[0]:
            return True  # 法人若しくは人の代理人又は法人の代表者
        if not _act(left[0]) and _act(middle[1]) and _act(right[1]):
            return True
        if middle[1][-1:] == right[1][-1:] != left[0][-1:] and not _act(left[0]):
            return True
    if len(left) == 2 and len(middle) == 1 and len(right) == 2 and left[0] == middle[0]:
        return False  # 法人の代表者又は法人若しくは人の代理人
    if len(middle) == 1 and len(right) == 2 and len(left[-1]) == len(middle[0]):
        # 権利若しくは義務又は契約上の地位, 氏名及び住所並びに代表者の経歴: the last has a modifier of its own
        apart = _AT.search(right[0]) is not None and _AT.search(middle[0]) is None
        actor = _ACTOR.search(right[0]) is not None and not (_ACTOR.search(middle[0]) or _ACTOR.search(left[-1]))
        if apart or (actor and not _act(middle[0])):
            return True
    if len(left) == 2 and len(middle) == 1 and len(right) == 2:
        # 訓練の[計画及び実施], or [産業及び貿易]の振興 in the last two
        acts = _act(left[1]), _act(middle[0]), _act(right[0]), _act(right[1])
        if acts == (True, True, False, True):
            return True
        if acts == (True, False, False, True) and chain.upper_first:
            return False  # it bears the text out, and proves nothing against 理事会の構成及び権限並びに議事の手続
    shares = len(left) == 2 and len(middle) == 2 and len(right) == 1 and len(middle[1]) == len(right[0]) == 2
    if shares and _act(left[1]) and _act(middle[1]) and _act(right[0]):
        return False  # 技術の[実証及び検証]
    return None


_AT = re.compile(r"(?:上|間|中|下|用|的|以外|以内)$")  # such a word is a modifier and no member
_ACTOR = re.compile(r"[者人長員官士師省庁署社]$|(?:機関|団体|当局|会議|委員会|政府|当事国|加盟国|締約国)$")


@lru_cache(maxsize=4096)
def _act(word: str) -> bool:
    """Whether a noun names an act: 振興, 育成; 産業 names none."""
    found = japanese.tokens(word)
    return bool(found) and found[-1].pos[2:3] == ("サ変可能",)


def _members(chain: Chain) -> tuple[str, str, str] | None:
    """The three members where each is a noun, or nouns joined by の."""
    left, right = _LEFT.search(chain.left), _RIGHT.match(chain.right)
    if left is None or right is None or not _WHOLE.fullmatch(chain.middle):
        return None
    return tuple(re.sub(r"^(?:その|この|当該|両|これらの)", "", m) for m in (left[0], chain.middle, right[0]))  # type: ignore[return-value]


def _elsewhere(pair: Pair | None, chain: Chain) -> bool | None:
    """Two of the members stand as a pair elsewhere in the text, more than once, the other two nowhere."""
    found = _members(chain)
    if found is None or pair is None:
        return None
    left, middle, right = (m.split("の") for m in found)
    text = pair.ja_text

    def pairs(one: str, two: str) -> int:
        joined = rf"(?<![一-鿿ァ-ヴー]){re.escape(one)}(?:及び|又は|・|と|若しくは){re.escape(two)}(?![一-鿿ァ-ヴー])"
        return len(re.findall(joined, text))

    here = 1 if chain.upper_first else 0  # the lower word of this very chain
    first = pairs(left[-1], middle[0]) - (0 if chain.upper_first else 1)
    second = pairs(middle[-1], right[0]) - here
    if first >= 2 and second <= 0:
        return True
    if second >= 2 and first <= 0:
        return False
    return None


def _likeness(pair: Pair | None, chain: Chain) -> bool | None:
    """量子通信並びに量子センシング及び人材の育成: the members that are alike belong together."""
    found = _members(chain)
    if found is None:
        return None
    left, middle, right = (m.split("の") for m in found)
    first, second = _alike(left, middle), _alike(middle, right)
    if first - second >= 2.5 and first >= 2.5:
        return True
    if second - first >= 2.5 and second >= 2.5:
        return False
    return None


def _alike(one: list[str], two: list[str]) -> float:
    """How much two members have in common: the end of a head, its beginning, its length."""
    best = max(_heads(one[-1], two[0]), _heads(one[-1], two[-1]))
    return best + (0.5 if len(one) == len(two) else -0.5 if len(two) > 1 else 0)


def _heads(one: str, two: str) -> float:
    score = 0.0
    if one[-1:] == two[-1:] and max(len(one), len(two)) > 2:
        score += 3 if one[-2:] == two[-2:] else 1  # 議長, 副議長; 代理人, 受取人
    if len(one) > 3 and len(two) > 3 and one[:2] == two[:2]:
        score += 2
    return score + (0.5 if len(one) == len(two) else -0.5 if abs(len(one) - len(two)) > 2 else 0)


_RULES = (
    (_provisions, 0.82, "the provisions of one article belong together", "同じ条の規定が一まとまりである"),
    (_these, 0.74, "これら takes up the whole list before it", "「これら」はその前の全体を受ける"),
    (_clauses, 0.74, "what joins clauses stands above what joins nouns", "節の接続の方が上位である"),
    (_verbs, 0.74, "what joins verbs stands above what joins nouns", "動詞の接続の方が上位である"),
    (_its, 0.66, "the nouns after その belong together", "「その」の後の二語が一まとまりである"),
    (
        _shape,
        0.7,
        "members that share a modifier or a head belong together",
        "修飾語又は主要語を共有する語句が一まとまりである",
    ),
    (_elsewhere, 0.66, "two of them stand as a pair elsewhere", "文書の他の箇所で一対として用いられている"),
    (_likeness, 0.66, "members of one kind belong together", "同種の語句が一まとまりである"),
)


def _english(pair: Pair, view: View, chain: Chain) -> bool | None:
    """How the English groups the three members: A, and B and C; A and B as well as C. None where it does not show."""
    span = view.span(chain.one[0], chain.two[1])
    segment = pair.ja.segment_at(span.start)
    number = pair.bead_of.get(("ja", segment.index), -1) if segment is not None else -1
    if number < 0 or not pair.beads[number].en:
        return None
    left, right = _LEFT.search(chain.left), _RIGHT.match(chain.right)
    if left is None or right is None:
        return None
    ranges = (
        (chain.one[0] - len(left[0]), chain.one[0]),
        (chain.one[1], chain.two[0]),
        (chain.two[1], chain.two[1] + len(right[0])),
    )
    places = [view.span(a, b) for a, b in ranges if b > a]
    if len(places) < 3:
        return None
    found = links(pair, number)
    words = [[e for j, e in found if p.start <= j.start and j.end <= p.end] for p in places]
    if not all(words):
        return None
    one, two, three = words
    end = max(w.end for w in one)
    middle = [w for w in two if w.start > end]
    if not middle:
        return None
    start, stop = min(w.start for w in middle), max(w.end for w in two)
    follow = [w.start for w in three if w.start > stop]
    if not follow:
        return None
    first, second = _loose(pair.en.text[end:start]), _loose(pair.en.text[stop : min(follow)])
    if first is None or second is None or first == second:
        return None
    return first < second


_CONJUNCTION = re.compile(r"\b(?:and/or|and|or|as well as|together with|along with)\b", re.I)


def _loose(between: str) -> int | None:
    """How loosely two English members are joined: and 1, with a comma 2, as well as 3; None without one conjunction."""
    found = list(_CONJUNCTION.finditer(between))
    if len(found) != 1 or len(between) > 70 or re.search(r"[.:(]", between):
        return None
    if found[0][0].lower() not in ("and", "or", "and/or"):
        return 3
    return 2 if re.search(r"[,;]\s*$", between[: found[0].start()]) else 1


CHECK = Check(
    code="STY012",
    name="turned-nesting",
    mqm="style/unidiomatic-style",
    severity=Severity.minor,
    needs="ja",
    doc=__doc__,
    doc_ja="「及び」と「並びに」、「若しくは」と「又は」の段階が逆になっている。\n\nなぜ問題か：「及び」「若しくは」は小さいまとまりを、「並びに」「又は」は大きいまとまりをつなぐ。逆にすると語句のまとまりが変わる。\n\n対処：小さいまとまりに「及び」「若しくは」、大きいまとまりに「並びに」「又は」を用いる。",
    find=find,
    examples=(
        Example(ja="第四条第一項⟦又は第二項若しくは⟧第六条の規定は、適用しない。", suggestion="若しくは第二項又は"),
        Example(ja="第四条第一項若しくは第二項又は第六条の規定は、適用しない。"),
        Example(ja="権利⟦又は義務を譲渡し、若しくは⟧担保に供してはならない。"),
        Example(ja="権利若しくは義務を譲渡し、又は担保に供してはならない。"),
        Example(ja="受託者⟦又は職員若しくは⟧これらの者であった者", suggestion="若しくは職員又は"),
        Example(ja="受託者若しくは職員又はこれらの者であった者"),
        Example(ja="両国は、産業⟦並びに貿易の振興及び⟧人材の育成を図る。"),
        Example(ja="両国は、産業及び貿易の振興並びに人材の育成を図る。"),
        Example(ja="両国は、人材の育成並びに産業及び貿易の振興を図る。"),
        Example(
            ja="両国は、船舶⟦並びに航空機及び⟧燃料を提供する。",
            en="The two countries will provide ships and aircraft, as well as fuel.",
            suggestion="及び航空機並びに",
        ),
        Example(
            ja="両国は、船舶並びに航空機及び燃料を提供する。",
            en="The two countries will provide ships, and aircraft and fuel.",
        ),
        Example(ja="監視並びに警報及び避難の体制を整備する。"),
    ),
)
