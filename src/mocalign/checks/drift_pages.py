"""The pages of what `mocalign drift` reports (AUD9xx).

They need two drafts, so they are no checks of one pair: not in `CHECKS`, but explained, listed and exported like them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mocalign.checks.base import Check, Hit
from mocalign.config import Config
from mocalign.model import Severity
from mocalign.pair import Pair

__all__ = ["DRIFT"]

_MQM = "audience-appropriateness/version-consistency"


def _nothing(pair: Pair, config: Config) -> Iterator[Hit]:
    """One pair alone shows no drift."""
    return iter(())


def _page(
    number: int, name: str, severity: Severity, page: tuple[str, str, str], page_ja: tuple[str, str, str]
) -> Check:
    title, why, what = page
    title_ja, why_ja, what_ja = page_ja
    return Check(
        code=f"AUD{number}",
        name=name,
        mqm=_MQM,
        severity=severity,
        doc=f"{title}\n\nWhy it matters: {why}\n\nWhat to do: {what}\n",
        doc_ja=f"{title_ja}\n\nなぜ問題か：{why_ja}\n\n対処：{what_ja}\n",
        find=_nothing,
        examples=(),
        needs="both",
    )


DRIFT: tuple[Check, ...] = (
    _page(
        901,
        "english-changed-alone",
        Severity.major,
        (
            "The English was changed between the drafts and the Japanese beside it was not.",
            "the Japanese still says what the negotiators have given up; it is found after signature, or never.",
            "bring the Japanese in line with the quoted change, or accept the finding where the old wording already fits.",
        ),
        (
            "英文が改められたのに、対応する和文が旧案のままである。",
            "交渉で改められた内容が和文に反映されず、署名後に食い違いが残る。",
            "引用した変更を和文に反映する。旧文のままでよい場合は、理由を付して承認する。",
        ),
    ),
    _page(
        902,
        "english-added-alone",
        Severity.major,
        (
            "The new English draft has a passage that the Japanese has not taken up.",
            "a right, duty or exception agreed in English is missing from the Japanese.",
            "translate the passage.",
        ),
        (
            "英文に新たに加えられた箇所が和文にない。",
            "英文で合意した権利、義務又は例外が和文から落ちる。",
            "追加箇所を訳出する。",
        ),
    ),
    _page(
        903,
        "english-deleted-alone",
        Severity.major,
        (
            "A passage was struck from the English and its Japanese still stands.",
            "the Japanese promises what was no longer agreed.",
            "strike the Japanese too, or find out where the English went.",
        ),
        (
            "英文から削られた箇所が和文に残っている。",
            "合意されなくなった内容を和文が定めたままになる。",
            "和文からも削る。英文が別の箇所に移っていないか確かめる。",
        ),
    ),
    _page(
        904,
        "japanese-changed-alone",
        Severity.minor,
        (
            "The Japanese was changed between the drafts while its English stayed.",
            "polishing a translation is normal; a change of content without an English one is not.",
            "read the quoted change against the English.",
        ),
        (
            "英文が同じまま、和文だけが改められている。",
            "訳文の推敲は通常のことであるが、内容の変更であれば英文との食い違いになる。",
            "引用した変更を英文と照らし合わせる。",
        ),
    ),
    _page(
        905,
        "japanese-added-alone",
        Severity.minor,
        (
            "The new Japanese draft has a passage that nothing in the English was added for.",
            "it may repair an omission of the old draft, or say what was not agreed.",
            "read it against the English.",
        ),
        (
            "和文に新たな箇所が加えられたが、英文には対応する追加がない。",
            "旧案の訳漏れを補ったものか、合意されていない内容かが問題となる。",
            "英文と照らし合わせる。",
        ),
    ),
    _page(
        906,
        "japanese-deleted-alone",
        Severity.major,
        (
            "A passage was struck from the Japanese and its English still stands.",
            "the translation now leaves out what is agreed.",
            "restore the passage, or find out where it went.",
        ),
        (
            "和文から箇所が削られたが、英文は残っている。",
            "合意された内容が和文から落ちる。",
            "削った箇所を戻す。別の箇所に移っていないか確かめる。",
        ),
    ),
    _page(
        907,
        "changed-on-both-sides",
        Severity.neutral,
        (
            "Both sides were changed; listed so that a person may compare the two changes.",
            "that both moved does not show that they moved alike.",
            "nothing, unless the two quoted changes differ.",
        ),
        (
            "英文と和文の双方が改められている（一覧のための記載）。",
            "双方が改められていても、同じ内容であるとは限らない。",
            "引用した二つの変更が食い違わなければ、対処は要らない。",
        ),
    ),
    _page(
        908,
        "japanese-changed",
        Severity.neutral,
        (
            "The Japanese was changed; without the old English nothing says whether it followed a change.",
            "these are the paragraphs to read again before signature.",
            "compare the quoted change with the English, or give the old English too.",
        ),
        (
            "和文が改められている。旧英文がないため、英文の変更に伴うものか判断できない。",
            "署名前に読み直すべき箇所である。",
            "引用した変更を英文と照らし合わせる。旧英文も指定すれば判断できる。",
        ),
    ),
)
