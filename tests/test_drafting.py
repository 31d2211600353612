"""The drafting of either language: levels of lists, lost definitions, register, names, grammar of the English."""

from __future__ import annotations

import pytest

from mocalign.checks import CHECKS, run
from mocalign.config import Config
from mocalign.model import Alignment, Bead, Document, Finding
from mocalign.pair import Pair


def _found(code: str, ja: str = "", en: str = "") -> list[Finding]:
    """The findings of one check on two texts whose lines answer each other."""
    a = Document.from_segments("ja", ja.split("\n")) if ja else Document.empty("ja")
    b = Document.from_segments("en", en.split("\n")) if en else Document.empty("en")
    if ja and en:
        beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    elif ja:
        beads = tuple(Bead((x,), (), 0.0, "ja-only") for x in a.segments)
    else:
        beads = tuple(Bead((), (x,), 0.0, "en-only") for x in b.segments)
    config = Config()
    return list(run(Pair(Alignment(a, b, beads), config), config, [c for c in CHECKS if c.code == code]))


# (as it should be, turned round)
NESTED = (
    ("第七条第一項若しくは第二項又は第九条の規定", "第七条第一項又は第二項若しくは第九条の規定"),
    ("第三条及び第五条の規定並びに附則第二条の規定", "第三条並びに第五条の規定及び附則第二条の規定"),
    ("秘密を漏らし、又は盗用し、権利若しくは義務を譲渡した者", ""),
    ("水素及びアンモニアの製造並びに炭素の回収", "水素並びにアンモニアの製造及び炭素の回収"),
    ("訓練の計画及び実施並びに教材の開発", "訓練の計画並びに実施及び教材の開発"),
    ("議長及び副議長並びに書記を選出する。", "議長並びに副議長及び書記を選出する。"),
    ("権利若しくは義務又は契約上の地位を譲渡する。", "権利又は義務若しくは契約上の地位を譲渡する。"),
    ("調査の結果並びにその評価及び活用の方法を公表する。", "調査の結果及びその評価並びに活用の方法を公表する。"),
    ("役員若しくは職員又はこれらであった者", "役員又は職員若しくはこれらであった者"),
    ("製造若しくはその他の方法による取得又は管理", "製造又はその他の方法による取得若しくは管理"),
    ("倒産したとき又は甲若しくは乙が解除したとき", "倒産したとき若しくは甲又は乙が解除したとき"),
    # what may stand either way
    ("監視並びに警報及び避難の体制を整備する。", ""),
    ("理事会の構成及び権限並びに議事の手続", ""),
    ("許可又は認可若しくは承認の申請", ""),
    ("附則第三条並びに附則第五条第一項及び第二項の規定", ""),
    ("締約国の領域並びに公海及びその上空", ""),
    ("会員国及びその国民並びに国際機関の職員", ""),
    ("建築し、若しくは用途を変更し、又は除却しようとする者", ""),
)


@pytest.mark.parametrize(("right", "turned"), NESTED)
def test_nesting(right: str, turned: str) -> None:
    """Levels that the members contradict are found; what is right, or may be, is not."""
    assert not _found("STY012", right)
    assert not turned or _found("STY012", turned)


def test_nesting_follows_the_english() -> None:
    """The English decides, and lets stand what only looks unusual."""
    ja = "両国は、船舶並びに航空機及び燃料を提供する。"
    assert _found("STY012", ja, "The two countries will provide ships and aircraft, as well as fuel.")
    assert not _found("STY012", ja, "The two countries will provide ships, and aircraft and fuel.")


CONTRACT = """業務委託契約書
アルファ株式会社（以下「委託者」という。）とベータ合同会社（以下「受託者」という。）は、契約を締結する。
委託者は、在庫管理用ソフトウェアの設計及び開発に係る業務（以下「本業務」という。）を受託者に委託する。
受託者は、本業務の遂行に当たり、委託者の指示に従う。
受託者は、本業務に関し開示された技術上及び営業上の情報（以下「秘密情報」という。）を第三者に漏らしてはならない。
秘密情報は、委託者の承諾を得ないで複製してはならない。受託者は、秘密情報を本業務以外の目的に用いてはならない。
受託者は、秘密情報を返還する。委託者は、検査をする。"""
STATUTE = """河川環境の保全に関する法律
河川の流水を一日に一万立方メートル以上使用する事業者（以下「特定事業者」という。）は、毎年、使用の状況を報告しなければならない。
知事は、特定事業者に対し、助言をすることができる。
特定事業者は、水質の測定を行い、その結果を記録しなければならない。
測定の業務を適正に行うことができる法人を、測定を行う機関（以下「指定測定機関」という。）として指定する。
指定測定機関は、結果を特定事業者に通知する。指定測定機関の役員は、秘密を漏らしてはならない。知事は、指定測定機関を監督する。
都道府県に、河川環境審議会（以下「審議会」という。）を置く。
審議会は、委員十人以内で組織する。審議会の委員は、知事が任命する。審議会は、知事に意見を述べる。"""


