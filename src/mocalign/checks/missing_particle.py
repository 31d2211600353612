"""A particle is lost between a noun and its verb, or after the subject.

Why it matters: 両政府、…協力する leaves open who cooperates with whom; 「取決め」改める cannot be carried out as an amendment.

What to do: restore the particle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mocalign import kanji
from mocalign.checks.base import Check, Example, Hit
from mocalign.config import Config
from mocalign.japanese import Token
from mocalign.model import Severity, View
from mocalign.pair import Pair

__all__ = ["CHECK"]

# Nouns that name an actor: at the head of a sentence they need は or が.
_ACTOR = re.compile(
    r"^(?:この協定の|本協定の)?(?:両政府|両締約国|両国|両者|両当事者|両参加者|双方|一方|他方|各締約国|各当事者|締約国|当事者ら?|参加者ら?|"
    r"各政府|加盟国|事務局長|事務局|合同委員会|委員会|主務大臣|大臣|甲|乙|[甲乙]及び[甲乙]|本(?:覚書|協定|指針|契約|条約|取決め|議定書|方針|法)|この(?:覚書|協定|指針|条約|取決め|法律|議定書|契約)|各?(?:機関|管理者|利用者|参加国)|[一-鿿]{1,6}(?:大臣|委員会|事務局|機関|政府|当局|省|庁)|[一-鿿]{2,6}者|[一-鿿]{1,4}国)、"
)
# Verbs that nothing but に joins to the noun before them.
_OBLIQUE = frozenset("関する 対する 応ずる 応じる 係る 基づく 基く 伴う 従う 属する 際する 由来する 該当する".split())
_AFTER_QUOTE = re.compile(r"」(?P<verb>改め(?!て)|削る|削り|加え(?!て)|改正す|置き換え|読み替え|修正す)")


def find(pair: Pair, config: Config) -> Iterator[Hit]:
    """Yield places where a particle is missing."""
    for segment in pair.ja.segments:
        if segment.kind in ("title", "heading", "caption"):
            yield from _noun_verb(pair.body(pair.ja, segment), pair.ja_tokens(segment))
        if segment.kind not in ("paragraph", "item", "preamble", "recital"):
            continue
        view = pair.body(pair.ja, segment)
        text = view.text
        for match in _AFTER_QUOTE.finditer(text):
            to = match["verb"].startswith(("改", "読", "置", "修")) and text[: match.start()].count("」を") > 0
            lost = "に" if to else "を"
            if match["verb"].startswith("読") or match["verb"].startswith("置"):
                lost = "と" if to else "を"
            at = match.start() + 1
            yield Hit(
                f"{lost} is missing before {match['verb']}.",
                f"「{match['verb']}」の前に「{lost}」が脱落している。",
                ja=view.span(match.start(), match.end()),
                confidence=0.9,
                suggestion=text[match.start() : at] + lost + text[at : match.end()],
            )
        for start in [0, *(m.end() for m in re.finditer("。", text))]:
            actor = _ACTOR.match(text[start:])
            if actor is None:
                continue
            stop = text.find("。", start)
            rest = text[start + actor.end() : stop if stop > 0 else len(text)]
            rest = re.sub("(?:とき|場合|際|上|ところ)に?は、", "", rest)  # a condition has a は of its own
            # A list (両国、関係機関及び…は) has its particle later.
            if (
                re.search(r"(?:は|が)、|及び|並びに|又は|若しくは|その他|とも(?:に)?|(?:は|が)(?=[一-鿿])", rest[:60])
                or len(rest) < 8
            ):
                continue
            if not re.search(r"(?:する|ない|できる|ものとする|れる|える|いる|う|く|る)$", rest):
                continue
            end = start + actor.end()
            yield Hit(
                f"The subject {actor[0][:-1]} has lost its は.",
                f"主語「{actor[0][:-1]}」の後の「は」が脱落している。",
                ja=view.span(start, end),
                confidence=0.85,
                suggestion=view.text[start : end - 1] + "は、",
            )
        yield from _noun_verb(view, pair.ja_tokens(segment))


def _noun_verb(view: View, tokens: tuple[Token, ...]) -> Iterator[Hit]:
    """協定改める: a noun that runs into a verb of its own."""
    text = view.text
    for a, b in pairwise(tokens):
        if b.lemma in _OBLIQUE and kanji.is_kanji(text[b.start]) and not b.oov:
            if (
                a.pos[0] == "名詞"
                and a.pos[2] != "副詞可能"
                and a.pos[1] != "数詞"
                and len(a.surface) > 1
                and not a.oov
            ):
                yield Hit(
                    f"{a.surface} runs into {b.surface}: に is missing.",
                    f"「{a.surface}」と「{b.surface}」の間に「に」が脱落している。",
                    ja=view.span(a.end - 1, b.start + 1),
                    confidence=0.88,
                    suggestion=text[a.end - 1 : b.start] + "に" + text[b.start : b.start + 1],
                )
            continue
        if a.pos[0] != "名詞" or b.pos[0] != "動詞" or a.pos[1] in ("数詞",) or a.pos[2] in ("副詞可能", "助数詞可能"):
            continue
        if b.pos[1] == "非自立可能" or not kanji.is_kanji(b.surface[0]) or a.oov or b.oov or len(a.surface) < 2:
            continue
        if kanji.is_kanji(b.surface[-1]) or not b.pos[5].startswith(("終止形", "連体形")):
            continue
        if a.surface in (
            "複数",
            "多数",
            "少数",
            "全部",
            "全員",
            "一部",
            "若干",
            "相当",
            "一切",
            "大半",
            "半数",
            "過半",
            "双方",
            "両方",
        ):
            continue
        if a.surface[-1] in "間中後前毎時際下上内外" or a.surface.endswith("場合"):
            continue
        if re.match("ひと[^びり]|ふた[^たり]|[一二三四五六七八九十数半少]", a.surface):
            continue  # 塩をひとつまみ加える: a measure stands without a particle
        if a.pos[2] not in ("一般", "サ変可能") and a.pos[1] != "固有名詞":
            continue
        best = max(
            ((kanji.gain(text, (b.start, b.start, p)), p) for p in "をにはがと"),
            default=(0, ""),
        )
        if best[0] < 3500:
            continue
        yield Hit(
            f"{a.surface} runs into {b.surface}: a particle is missing ({best[1]}?).",
            f"「{a.surface}」と「{b.surface}」の間に助詞（「{best[1]}」など）が脱落している。",
            ja=view.span(a.end - 1, b.start + 1),
            confidence=0.75,
            suggestion=text[a.end - 1 : b.start] + best[1] + text[b.start : b.start + 1],
        )


CHECK = Check(
    code="LIN010",
    name="missing-particle",
    mqm="linguistic-conventions/grammar",
    severity=Severity.major,
    needs="ja",
    doc=__doc__,
    doc_ja="助詞（は・を・に・が・と）が脱落している。\n\nなぜ問題か：誰が何をするのか確定せず、改正規定は執行できない。\n\n対処：助詞を補う。",
    find=find,
    examples=(
        Example(ja="塩をひとつまみ加える。水を少量足す。"),
        Example(ja="⟦両政府、⟧訓練センターの設置について協力する。", suggestion="両政府は、"),
        Example(ja="「議定書」を「取決め⟦」改め⟧る。", suggestion="」に改め"),
        Example(ja="施策の推⟦進関⟧する規則を定める。", suggestion="進に関"),
        Example(
            ja="⟦管理者、⟧計画を変更したときは、変更の日から七日以内に届け出なければならない。", suggestion="管理者は、"
        ),
        Example(ja="管理者、利用者その他の関係者は、変更したときは、届け出なければならない。"),
        Example(ja="両政府は、訓練センターの設置について協力する。\n両国、関係機関及び国際機関は、協力する。"),
        Example(ja="「議定書」を「取決め」に改める。甲、乙及び丙は、別途定める条件に従う。"),
    ),
)
