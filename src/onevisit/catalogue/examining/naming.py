"""How evidence is named: what names no document, and two names for one document."""

import re
from collections.abc import Iterator

from onevisit.catalogue.examining.evidence import needs_of
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text

_OTHER = r"其[他它](?:有关|相关|必要|需要|应当|提交|规定|要求|补充|的)*(?:申请)?(?:材料|资料|文件|证件|证明)"
_CATCH_ALL = re.compile(
    rf"{_OTHER}|^(?:有关|相关|必要)的?(?:材料|资料|文件|证件|证明)|等(?:有关|相关)?(?:材料|资料|文件)$"
    r"|(?:规定|要求|需要)的其[他它]"
)
_CATCH_ALL_EN = re.compile(
    r"\bother (?:(?:relevant|necessary|required|supporting) )*(?:documents?|papers?|materials?|evidence)\b", re.I
)


def catch_all(event: LifeEvent) -> Iterator[Remark]:
    """Evidence that names no document (“其他材料”): the list of all documents is published (行政许可法 30)."""
    owners = {need.evidence: service.agency for _, service, _, need in needs_of(event)}
    for n, kind in enumerate(event.evidence_types):
        words = [one for one in (kind.name, kind.hint) if one is not None]
        if any(_CATCH_ALL.search(one.zh) or _CATCH_ALL_EN.search(one.en) for one in words):
            yield Remark(
                "catch-all",
                Severity.ERROR,
                ("evidence_types", n),
                Text(f"「{kind.name.zh}」是兜底材料，没有说要什么", f"“{kind.name.of('en')}” names no document"),
                Text(
                    "一样一样写清楚，或者删掉：全部材料都要公示（行政许可法 30）",
                    "name each document, or take it out: all of them are published (Administrative Licensing Law 30)",
                ),
                owners.get(kind.key, ""),
            )


_SAME = (  # everyday and official words for one document
    ("居民身份证", "身份证"),
    ("身份证明", "身份证"),
    ("户口本", "户口簿"),
    ("出生证明", "出生证"),
    ("出生医学证明", "出生证"),
    ("结婚证书", "结婚证"),
    ("不动产权证书", "房产证"),
    ("不动产权证", "房产证"),
    ("房屋所有权证", "房产证"),
    ("租赁合同", "租房合同"),
)
_FORM = re.compile(r"（.*?）|\(.*?\)|原件|复印件|扫描件|电子版|正本|副本|本人|申请人|有效|[的《》“”、，\s]")


def two_names(event: LifeEvent) -> Iterator[Remark]:
    """Evidence types that are one document under two names, so that it would be asked for twice."""
    seen: dict[str, int] = {}
    taken = {(a.kind, a.ref, need.evidence) for *_, need in needs_of(event) for a in need.accepts if a.kind.is_licence}
    for n, kind in enumerate(event.evidence_types):
        marks = [_plain(kind.name.zh), *([kind.name.en.casefold()] if kind.name.en else [])]
        marks += sorted(f"{ref}!" for _, ref, evidence in taken if evidence == kind.key)
        twin = next((seen[mark] for mark in marks if mark in seen), None)
        if twin is None:
            seen |= dict.fromkeys(marks, n)
            continue
        other = event.evidence_types[twin]
        yield Remark(
            "two-names",
            Severity.WARNING,
            ("evidence_types", n),
            Text(
                f"「{kind.name.zh}」和「{other.name.zh}」像是同一种材料",
                f"“{kind.name.of('en')}” and “{other.name.of('en')}” look like one document",
            ),
            Text(f"合成一种，都用 {other.key}", f"make them one: use {other.key} for both"),
        )


def _plain(name: str) -> str:
    """The name without what says only in which form it comes, in the everyday word."""
    plain = _FORM.sub("", name)
    for official, everyday in _SAME:
        plain = plain.replace(official, everyday)
    return plain