@pytest.mark.parametrize(
    ("text", "term"),
    [
        *((CONTRACT, t) for t in ("委託者", "受託者", "本業務", "秘密情報")),
        *((STATUTE, t) for t in ("特定事業者", "指定測定機関", "審議会")),
    ],
)
def test_lost_definition(text: str, term: str) -> None:
    """A term whose definition is gone is found in the Japanese alone; with its definition nothing is said."""
    assert not _found("TER103", text)
    gone = text.replace(f"（以下「{term}」という。）", "")
    assert any(term in f.message for f in _found("TER103", gone))


MEMORANDUM = """Memorandum of Understanding between the Ministry of Fisheries of Oria and the Ministry of Agriculture of Japan
The two Ministries (hereinafter referred to collectively as the “Participants” and individually as a “Participant”) have reached the following recognition.
The Participants will promote cooperation and decide on joint research.
Each Participant will bear its own costs unless the Participants decide otherwise.
A Participant may host a workshop, and participants in the workshop will receive materials from a third party.
Any difference will be settled by consultation between the Participants.
This Memorandum does not create legally binding rights or obligations.
This Memorandum will come into effect on the date of signature. Either Participant may discontinue it."""
TREATY = """Agreement between the Government of Japan and the Government of Oria on Mutual Assistance
The Government of Japan and the Government of Oria (hereinafter referred to as the “Parties”) HAVE AGREED as follows:
The Parties shall cooperate in the control of vessels. Each Party shall designate an authority.
The requested Party shall reply within thirty days. If a Party intends to refuse, it shall give reasons.
The Parties shall protect data. Each Party must keep records for five years.
This Agreement shall enter into force on the date of the exchange of notes. This Agreement is in English. The Annex to this Agreement lists the authorities.
Nothing in this Agreement shall affect other obligations. Amendments to this Agreement shall be made in writing."""


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (MEMORANDUM, "The Participants will", "The Participants shall"),
        (MEMORANDUM, "Each Participant will", "Each Party will"),
        (MEMORANDUM, "Participants decide otherwise", "Participants agree otherwise"),
        (MEMORANDUM, "decide on joint", "agree on joint"),
        (MEMORANDUM, "come into effect", "enter into force"),
        (MEMORANDUM, "between the Participants.", "between the Sides."),
        (TREATY, "The Parties shall protect", "The Parties intend to protect"),
        (TREATY, "Each Party must", "Each Party may wish to"),
        (TREATY, "The Parties shall cooperate", "The Participants shall cooperate"),
        (TREATY, "in this Agreement", "in this Memorandum"),
    ],
)
def test_register(text: str, old: str, new: str) -> None:
    """Wording, or a name, of the other kind of instrument is found; the text itself is not."""
    assert not [*_found("AUD001", en=text), *_found("AUD002", en=text)]
    wrong = text.replace(old, new, 1)
    assert wrong != text
    assert [*_found("AUD001", en=wrong), *_found("AUD002", en=wrong)]


WRONG_ENGLISH = """The Authority may grant a exemption to the operator.
The Licensee provides an unique identifier.
A application is lodged with the Registrar.
All Members is entitled to vote.
The Governments undertakes to consult.
Each Participant bear its own costs.
Everyone have the right to work.
This Memorandum come into effect on signature.
The Supplier shall delivers the goods within ten days.
Records shall kept for five years.
The report shall published each year.
The costs of this measures are shared.
Each Parties shall notify the other.
It is signed by one of the Participant.
The levy is paid pursuant Article 5.
With respect the second paragraph, no change is made.
The Plan is drawn up in order facilitate trade.
Notice is given not later that thirty days before.
The plant (hereinafter referred as the "Plant") opens.
The text has be amended twice.
Subject to the of this Article, duties apply.
It is done as result of the review.
The Council seeks to ensures that all are heard."""
RIGHT_ENGLISH = """A user may use a one-off utility, a unit and a useful union; an unidentified or unimportant uncle; an hour; a European.
An MoU, an NGO, an LNG carrier, an X-ray and an 8-hour shift; a UN body; a EUR 5 note.
No one shall be held in slavery; nor shall parties be compelled.
The United States is a party. The Netherlands has an embassy.
The list in Annex A is open. Paragraph a is deleted.
Only with consent shall members of the staff be transferred.
Nothing in this section prevents this. As of this writing, in this series, for this purpose.
The rights to be protected; those party to the dispute; each party's costs.
The Secretariat shall, where parties agree, assist. Should parties to a case agree, it ends.
In addition to this measures were taken by others that night.
It is requested that each Party provide data. Payments due the Licensor are made in order.
An agreement in respect thereof; with respect to the rest; pursuant thereto; in cooperation, the Parties.
How can users object? The will states who inherits. May provisions differ?"""


@pytest.mark.parametrize("line", WRONG_ENGLISH.split("\n"))
def test_wrong_english(line: str) -> None:
    """Each line has one fault of grammar."""
    assert len(_found("LIN014", en=line)) == 1


@pytest.mark.parametrize("line", RIGHT_ENGLISH.split("\n"))
def test_right_english(line: str) -> None:
    """What only looks wrong is let stand."""
    assert not _found("LIN014", en=line)
