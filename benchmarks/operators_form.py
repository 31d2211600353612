"""Operators on form: structure, numbering, defined terms, duplication, punctuation, residue, the English side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from benchmarks import resources as r
from benchmarks.mutate import Edit, Operator, Part, Source, words
from benchmarks.operators_meaning import quotes
from benchmarks.operators_text import nouns, parts

__all__ = ["OPERATORS"]


def _put(part: Part, start: int, end: int, new: str, **more: object) -> Edit:
    return Edit("ja", part.body + start, part.body + end, new, **more)  # type: ignore[arg-type]


# --- defined terms -------------------------------------------------------------------------------------------------------

_DEFINITION = re.compile(
    r"（?以下(?:それぞれを|これらを|個別に|総称して)?「([^」]{1,16})」(?:といい、併せて「([^」]{1,16})」)?という。?）"
)
_RIVALS = (
    ("当事者", "参加者"), ("参加者", "当事者"), ("双方", "両者"), ("両者", "双方"), ("機関", "当局"), ("本覚書", "この文書"), ("この覚書", "本文書"), ("本契約", "本書"), ("この取決め", "本書"), ("この協定", "本文書"),
    ("本指針", "本書"), ("締約国", "当事国"), ("運用者", "事業者"), ("調整機関", "統括機関"), ("対象水域", "適用水域"), ("フォーラム", "会議体"), ("作業部会", "作業班"), ("利用者", "ユーザー"), ("評価報告書", "評価結果書"), ("秘密情報", "機密事項"),
)  # fmt: skip


def _terms(source: Source) -> list[tuple[str, Part, re.Match[str], int]]:
    found = []
    for part, text in parts(source):
        for hit in _DEFINITION.finditer(text):
            found += [(hit[g], part, hit, g) for g in (1, 2) if hit[g]]
    return found


def defined_term_drift(source: Source) -> Iterator[Edit]:
    """当事者 as 参加者 at one place: a term that was never defined for the one that was."""
    rivals = dict(_RIVALS)
    for term, home, _, _ in _terms(source):
        core = next((k for k in rivals if k in term), "")
        if not core or source.ja.count(term) < 3:
            continue
        new = term.replace(core, rivals[core])
        if new in source.ja:
            continue
        for part, text in parts(source):
            if part.start <= home.start or part.heading:
                continue
            for hit in re.finditer(re.escape(term), text):
                there = r.english_quotes(source.other(part, "ja"), term)
                yield _put(
                    part, hit.start(), hit.end(), new, core=(0, len(new)), other=there, document=True, words=(new, term)
                )


def definition_renamed(source: Source) -> Iterator[Edit]:
    """The term in the definition itself is another: the one used is never defined, the one defined never used."""
    rivals = dict(_RIVALS)
    for term, part, hit, group in _terms(source):
        if source.ja.count(term) < 3:
            continue
        core = next((k for k in rivals if k in term), "")
        new = (
            term.replace(core, rivals[core]) if core else "新" + term if not term.startswith("本") else "同" + term[1:]
        )
        if new not in source.ja:
            there = quotes(source.other(part, "ja"), r'["“][^"”]+["”]')
            yield _put(
                part,
                hit.start(group),
                hit.end(group),
                new,
                core=(0, len(new)),
                other=there,
                document=True,
                words=(new, term),
            )


def definition_dropped(source: Source) -> Iterator[Edit]:
    """The definition is gone, the term is used."""
    for term, part, hit, group in _terms(source):
        if group == 1 and source.ja.count(term) >= 3:
            there = quotes(source.other(part, "ja"), r"\(?hereinafter[^)]*\)?|[\"“][^\"”]+[\"”]")
            yield _put(part, hit.start(), hit.end(), "", core=(0, 0), other=there, document=True, words=(term,))


# --- duplication ---------------------------------------------------------------------------------------------------------------


def duplicated_paragraph(source: Source) -> Iterator[Edit]:
    """A paragraph stands twice, with its label."""
    for part, text in parts(source):
        if part.heading or len(text) < 15:
            continue
        line = source.ja.rfind("\n", 0, part.start) + 1
        copy = source.ja[line : part.end]
        gap = "\n" if source.ja[part.end : part.end + 2] != "\n\n" else "\n\n"
        yield Edit(
            "ja", part.end, part.end, gap + copy, core=(len(gap), len(gap) + len(copy)), document=True, words=(text,)
        )


def duplicated_sentence(source: Source) -> Iterator[Edit]:
    """A sentence stands twice in its paragraph."""
    for part, text in parts(source):
        cuts = [0, *(h.end() for h in re.finditer(r"。(?![）」])", text))]
        for start, end in itertools.pairwise(cuts):
            if end - start > 14:
                yield _put(part, end, end, text[start:end], core=(0, end - start))


def duplicated_phrase(source: Source) -> Iterator[Edit]:
    """自国の法令を as 自国の法令を自国の法令を."""
    for part, text in parts(source):
        for hit in re.finditer(
            r"(?<=[、はがをにの])[一-龥ァ-ヴー]{2,8}(?:の[一-龥ァ-ヴー]{2,8})?(?:を|に|により|において|に関する)(?=[一-龥ぁ-ん])",
            text,
        ):
            yield _put(part, hit.end(), hit.end(), hit[0], core=(0, len(hit[0])))


# --- numbering, headings -----------------------------------------------------------------------------------------------------------


def _next(label: str, step: int) -> str | None:
    """Return a label one or two further on."""
    hit = re.search(
        r"[0-9０-９]+(?!.*[0-9０-９])|[一二三四五六七八九十]+|(?<![a-zA-Z])[a-z](?![a-zA-Z])|[ア-コ]|[①-⑨]", label
    )
    if not hit:
        return None
    text = hit[0]
    if re.match(r"[0-9０-９]", text):
        value = int(text) + step
        new = str(value) if text[0] <= "9" else "".join(chr(ord(c) + 0xFEE0) for c in str(value))
        if value < 1:
            return None
    elif re.match(r"[一二三四五六七八九十]", text):
        found = r.kanji_value(text)
        if found is None or found + step < 1:
            return None
        new = r.to_kanji(found + step)
    elif "ア" <= text <= "コ":
        row = "アイウエオカキクケコ"
        at = row.find(text) + step
        if row.find(text) < 0 or not 0 <= at < len(row):
            return None
        new = row[at]
    else:
        new = chr(ord(text) + step)
        if not (new.islower() or "①" <= new <= "⑳"):
            return None
    return label[: hit.start()] + new + label[hit.end() :]


def _labelled(source: Source) -> list[Part]:
    return [p for p in source.ja_parts if p.label and len(source.ja_of(p)) > 3]


def _neighbours(source: Source, part: Part) -> bool:
    """Tell whether a label of the same kind stands just before or after."""
    kind = re.sub(r"[0-9０-９a-z一二三四五六七八九十ア-ン①-⑳]+", "#", part.label)
    near = source.ja_parts[max(0, part.index - 1) : part.index + 2]
    return (
        part.heading
        or sum(re.sub(r"[0-9０-９a-z一二三四五六七八九十ア-ン①-⑳]+", "#", p.label) == kind for p in near) > 1
    )


def label_gap(source: Source) -> Iterator[Edit]:
    """c) as d): a number skipped or given twice."""
    for part in _labelled(source):
        if not _neighbours(source, part):
            continue
        start = source.ja.find(part.label, part.start)
        for step in (1, 2, -1):
            new = _next(part.label, step)
            if new:
                yield Edit(
                    "ja", start, start + len(part.label), new, core=(0, len(new)), other=(_english_label(source, part),)
                )


def _english_label(source: Source, part: Part) -> str:
    bead = source.beads[part.bead]
    return source.en_parts[bead.en[0]].label if bead.en else ""


def label_style(source: Source) -> Iterator[Edit]:
    """(c) as c) or 三 as 3, once."""
    for part in _labelled(source):
        if part.heading or not _neighbours(source, part):
            continue
        start = source.ja.find(part.label, part.start)
        label = part.label
        swaps = (
            (r"^\((.+)\)$", r"\1)"),
            (r"^（(.+)）$", r"\1）"),
            (r"^(.+)\)$", r"\1."),
            (r"^([0-9０-９]+)[.．]$", r"(\1)"),
            (r"^([0-9０-９]+(?:\.[0-9]+)*)$", r"(\1)"),
            (r"^([ア-ン一二三四五六七八九十])$", r"（\1）"),
        )
        for pattern, to in swaps:
            if re.match(pattern, label):
                new = re.sub(pattern, to, label)
                yield Edit(
                    "ja", start, start + len(label), new, core=(0, len(new)), other=(_english_label(source, part),)
                )
                break


def label_lost(source: Source) -> Iterator[Edit]:
    """An item without its label."""
    for part in _labelled(source):
        if not part.heading and _neighbours(source, part):
            start = source.ja.find(part.label, part.start)
            yield Edit("ja", start, part.body, "", core=(0, 0), other=(_english_label(source, part),))


def heading_dropped(source: Source) -> Iterator[Edit]:
    """A heading left out."""
    for part in source.ja_parts[1:]:
        if part.heading and source.beads[part.bead].en:
            line = source.ja.rfind("\n", 0, part.start) + 1
            end = part.end
            while end < len(source.ja) and source.ja[end] == "\n":
                end += 1
            yield Edit("ja", line, end, "", core=(0, 0), other=(source.other(part, "ja"),))


def heading_repeated(source: Source) -> Iterator[Edit]:
    """A heading that belongs to another provision: the same one twice."""
    heads = [p for p in source.ja_parts[1:] if p.heading and len(source.ja_of(p).strip()) > 1]
    for k, part in enumerate(heads):
        other = heads[(k + 1) % len(heads)]
        new = source.ja_of(other)
        if new.strip() and new != source.ja_of(part):
            yield Edit(
                "ja",
                part.body,
                part.end,
                new,
                core=(0, len(new)),
                other=(source.other(part, "ja"),),
                document=True,
                words=(new.strip(),),
            )


def heading_lengthened(source: Source) -> Iterator[Edit]:
    """A heading that says more or less than the English: 費用 as 費用及び責任, A及びB as A."""
    for part in source.ja_parts[1:]:
        text = source.ja_of(part).rstrip()
        if not part.heading or not source.beads[part.bead].en or not text:
            continue
        tail = re.search(r"[）]$", text)
        at = len(text) - (1 if tail else 0)
        hit = re.search(r"(及び|又は|、)[一-龥ァ-ヴー]+(?=）?$)", text)
        if hit:
            yield _put(part, hit.start(), hit.end(), "", core=(0, 0), other=(source.other(part, "ja"),))
        else:
            new = ("及び責任", "及び監査", "及び広報")[part.body % 3]
            yield _put(part, at, at, new, core=(0, len(new)), other=(source.other(part, "ja"),))


# --- broken paragraphs -----------------------------------------------------------------------------------------------------------------


def broken(source: Source) -> Iterator[Edit]:
    """A paragraph cut in two in the middle of a sentence."""
    for part, text in parts(source):
        if part.heading or len(text) < 40:
            continue
        for t in words(text):
            if 15 < t.start < len(text) - 15 and (t.pos[0] == "助詞" or len(t.surface) > 3):
                at = t.end if t.pos[0] == "助詞" else t.start + 2
                yield _put(part, at, at, "\n\n", core=(0, 2))


def broken_doubled(source: Source) -> Iterator[Edit]:
    """A paragraph cut in two, with a character on both sides of the cut."""
    for part, text in parts(source):
        if part.heading or len(text) < 40:
            continue
        for t in words(text):
            if 15 < t.start < len(text) - 15 and len(t.surface) > 3 and "ー" not in t.surface:
                at = t.start + 2
                char = text[at - 1]
                if text[at] != char:
                    yield _put(part, at, at, "\n\n" + char, core=(0, 3))


def run_together(source: Source) -> Iterator[Edit]:
    """Two paragraphs set as one."""
    for one, two in zip(source.ja_parts, source.ja_parts[1:], strict=False):
        if one.heading or two.heading or one.bead == two.bead or not two.label or not source.ja_of(one).strip():
            continue
        yield Edit("ja", one.end, two.start, "", core=(0, 0))


# --- punctuation, residue ----------------------------------------------------------------------------------------------------------------

_OPEN, _CLOSE = "「『（(【［", "」』）)】］"


def _partner(text: str, at: int) -> int | None:
    """The place of the other half of a bracket, None when it has none in the paragraph."""
    pairs = dict(zip("「『（(【“", "」』）)】”", strict=True))
    stack: list[int] = []
    for k, char in enumerate(text):
        if char in pairs:
            stack.append(k)
        elif stack and char == pairs[text[stack[-1]]]:
            first = stack.pop()
            if at in (first, k):
                return k if at == first else first
    return None


def bracket_lost(source: Source) -> Iterator[Edit]:
    """A bracket or quotation mark without its partner; the partner that stays is part of the place."""
    for part, text in parts(source):
        for hit in re.finditer(r"[「」『』（）()【】]", text):
            other = _partner(text, hit.start())
            if hit.start() == 0 or other is None:
                continue
            start, end = min(other, hit.start()), max(other, hit.start()) + 1
            new = text[start : hit.start()] + text[hit.end() : end]
            yield _put(part, start, end, new, core=(0, len(new)))


def bracket_wrong(source: Source) -> Iterator[Edit]:
    """「…』, （…): a bracket closed by another kind or width."""
    swap = {"」": "』", "』": "」", "）": "」", ")": "）"}
    for part, text in parts(source):
        for hit in re.finditer(r"[」』）)]", text):
            yield _put(part, hit.start(), hit.end(), swap[hit[0]], core=(0, 1))


def stop_doubled(source: Source) -> Iterator[Edit]:
    """。。, 、、 or 。、"""
    for part, text in parts(source):
        for hit in re.finditer(r"[。、]", text):
            new = hit[0] + ("。" if hit[0] == "。" else "、")
            yield _put(part, hit.start(), hit.end(), new, core=(0, 2))


def stop_lost(source: Source) -> Iterator[Edit]:
    """A sentence without its 。 in a paragraph that needs one."""
    for part, text in parts(source):
        body = text.rstrip()
        if body.endswith("。") and not part.heading and len(body) > 25:
            yield _put(part, len(body) - 1, len(body), "")
        for hit in re.finditer(r"。(?=[一-龥ぁ-んァ-ヴ])", text):
            yield _put(part, hit.start(), hit.end(), "")


def comma_style(source: Source) -> Iterator[Edit]:
    """、 as ， or ,: another comma, once."""
    for part, text in parts(source):
        if source.ja.count("、") > 10 and "，" not in source.ja:
            for hit in re.finditer(r"(?<=[一-龥ぁ-んァ-ヴ])、(?=[一-龥ぁ-んァ-ヴ])", text):
                yield _put(part, hit.start(), hit.end(), "，" if hit.start() % 2 else ", ", core=(0, 1))


def space_inside(source: Source) -> Iterator[Edit]:
    """A space inside a word."""
    for part, text in parts(source):
        if part.heading or len(text) < 20:
            continue
        for _, _, t in ((p, x, t) for p, x, t in nouns(source) if p is part):
            if len(t.surface) >= 2:
                at = t.start + 1
                yield _put(part, at, at, " " if at % 2 else "　", core=(0, 1))


_RESIDUE_DEV = ("【P】", "●●", "［要確認］", "XXX", "TBD", "（P）", "〇〇")
_RESIDUE_TEST = (
    "※要修正",
    "[コメント1]",
    "＊＊＊",
    "エラー! 参照元が見つかりません。",
    "<<確認中>>",
    "（？）",
    "[A1]",
    "【要検討】",
    "＿＿＿",
    "???",
)


def residue(source: Source) -> Iterator[Edit]:
    """【P】, ●●, TBD left in the text, or a date as 〇年〇月〇日."""
    for part, text in parts(source):
        for hit in re.finditer(
            r"[0-9０-９一二三四五六七八九十二千〇]+年[0-9０-９一二三四五六七八九十]+月[0-9０-９一二三四五六七八九十]+日",
            text,
        ):
            new = ("〇年〇月〇日", "●年●月●日", "○○年○月○日")[part.body % 3]
            yield _put(part, hit.start(), hit.end(), new, core=(0, len(new)))
        if part.heading or len(text) < 20:
            continue
        for hit in re.finditer(r"(?<=は)、|(?<=を)(?=[一-龥])", text):
            new = _RESIDUE_DEV[(part.body + hit.start()) % len(_RESIDUE_DEV)]
            yield _put(part, hit.end(), hit.end(), new, core=(0, len(new)))


def residue_other(source: Source) -> Iterator[Edit]:
    """Comment marks, field errors of a word processor, notes to self."""
    for part, text in parts(source):
        if part.heading or len(text) < 20:
            continue
        for hit in re.finditer(r"(?<=に)(?=[一-龥])|。", text):
            new = _RESIDUE_TEST[(part.body + hit.start()) % len(_RESIDUE_TEST)]
            yield _put(part, hit.start(), hit.start(), new, core=(0, len(new)))


# --- the English side -----------------------------------------------------------------------------------------------------------------------


def _english(source: Source) -> Iterator[tuple[Part, str]]:
    for part in source.en_parts:
        text = source.en_of(part)
        if len(text) > 20 and not part.heading:
            yield part, text


def english_doubled(source: Source) -> Iterator[Edit]:
    """the the."""
    for part, text in _english(source):
        for hit in re.finditer(r"\b(the|of|and|to|in|will|a|by|for|with|on|is|be|not)\b ", text):
            yield Edit("en", part.body + hit.end(), part.body + hit.end(), hit[0], core=(0, len(hit[0])))


def english_ocr(source: Source) -> Iterator[Edit]:
    """information as inforrnation, 2026 as 2O26, will as wil1."""
    swaps = (
        ("m", "rn"),
        ("l", "1"),
        ("o", "0"),
        ("I", "l"),
        ("cl", "d"),
        ("li", "h"),
        ("e", "c"),
        ("0", "O"),
        ("1", "l"),
    )
    for part, text in _english(source):
        for hit in re.finditer(r"\b(?:[a-z]{5,}|[A-Z][a-z]{4,}|[0-9]{2,})\b", text):
            for old, new in swaps:
                at = hit[0].find(old, 1)
                if at > 0:
                    yield Edit(
                        "en",
                        part.body + hit.start(),
                        part.body + hit.end(),
                        hit[0][:at] + new + hit[0][at + len(old) :],
                    )


def english_typo(source: Source) -> Iterator[Edit]:
    """cooperation as cooperaton, coopreation: a letter lost or two exchanged."""
    for part, text in _english(source):
        for hit in re.finditer(r"\b[a-z]{7,}\b", text):
            word, at = hit[0], 3 + (part.body + hit.start()) % 3
            yield Edit("en", part.body + hit.start(), part.body + hit.end(), word[:at] + word[at + 1 :])
            if word[at] != word[at - 1]:
                yield Edit(
                    "en",
                    part.body + hit.start(),
                    part.body + hit.end(),
                    word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
                )


def english_spelling(source: Source) -> Iterator[Edit]:
    """organisation as organization where the text writes -isation."""
    pairs = ((r"\b(\w+)isation", r"\1ization"), (r"\b(recogn|organ|author|util|harmon|standard)is(e|ed|es|ing)\b", r"\1iz\2"), (r"\b(\w*)centre", r"\1center"), (r"\b(\w+)fence\b", r"\1fense"),
             (r"programme", "program"), (r"(\b[Ll]ab|[Hh]arb|[Ff]av|[Ee]ndeav)our", r"\1or"), (r"\b([Mm])etres", r"\1eters"), (r"\b([Ll])icence", r"\1icense"))  # fmt: skip
    for part, text in _english(source):
        for pattern, to in pairs:
            if len(re.findall(pattern, source.en)) < 2:
                continue
            for hit in re.finditer(pattern, text):
                new = re.sub(pattern, to, hit[0])
                if new not in source.en:
                    yield Edit(
                        "en",
                        part.body + hit.start(),
                        part.body + hit.end(),
                        new,
                        core=(0, len(new)),
                        document=True,
                        words=(new, hit[0]),
                    )


def english_bracket(source: Source) -> Iterator[Edit]:
    """A bracket or quotation mark without its partner; the partner that stays is part of the place."""
    for part, text in _english(source):
        for hit in re.finditer(r'\((?=\w{3,})[^()]*\)|"[^"]+"|“[^“”]+”', text):
            cut = hit[0][:-1] if (part.body + hit.start()) % 2 else hit[0][1:]
            yield Edit("en", part.body + hit.start(), part.body + hit.end(), cut, core=(0, len(cut)))


def english_label(source: Source) -> Iterator[Edit]:
    """(c) as (d): a number skipped or given twice."""
    for part in source.en_parts:
        if not part.label or not re.fullmatch(r"\(?[a-z0-9]{1,2}[.)]", part.label) or part.end - part.body < 10:
            continue
        start = source.en.find(part.label, part.start)
        new = _next(part.label, 1)
        if new:
            yield Edit("en", start, start + len(part.label), new, core=(0, len(new)))


OPERATORS = (
    Operator("defined-term-drift", "defined-terms", "dev", defined_term_drift, True),
    Operator("definition-renamed", "defined-terms", "dev", definition_renamed, True),
    Operator("definition-dropped", "defined-terms", "test", definition_dropped, True),
    Operator("duplicated-paragraph", "duplication", "dev", duplicated_paragraph, True),
    Operator("duplicated-sentence", "duplication", "test", duplicated_sentence, True),
    Operator("duplicated-phrase", "duplication", "dev", duplicated_phrase, True),
    Operator("label-gap", "numbering", "dev", label_gap, True),
    Operator("label-style", "numbering", "dev", label_style, True),
    Operator("label-lost", "numbering", "test", label_lost, True),
    Operator("heading-dropped", "heading", "dev", heading_dropped),
    Operator("heading-repeated", "heading", "dev", heading_repeated, True),
    Operator("heading-lengthened", "heading", "test", heading_lengthened),
    Operator("broken-paragraph", "broken-paragraph", "dev", broken, True),
    Operator("broken-doubled", "broken-paragraph", "dev", broken_doubled, True),
    Operator("run-together", "broken-paragraph", "test", run_together, True),
    Operator("bracket-lost", "punctuation", "dev", bracket_lost, True),
    Operator("bracket-wrong", "punctuation", "test", bracket_wrong, True),
    Operator("stop-doubled", "punctuation", "dev", stop_doubled, True),
    Operator("stop-lost", "punctuation", "test", stop_lost, True),
    Operator("comma-style", "punctuation", "dev", comma_style, True),
    Operator("space-inside", "punctuation", "test", space_inside, True),
    Operator("residue", "residue", "dev", residue, True),
    Operator("residue-other", "residue", "test", residue_other, True),
    Operator("english-doubled", "english-side", "dev", english_doubled),
    Operator("english-ocr", "english-side", "dev", english_ocr),
    Operator("english-typo", "english-side", "test", english_typo),
    Operator("english-spelling", "english-side", "test", english_spelling),
    Operator("english-bracket", "english-side", "dev", english_bracket),
    Operator("english-label", "english-side", "test", english_label),
)
