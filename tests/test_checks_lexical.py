"""The checks of words on small instruments: every error has a correct twin that stays silent."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import mocalign
from mocalign.checks import CHECKS, run
from mocalign.checks.brackets import missing
from mocalign.checks.coverage import rank
from mocalign.checks.evidence import weigh
from mocalign.checks.facts import facts
from mocalign.checks.lists import english_lists, japanese_lists
from mocalign.config import Config
from mocalign.japanese import tokens
from mocalign.lexicon import open_dictionary
from mocalign.model import Alignment, Bead, Document, Finding, Severity
from mocalign.pair import Pair

MINE = tuple(c for c in CHECKS if c.code[:4] in ("ACC5", "ACC6", "ACC7", "TER0") and c.code not in ("ACC505", "ACC506"))

CONTEXT = (
    ("参加者は、感染症に関する情報を交換する。", "The Participants will exchange information on infectious diseases."),
    ("会合は、毎年、ナイロビ又は東京で開催する。", "Meetings will be held every year in Nairobi or Tokyo."),
    ("病院は、統計を公表する。", "Hospitals will publish statistics."),
)


def findings(ja: str, en: str, *context: tuple[str, str], config: Config | None = None) -> tuple[Finding, ...]:
    """What the word checks say of one paragraph after some others."""
    rows = [*(context or CONTEXT), (ja, en)]
    a = Document.from_segments("ja", [j for j, _ in rows])
    b = Document.from_segments("en", [e for _, e in rows])
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    config = config or Config()
    return run(Pair(Alignment(a, b, beads), config), config, MINE)


@lru_cache(maxsize=1)
def has_dictionary() -> bool:
    """Whether JMdict is installed; the words here are ordinary ones that no term base holds."""
    return open_dictionary() is not None


# code, English, Japanese with the error, the words to be quoted, Japanese without it
CASES = [
    (
        "ACC504",
        "The tariff applies to barley, scrap metal and cotton.",
        "関税は、大麦及び綿花について適用する。",
        "scrap metal",
        "関税は、大麦、金属くず及び綿花について適用する。",
    ),
    (
        "ACC503",
        "The institutes will exchange epidemiological data.",
        "研究所は、皮膚科学的データを交換する。",
        "皮膚科学的",
        "研究所は、疫学的データを交換する。",
    ),
    (
        "ACC601",
        "The ships will call at the port of Rotterdam.",
        "船舶は、バルセロナの港に寄港する。",
        "バルセロナ",
        "船舶は、ロッテルダムの港に寄港する。",
    ),
    (
        "ACC701",
        "The programme covers desalination plants and wind farms.",
        "計画は、淡水化施設及びwind farmsを対象とする。",
        "wind farms",
        "計画は、淡水化施設及び風力発電所を対象とする。",
    ),
    (
        "TER001",
        "Disputes will be settled without reference to any tribunal.",
        "紛争は、裁判所を参照することなく解決する。",
        "参照することなく",
        "紛争は、裁判所に付託することなく解決する。",
    ),
]


@pytest.mark.parametrize(("code", "en", "wrong", "quote", "right"), CASES, ids=[c[0] for c in CASES])
def test_error_is_quoted_and_its_twin_is_silent(code: str, en: str, wrong: str, quote: str, right: str) -> None:
    """The finding has the code and quotes the words; the correct text gets none at all."""
    if not has_dictionary():
        pytest.skip("jamdict-data is not installed")
    found = [f for f in findings(wrong, en) if f.code == code]
    assert found, [f.message for f in findings(wrong, en)]
    assert any(quote in span.text for f in found for span in (f.ja, f.en) if span)
    assert [f.message for f in findings(right, en)] == []


FREE = [
    (
        "当該研究者は、その成果を遅滞なく公にする。",
        "The researchers concerned will publish their respective results without delay.",
    ),
    (
        "両国は、相互尊重に基づき、友好的に協議する。",
        "The two countries will hold amicable consultations on the basis of mutual respect.",
    ),
    (
        "費用は、予算の範囲内で、招へいする側が負担する。",
        "Subject to the availability of funds, the inviting side will bear the costs.",
    ),
]


@pytest.mark.parametrize(("ja", "en"), FREE)
def test_faithful_free_translation_passes(ja: str, en: str) -> None:
    """Nothing of minor severity or above."""
    if not has_dictionary():
        pytest.skip("jamdict-data is not installed")
    assert [f.message for f in findings(ja, en) if f.severity >= Severity.minor] == []


def test_checks_degrade_silently_without_the_dictionary() -> None:
    """With the dictionary switched off a clean text stays clean."""
    config = Config(dictionary=False)
    found = findings("病院は、統計を公表する。", "Hospitals will publish statistics.", config=config)
    assert [f.message for f in found if f.severity >= Severity.minor] == []


def test_a_glossary_of_the_user_decides(tmp_path: Path) -> None:
    """Forbidden renderings are major; missing ones minor."""
    path = tmp_path / "g.csv"
    path.write_text("en,ja,forbidden\nhospital,医療機関,病院\nstatistics,統計資料,\n", encoding="utf-8")
    found = findings(
        "病院は、数値を公表する。", "Hospitals will publish statistics.", config=Config(glossary=str(path))
    )
    by_code = {f.code: f for f in found if f.bead == 3}
    assert by_code["TER001"].severity is Severity.major
    assert by_code["TER001"].suggestion == "医療機関"
    assert by_code["TER002"].en is not None
    assert by_code["TER002"].en.text == "statistics"


EN_LISTS = [
    ("It applies to plastics, rubber and scrap metal.", ["plastics", "rubber", "scrap metal"]),
    ("The quota applies to chilled and frozen beef.", ["chilled", "frozen beef"]),
    ("It was signed.", []),
]
JA_LISTS = [
    ("関税は、プラスチック、ゴム及び金属くずについて適用する。", ["プラスチック", "ゴム", "金属くず"]),
    ("計画、方針又は基準を作成し、情報を交換する。", ["計画", "方針", "基準"]),
    ("署名した。", []),
]


@pytest.mark.parametrize(("text", "members"), EN_LISTS)
def test_english_enumerations(text: str, members: list[str]) -> None:
    """Members without what surrounds the list."""
    assert [text[a:b] for one in english_lists(text) for a, b in one] == members


@pytest.mark.parametrize(("text", "members"), JA_LISTS)
def test_japanese_enumerations(text: str, members: list[str]) -> None:
    """Members up to the particle."""
    assert [text[a:b] for one in japanese_lists(text, tokens(text)) for a, b in one] == members


def test_rank_is_monotone_and_hints_are_neutral() -> None:
    """More probable is more confident; what is unsure is only a hint."""
    values = [rank(p / 100) for p in range(82, 101)]
    assert [c for c, _ in values] == sorted(c for c, _ in values)
    assert values[0][1] is Severity.neutral
    assert values[-1][1] is Severity.major


PORTS = (
    ("関税は、大麦、木材及び綿花について適用する。", "The tariff applies to barley, timber and cotton."),
    (
        "検査は、港、駅、倉庫及び空港において行う。",
        "Inspections will be carried out at ports, stations, warehouses and airports.",
    ),
)
# English, Japanese with the fault, (kind of finding, quoted words), Japanese without it
MEMBERS = [
    (
        "Inspections will be carried out at ports, stations, warehouses and airports.",
        "検査は、港、倉庫及び空港において行う。",
        ("ACC504", "stations"),
        "検査は、港、駅、倉庫及び空港において行う。",
    ),
    (
        "Data on rainfall, temperature, humidity and wind will be exchanged.",
        "降雨、気温、湿度、地震及び風に関するデータを交換する。",
        ("ACC504", "地震"),
        "降雨、気温、湿度及び風に関するデータを交換する。",
    ),
]


@pytest.mark.parametrize(("en", "wrong", "expected", "right"), MEMBERS, ids=[m[2][1] for m in MEMBERS])
def test_a_member_of_an_enumeration(en: str, wrong: str, expected: tuple[str, str], right: str) -> None:
    """A member on one side only is quoted; the whole enumeration passes."""
    if not has_dictionary():
        pytest.skip("jamdict-data is not installed")
    code, words = expected
    found = [f for f in findings(wrong, en, *CONTEXT, *PORTS[:1]) if f.code == code]
    assert any(words in ((f.en.text if f.en else "") + (f.ja.text if f.ja else "")) for f in found), found
    assert [f for f in findings(right, en, *CONTEXT, *PORTS[:1]) if f.code == code] == []


def test_the_habit_of_a_document() -> None:
    """In how many other beads a word stands, and how often its counterpart stands there with it."""
    a = Document.from_segments("ja", ["病院は、統計を公表する。", "統計は、病院が作成する。", "港は、閉鎖する。"])
    b = Document.from_segments(
        "en", ["Hospitals will publish statistics.", "Statistics are made by hospitals.", "Ports will be closed."]
    )
    beads = tuple(Bead((x,), (y,), 0.9, "match") for x, y in zip(a.segments, b.segments, strict=True))
    known = facts(Pair(Alignment(a, b, beads), Config()))
    assert known.habit("ja", "統計", 0)[0] == 1
    assert known.habit("ja", "港", 2) == (0, 0.0)
    assert 0.0 < known.share("en", 0) <= 1.0


def test_weights_and_figures_must_fit() -> None:
    """A weight whose figure is missing is refused; a figure that only another model weighs is passed over."""
    assert weigh({"": 0.0, "a": 1.0}, {"a": 0.0, "b": 9.0}) == 0.5
    with pytest.raises(KeyError):
        weigh({"": 0.0, "a": 1.0}, {"b": 1.0})


_LIST = [
    ("計画を公表する（主導：日本国）。", "The plan will be published (lead: Japan)."),
    ("名簿を作成する（主導：全ての国）。", "The list will be drawn up (lead: all countries)."),
    ("訓練を実施する（主導：専門家の部会）。", "The training will be carried out (lead: the expert group)."),
    ("規則を定める（主導：ケニア）。", "The rules will be laid down (lead: Kenya)."),
    ("予算を承認する（主導：事務局）。", "The budget will be approved (lead: the Secretariat)."),
]


@pytest.mark.parametrize(
    ("at", "ja", "en", "quoted"),
    [
        (2, "訓練を実施する。", None, "(lead: the expert group)"),
        (4, None, "The budget will be approved.", "（主導：事務局）"),
        (1, "全ての国の主導により名簿を作成する。", None, None),
        (0, None, None, None),
    ],
)
def test_remarks_in_brackets(at: int, ja: str | None, en: str | None, quoted: str | None) -> None:
    """A remark that one side lacks is found where brackets are kept elsewhere, not where its words stand in the clause."""
    rows = [(ja or a, en or b) if n == at else (a, b) for n, (a, b) in enumerate(_LIST)]
    left, right = Document.from_segments("ja", [a for a, _ in rows]), Document.from_segments("en", [b for _, b in rows])
    beads = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(left.segments, right.segments, strict=True))
    found = missing(Pair(Alignment(left, right, beads), Config()))
    assert [(r.bead, r.span.text) for r in found] == ([(at, quoted)] if quoted else [])


_PLAN = "管理者は、毎年度、公共建築物の省エネルギー計画を作成し、大臣に提出する。"
_PLAN_EN = (
    "The administrator prepares an energy saving plan for public buildings every year and submits it to the minister."
)
_ADDED = "この場合において、双方は、第三者の意見を聴くことができる。"
_ADDED_EN = "In this case, the two sides may hear the opinion of a third party."


def _codes(ja: list[str], en: list[str]) -> set[tuple[str, str]]:
    if open_dictionary() is None:
        pytest.skip("jamdict-data is not installed")
    left, right = Document.from_segments("ja", ja), Document.from_segments("en", en)
    beads = tuple(Bead((a,), (b,), 0.9, "match") for a, b in zip(left.segments, right.segments, strict=True))
    found = run(Pair(Alignment(left, right, beads), Config()), Config(), CHECKS)
    return {(f.code, (f.ja or f.en).text) for f in found if f.ja or f.en}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("ja", "en", "found"),
    [
        pytest.param(_PLAN + _ADDED, _PLAN_EN, {("ACC004", _ADDED)}, id="added"),
        pytest.param(_PLAN + _ADDED, f"{_PLAN_EN} {_ADDED_EN}", set(), id="translated"),
        pytest.param(_PLAN, _PLAN_EN, set(), id="faithful"),
    ],
)
def test_a_sentence_nothing_answers(ja: str, en: str, found: set[tuple[str, str]]) -> None:
    """A sentence of which no word is answered is an addition; with its English it is none."""
    assert {x for x in _codes([ja], [en]) if x[0] in ("ACC003", "ACC004")} == found


def test_a_heading_is_not_held_by_a_long_neighbour() -> None:
    """附則 left out is reported though the provision after it is longer than its English leads one to expect."""
    ja = [_PLAN, "この法律は、令和十年四月一日から施行する。ただし、第一章及び第二章の規定は、公布の日から施行する。"]
    en = [_PLAN_EN, "## Supplementary Provisions", "This Act takes effect on April 1, 2028."]
    left, right = Document.from_segments("ja", ja), mocalign.parse("\n\n".join(en), "en")
    first, heading, last = right.segments
    beads = (
        Bead((left.segments[0],), (first,), 0.9, "match"),
        Bead((), (heading,), 0.9, "en-only"),
        Bead((left.segments[1],), (last,), 0.9, "match"),
    )
    found = run(Pair(Alignment(left, right, beads), Config()), Config(), CHECKS)
    assert [f.en.text for f in found if f.code == "ACC001" and f.en] == ["## Supplementary Provisions"]
