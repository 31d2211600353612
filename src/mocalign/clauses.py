"""Words that turn a sentence: negation, exception, inclusion, quantifiers, and/or, modality, in either language.

`cues_ja` and `cues_en` return every cue of a folded text (`View.text`) in order; `modality_ja` and `modality_en` the
modal head of each sentence. Set phrases that look like one cue and are another are read first: しなければならない is no
negation, "not later than" no negation, "whether or not" no "or", 少なくとも no ない.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mocalign import english, japanese

__all__ = ["RANK", "Cue", "Mode", "count", "cues_en", "cues_ja", "modality_en", "modality_ja"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that turns the sense: `text[start:end]`. `sort` is its kind, see the tables below."""

    sort: str
    start: int
    end: int
    text: str


def _table(rows: Iterable[tuple[str, str]], flags: int = 0) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sort, re.compile(pattern, flags)) for sort, pattern in rows)


# Rows are read in order and what one has read is closed to the next, so guards stand on top; their sorts begin with "x".
#   not: predicate negation · lexneg: a negative word · except, unless, include, only
#   both, either, each, all, any, neither, one, other, some · and, or
_JA = _table(
    (
        # no duty: a denial in two words
        ("lexneg", r"なくて(?:も)?(?:よ|良|い|かま|構|差し支え|済)[^、。]{0,6}"),
        (
            "xmust",
            r"な(?:ければ|くては|くちゃ)(?:なら(?:な(?:い|かった|く)|ず|ぬ)|なりません|いけ(?:ない|ません|なかった|ず))|(?:そう|さも)で?な(?:ければ|くば|いと)|かもしれません|ねばなら(?:ない|ず|ぬ)|ないわけにはいか|ざるを得な|にほかなら(?:な|ず)|ことに(?:は)?なら?ない(?=限)|相違な|違いな|かもしれな|かね(?:ない|ません)|かも(?:し|知)れ(?:ない|ません|ず)|(?:か|構)ま?(?:わない|いません|わず)|差し支え(?:ありません|ない|なく)|ない(?:と|では)(?:いけ|なら)(?:ない|ません|ず)|ないわけにはいか(?:ない|ず|ません)|にほかなりません|違い(?:ありません|ない)|相違(?:ない|ありません)|すみません|ねばなりません|ざるを得(?:ない|ず|ません)",
        ),
        # one denial in two words: it does not harm, hinder or affect
        (
            "lexneg",
            r"(?:(?<![一-龥])害|妨げ|損な|損ね|影響を(?:及ぼ|与え))[^、。]{0,9}?(?:ない|なく|ず|ません|ぬ)",
        ),
        (
            "xleast",
            r"少なくとも|少なく(?:ない)?|少ない|もれなく|漏れなく|間もなく|まもなく|はかな|おびただし|とんでもない|やむを得な(?:い|く)|なくなる|遅滞なく|滞りなく|差別なく|例外なく|問題なく|さりげな|何気な|余儀な(?:い|く)|程なく|ほどなく|何となく|なんとなく|間違いな(?:い|く)|紛れもな(?:い|く)|この上な(?:い|く)|支障(?:が|の|は)?な(?:い|く)|申し分(?:の)?な(?:い|く)|隔てなく",
        ),
        (
            "xbound",
            r"を?(?:超え|上回|下回|超過し|下)(?:てはなら)?(?:ら)?(?:な(?:い|く|かった)|ず)|を超えるものではな(?:い|く)|に満たな(?:い|く)|に達しな(?:い|く)|(?:欠く|譲る|奪う|避ける|分かつ)ことの?(?:が)?でき(?:ない|ず)|欠かせな|絶え間な|限りな(?=く|い)|揺るぎな|変わらな|変わらぬ|たゆまぬ|たゆみな|切れ目な|途切れな|余すところな|もれな|等しくな|やむな|否応な",
        ),
        ("only", r"しか[^、。]{1,12}(?:ない|なかった|ません|ず)"),
        ("only", r"に(?:過ぎ|すぎ)(?:ない|ず|ません)?"),
        ("notonly", r"(?:だけ|のみ)(?:で(?:は)?なく|ならず)|に(?:とどま|限)らず|ばかりでなく"),
        (
            "notlimited",
            r"(?:これら?|それら?|次のもの)?に(?:は)?限(?:ら|定さ)れ(?:ない|るもの(?:では|じゃ)(?:な(?:い|く)?|ありません)|るわけでは(?:ない|ありません)|ず|ません)|これに限(?:らな|りません)",
        ),
        ("unless", r"(?:ない|ぬ|得ない|なき)限り|でない限り"),
        (
            "except",
            r"この限りで(?:は)?(?:な(?:い|く)|ありません)|を除(?:く|き|い|外|け)|除外(?!\w)|に除かれ|(?:は|が|も)除(?:く|か|き)|以外|例外|別段|対象外|適用除外|免除|(?:場合|とき)を除|除く|除き|除いて|ほか(?=、|の)",
        ),
        (
            "xregard",
            r"(?:を|に)問(?:わ(?:ず|な(?:い|く))|いません)|に(?:も)?(?:かか|関|拘)わ?らず|とを?問わ(?:ず|ない)",
        ),
        ("xwhether", r"か否か|かどうか|(?<=[るたい])か[^、。か]{0,9}ないか|の有無|であるか(?:どうか|否か)"),
        (
            "include",
            r"(?:含(?:む|み|め|ま(?:れる|れ、|せる|せ、)|んで|有)|包含|はじめ(?:と(?:する|して))?|始めとする)(?!ない)",
        ),
        (
            "not",
            r"(?:て(?:は)?なら|得|られ|れ|でき|ら|さ|か|わ|が|た|な|ば|ま|え|け|せ|て|べ|め|り|み|し|い|き|じ|ち|に|び|出来|来|見|出|経|似|着|居|せしめ)な(?:い(?!し(?!は))|かった|く(?!て(?:は|も)なら)|ければ(?!なら)|けれ)"
            r"|(?:で|に)(?:は|も)?な(?:い(?!し)|く(?!な)|かった|ければ)|しかね(?:る|ます|、)|(?:は|が|も|の|こと|もの)な(?:い(?!し)|く(?!な|とも)|かった|ければ|し(?=に|で|。|、))|ません|(?:ことな|何ら(?!か)|なんら(?!か))く?"
            r"|(?<=[わかさたなはらがざばえけせてねべめれきしちにみりげでび得出見来居経似着])ず(?=、|に|。|\(|（|$|と|して|且|か[^らつ]|し|及|又|、)|(?<=[一-龥]ま)ず(?=、|に|と|し)|ぬ(?=もの|こと|限|よう|。)|べからず|ざる(?!を得)|なし(?=に|で|。|、)|(?<=[一-龥])なく(?!な[るっりれ]|す|てな|とも)|な(?:い|く)(?=もの|こと|よう|旨|限|場合|とき|。|、|と|の|で)",
        ),
        (
            "lexneg",
            r"禁(?:止|ず|じ)|差し?控え|拒(?:否|絶|む|み)|否(?:定|認|決|む)|妨げ|阻(?:止|害)|防止|防(?:ぐ|ぎ)|避け|回避|欠(?:く|け|い|如|落)|免(?:れ|ず|じ|除|責)|失(?:う|い|効|わ|っ)|消滅|無(?:効|断|視|償|期限|条件|関係|国籍|許可|線?人|料|制限|差別|資格|過失|権限|害|保険)"
            r"|不(?!動産|可欠|可抗力|可分|思議|断|意[にのを]|審|朽|満|振|祥|況|測の)[一-龥]+?|非(?!常|難|行(?!政)|業)[一-龥]+?|未(?!来|亡|然|知数|曽|成年)[一-龥]+?|(?:取り?)?止め|やめ|中止|停止|違反|反す|却下|無く|無い|無し|困難|脱(?:退|法)|抵触|(?<![一-龥])害(?:する|さ)|影響を受け",
        ),
        (
            "only",
            r"のみ|に限(?:り|る|って|定|ら|ん)|だけ(?!で(?:は)?な)|しか|専ら|もっぱら|単に|に過ぎ(?:ない|ず)?|にすぎ(?:ない|ず)?|場合に限|唯一|限定",
        ),
        ("xonehand", r"(?<!い)一方(?=、|で(?:は|、|あ|は)|、)|一方的|一方通行|他方(?=、|で(?:は|、))|その一方"),
        ("either", r"いずれか(?:一方|の一|一つ|ひとつ)?|どちらか|片方|いずれか一"),
        ("both", r"双方|両(?=[一-龥])(?!替|立|面|論|用|極|性)|(?:の)?いずれも(?=[^。]{0,24}な(?:い|く))"),
        ("allany", r"いずれ(?:の|に|を|から|も|で)|どちら(?:も|の)|いかなる|何人も|何れ"),
        ("each", r"各(?!位|種|般|方面)|それぞれ|おのおの|個々|毎|ごと|一つ一つ"),
        (
            "all",
            r"全て|すべて|全(?=[一-龥])(?!般|体|面|力|国|球|く|日本|文|世界)|全(?=[ての])|一切|あらゆる|総(?=[一-龥])(?!合|額|務|理|則|会|括|裁|領|司令|数|量|論|点|統)|全員|全部|全体|皆(?!様)",
        ),
        ("one", r"一方(?!的)|一の|一つ|ひとつ|片側"),
        ("other", r"他方|相手(?:方|側|国)?|他の|もう一方|その他|ほかの"),
        ("some", r"一部(?!の?者)|若干|幾つか|いくつか"),
        ("or", r"又は|または|若しくは|もしくは|あるいは|或いは|もしくわ"),
        ("and", r"及び|および|並びに|ならびに|且つ|かつ(?!て)"),
    )
)
_EN = _table(
    (
        (
            "xnumber",
            r"\b(?:not|no|n['’]t) (?:be |fall |go )?(?:less|fewer|more|later|earlier|longer|shorter|greater|higher|lower) than\b|\b(?:not|n['’]t) (?:be|fall|go|drop) (?:below|under|above|over)\b|\b(?:not|nor|never) (?:to )?(?:be )?exceed(?:ing|ed)?\b|\bn['o]t exceed\b|\bNos?\. ?\d|\blast but not least\b|\bwhy not\b|\bif not(?=,)|\bno doubt\b|\bno matter\b|\bno later\b|\bno less\b|\bno sooner\b|\bnot too\b|\bone or more\b|\bor (?:more|less|fewer|over|above|under|below|longer|older|younger|higher|lower|later|earlier)\b|\bonly if\b(?=\x00)|\bmore or less\b",
        ),
        ("only", r"\bbut not otherwise\b"),
        ("xwhether", r"\bwhether or not\b|\bor not\b"),
        ("notonly", r"\bnot (?:only|merely|just|solely|simply)\b"),
        (
            "notlimited",
            r"\b(?:but (?:is|are) |but )?not (?:be )?limited to\b|\bwithout limitation\b|\bnot restricted to\b|\bwithout limiting\b",
        ),
        (
            "unless",
            r"\bunless\b|\bexcept (?:where|when|as|to the extent|with|in (?:the )?cases?)\b|\bsave (?:as|where|for|with)\b",
        ),
        (
            "except",
            r"\bexcept(?:ing|ion(?:s)?|ed|s)?\b(?!\w)|\bexclud(?:ing|es?|ed)\b|\bexclusion\b|\bexclusive of\b|\bother than\b|\bapart from\b|\baside from\b|\botherwise than\b|\bexempt(?:s|ed|ion|ions)?\b|\bnot including\b|\bdoes not (?:apply|include|extend|cover)\b|\bdo not (?:apply|include|extend|cover)\b|\b(?:will|shall|must|may) not (?:apply|include|extend|cover)\b|\bbut not\b|\bbeyond\b|\boutside\b|\bbesides\b|\bin addition to\b|\bnet of\b|\botherwise\b",
        ),
        ("xregard", r"\bregardless\b|\bwithout regard to\b|\birrespective\b|\bwhether\b"),
        (
            "include",
            r"\binclud(?:e|es|ed|ing)\b|\binclusive\b|\binclusion\b|\bcompris\w+\b|\bcontain\w*\b|\bsuch as\b|\bincorporat\w+\b",
        ),
        ("neither", r"\bneither\b"),
        (
            "not",
            r"\bnot\b|n['’]t\b|\bnever\b|\bnor\b|\bcannot\b|\bnothing\b|\bnone\b|\bno[- ]one\b|\bnobody\b|\bno\b(?! ?\.)|\bnowhere\b",
        ),
        (
            "lexneg",
            r"\bwithout\b|\bdisclaim\w*|\bke(?:pt|eps?)\b[^.;]{0,60}?\bfrom\b|\bfail(?:s|ed|ure|ing|ures)?\b|\brefrain\w*|\bprohibit\w*|\bforbid\w*|\bprevent\w*|\bavoid\w*|\bpreclude\w*|\bdiscourag\w*|\bsecre\w+|\black\w*|\babsen[ct]\w*|\bden(?:y|ies|ied|ial)\b|\brefus\w+|\bdeclin\w+|\breject\w*|\bwaive\w*|\bfree (?:of|from)\b|\bimpede\w*|\bhinder\w*|\bobstruct\w*|\bwithhold\w*|\bwithheld\b|\bcease\w*|\bvoid\b|\bnull\b|\blos(?:e|es|t|s|ing)\b|\bcontrary\b|\bviolat\w+|\bbreach\w*|\binstead\b|\brather than\b|\bnon-?\w+|\bun(?!it|ion|iv|der|til|iq|anim|less)\w{3,}|\bin(?:abilit|adequat|valid|sufficien|complete|consisten|eligib|effective|definite|correct|capab|directly|direct\b|dependent|applicab|appropriat|accura|admissib|activ|conven|alienab|dispensab|separab|evitab|violab|violat)\w*|\bim(?:possib|proper|partial|permissib)\w*|\bir(?:regular|relevan|responsib|reversib)\w*|\bil(?:legal|licit)\w*|\bdis(?:approv|agree|qualif|regard|pos)\w*|\bbarr?(?:ed|s|ing)?\b|\bunable\b|\bfar from\b|\bno longer\b|\bfall short\b|\bmiss(?:ed|es|ing)?\b|\bignor\w+|\bdispens\w+ with\b|\bneglect\w*|\bomit\w*|\bomission\w*|\btoo\b|\bhardly\b|\byet to\b",
        ),
        (
            "weak",
            r"\bfree(?:dom)?\b|\bconfidential\w*\b|\bclassified\b|\bstop\w*\b|\brestrict\w*|\bterminat\w+|\blapse\w*|\bend(?:s|ed|ing)?\b|\bnotwithstanding\b|\bdespite\b|\bless\b|\bfew(?:er)?\b|\blittle\b|\bdis(?:continu|rupt|turb|criminat)\w*|\bwithdr\w+|\bpostpon\w*|\bsuspen\w+|\bminimi[sz]\w+|\breduc\w+|\bdifficult\w*|\bhard(?:er)?\b|\buntil\b|\bbefore\b|\bprejudic\w+|\baffect\w*|\bstill\b|\bhowever\b|\bbut\b|\belse\w*|\balthough\b|\bwhile\b|\bessential\b|\bnecessary\b",
        ),
        (
            "only",
            r"\bonly\b|\bsole(?:ly)?\b|\bexclusively\b|\bmerely\b|\blimited to\b|\bno more than\b|\bconfined\b|\bjust\b|\brestricted to\b|\bsingle\b|\balone\b|\bunique\w*",
        ),
        ("either", r"\beither\b"),
        ("both", r"\bboth\b|\bthe two\b|\bbilateral\w*\b|\bjoint(?:ly)?\b|\bmutual\w*\b|\btwo\b"),
        ("each", r"\beach\b(?! other)|\brespective(?:ly)?\b|\bindividual(?:ly)?\b|\bper\b|\bseparately\b"),
        (
            "all",
            r"\ball\b|\bevery(?:one|thing|body)?\b|\bwhole\b|\bentire(?:ly|ty)?\b|\bfull(?:y)?\b|\bcomplete(?:ly)?\b|\btotal\b|\boverall\b",
        ),
        ("any", r"\bany(?:one|thing|body)?\b|\bwhatever\b|\bwhoever\b|\bwhichever\b|\bsuch\b(?= .{0,20}\bas\b)"),
        (
            "some",
            r"\bsome\b|(?<!integral )(?<!key )(?<!essential )(?<!important )(?<!vital )(?<!core )(?<!central )(?<!inseparable )\bpart(?:s|ly|ial|ially)?\b(?= of|ial|ly)|\bseveral\b|\bcertain\b|\bportion\b",
        ),
        ("one", r"\bone\b(?! another| or more)|\ba single\b"),
        ("other", r"\b(?:an)?other\b|\bcounterpart\b|\blatter\b|\bothers\b"),
        ("or", r"\band/or\b|\bor\b"),
        ("and", r"\band\b|\bas well as\b|\btogether with\b"),
    ),
    re.I,
)


def _read(table: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> tuple[Cue, ...]:
    out = []
    open_text = text
    for sort, pattern in table:
        found = [m.span() for m in pattern.finditer(open_text) if m[0]]
        for start, end in found:
            out.append(Cue(sort, start, end, text[start:end]))
            open_text = open_text[:start] + "\x00" * (end - start) + open_text[end:]
    return tuple(sorted(out, key=lambda c: (c.start, c.end)))


def _small(text: str) -> str:
    """The older spelling of the geminate (なかつた, 従つて) in the newer one; positions stay."""
    return re.sub(r"(?<=[ぁ-ん一-龥])つ(?=[てた])", "っ", text) if re.search("[あかなもよ]つ[てた]", text) else text


def cues_ja(text: str) -> tuple[Cue, ...]:
    """Read the cues of a folded Japanese text."""
    return _read(_JA, _small(text))


def cues_en(text: str) -> tuple[Cue, ...]:
    """Read the cues of a folded English text."""
    out: list[Cue] = []
    denied = -1
    for cue in _read(_EN, text):
        if cue.text.lower() == "nor" and denied >= 0 and not re.search(r"[.;]\s", text[denied : cue.start]):
            out.append(Cue("or", cue.start, cue.end, cue.text))  # neither A nor B, no one … nor …: denied once
            continue
        if cue.sort in ("not", "neither"):
            denied = cue.end
        out.append(cue)
    return tuple(out)


def count(cues: Iterable[Cue], *sorts: str) -> int:
    """How many cues are of one of these sorts."""
    return sum(c.sort in sorts for c in cues)


# ---------------------------------------------------------------------------------------------------------- modality


@dataclass(frozen=True, slots=True)
class Mode:
    """The modal head of a sentence: `mode` is a key of `RANK`; `start:end` its words; `sentence` the range it rules."""

    mode: str
    start: int
    end: int
    sentence: tuple[int, int]


#: Strength of a commitment, weakest first. Prohibition and permission stand apart from the scale.
RANK = {"may": 0, "should": 2, "intend": 2, "endeavour": 3, "plain": 4, "must": 5, "not": 6}

_JA_MODES: tuple[tuple[str, str], ...] = (
    (
        "mustnot",
        r"(?:ては|では)(?:ならな|いけな|ならず|なりませ)|(?:こと(?:が|は)|も)(?:でき|出来)(?:な|ず|ませ)|(?:を|は|が)禁(?:止(?:する|される)|ずる|じられ)|ないものとする|得な(?:い|かった)(?!わけ)|べきで(?:は)?な|許されな|認められな",
    ),
    (
        "may",
        r"こと(?:が|も|を得|は)?(?:でき|出来)(?:る|ます|、|た)|て(?:も)?(?:よい|良い|差し支えな)|こと(?:が|も)あ(?:る|り得|ります)|(?:を)?妨げ(?:ない|ず|るものではな)|(?:[いしりきみせえけべめれ]|さ|出来|あ)り?得(?:る|ます)|し得る|(?:権利|権限)を有(?:する|し)|差し支えな|可能(?:である|とする|性)|認められる(?=。|$|、|ものとする)|(?<=[一-龥])できる|に委ねられ|許され(?:る|、)|うる(?=。|$|、)",
    ),
    (
        "must",
        r"なければ(?:なら(?:な|ず)|なりませ)|ねばなら|なくては(?:なら|いけ)|義務(?:を負|がある|付けられ|とする|づけられ)|必要(?:が|と)(?:ある|する|され)|を要(?:する|し)|不可欠|責任を(?:負|有)|ざるを得",
    ),
    ("mono", r"ものとする|こととする|ものとし、|こととし、|ものとします|とする(?=。|$)"),
    (
        "should",
        r"べき(?:で|もの|こと|だ)|(?:こと(?:が|は|を))?(?:望まし|推奨|奨励|勧告|期待)(?:い|される|する|して|く)|ことが適当",
    ),
    (
        "intend",
        r"(?:意図|意向|意思|用意|予定|方針|考え|所存|つもり|決意|計画|見込み)(?:を|が|で|と)?(?:有|あ|持|表明|示|し|す)|意図する|ことを意図|予定(?:する|され)|目的と(?:する|し)",
    ),
    (
        "endeavour",
        r"(?:よう|こと|に|を)?(?:に|、)?(?:[^、。]{0,8})?(?:努め|努力|図(?:る|り|って|ら)|目指(?:す|し|さ)|追求|尽力|期する|最善を尽く|取り組む|模索)",
    ),
)
_JA_MODE = tuple((m, re.compile(p)) for m, p in _JA_MODES)
_EN_MODES: tuple[tuple[str, str], ...] = (
    (
        "mustnot",
        r"\b(?:shall|must|may|can|should|will) (?:in no (?:case|event|circumstances) |under no circumstances )|\b(?:shall|must|may|can|should|will|does|do|is|are|has|have|did|would|could) not\b|\bcannot\b|\bprohibited\b|\bforbidden\b|\bneither\b|\bno [a-z]+\b[^.;]{0,60}?\b(?:shall|may|will|must|can)\b|\bnothing\b|\bnor\b|\bnone\b|\bnever\b",
    ),
    (
        "endeavour",
        r"\b(?:endeavou?r(?:s|ed)?|seek(?:s)?|striv(?:e|es)|aim(?:s)?|attempt(?:s)?|tr(?:y|ies)|make (?:every|all|its best|their best|best|reasonable|utmost)? ?efforts?|(?:its|their|best|reasonable|utmost|every) (?:best |reasonable |utmost )?(?:endeavou?rs?|efforts?)|work towards?|pursue|explore|do (?:its|their) (?:best|utmost))\b(?! ?s? (?:of|to date))",
    ),
    (
        "intend",
        r"\b(?:intend(?:s|ed)?|intention|plan(?:s|ned)? to|propose(?:s)? to|purpose|objective|expect(?:s|ed)? to|desire(?:s)? to|wish(?:es)? to|determined|decide[sd]?|willing|is to|are to)\b",
    ),
    ("should", r"\b(?:should|ought to|encourag(?:e|es|ed)|desirable|recommend(?:s|ed)?|advisable|advised|expected)\b"),
    (
        "may",
        r"\b(?:(?-i:may)|can|might|could|permitted|entitled|allowed|free to|authori[sz]ed|ha(?:s|ve) the right|at (?:its|their) discretion|possible|able to|option)\b",
    ),
    (
        "must",
        r"\b(?:must|required|requires?|obliged|obligat\w+|ha(?:s|ve) to|dut(?:y|ies)|necessary|need(?:s)? to|mandatory|bound to|responsib\w+|undertakes?|liable)\b",
    ),
    ("shall", r"\bshall\b"),
    ("will", r"\b(?:will|would)\b"),
)
_EN_MODE = tuple((m, re.compile(p, re.I)) for m, p in _EN_MODES)


def modality_ja(text: str) -> tuple[Mode, ...]:
    """The modal head of each Japanese sentence: what stands at its end. A sentence without a predicate has none.

    Modes: "mustnot", "may", "must", "mono" (ものとする), "should", "intend", "endeavour", "not", "plain".
    """
    out = []
    text = _small(text)
    for start, end in japanese.sentences(text):
        stop = end
        while stop > start and text[stop - 1] in "。．.！？!? \n)）」』;；":
            stop -= 1
        tail_start = max(start, stop - 22)
        found: tuple[int, int, str] | None = None
        for mode, pattern in _JA_MODE:
            for m in pattern.finditer(text, tail_start, stop):
                if stop - m.end() <= 4 and (found is None or m.end() > found[1]):
                    found = (m.start(), m.end(), mode)
            if found and found[2] == mode:
                break
        if found and found[2] == "mono" and re.search(r"(?:よう|に|を)?(?:努め|努力す)る?$", text[start : found[0]]):
            found = (max(start, found[0] - 4), found[1], "endeavour")  # 努めるものとする is an endeavour
        if found:
            out.append(Mode(found[2], found[0], min(stop, max(found[1], stop)), (start, end)))
            continue
        m2 = re.search(
            r"(?:[一-龥ぁ-んァ-ヴー]{1,6})(?:し|さ|わ|か|が|た|な|ば|ま|ら|れ|え|け|せ|て|で|べ|め|は|に|こと|もの)?(?:ない|ません|ぬ|ず)$",
            text[start:stop],
        )
        if m2:
            out.append(Mode("not", start + m2.start(), stop, (start, end)))
            continue
        if re.search(r"(?:[うくぐすずつぬふぶむるた]|である|ます|です)$", text[start:stop]) and "。" in text[stop:end]:
            m3 = re.search(r"[一-龥ァ-ヴー々]*[ぁ-ん]{1,6}$", text[start:stop])
            out.append(Mode("plain", start + (m3.start() if m3 else 0), stop, (start, end)))
    return tuple(out)


def modality_en(text: str) -> tuple[Mode, ...]:
    """Every modal head in each English sentence, in order; the first one outside a subordinate clause comes first.

    Modes: "mustnot", "endeavour", "intend", "should", "may", "must", "shall", "will".
    """
    out: list[Mode] = []
    for start, end in english.sentences(text):
        for mode, pattern in _EN_MODE:
            out.extend(Mode(mode, m.start(), m.end(), (start, end)) for m in pattern.finditer(text, start, end))
    return tuple(sorted(out, key=lambda m: (m.sentence, m.start)))
