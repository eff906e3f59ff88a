"""What a draft changes in the proofs of an event: what holds for every applicant, before and after."""

from dataclasses import dataclass

from onevisit.core.planning.guide import GuideFigures
from onevisit.core.planning.model import Assumption, Range
from onevisit.core.text import Text


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One figure of the proofs that differs; "" where a catalogue does not have it."""

    key: str
    name: Text
    before: Text
    after: Text


def diff_of_proofs(before: GuideFigures, after: GuideFigures) -> tuple[ProofLine, ...]:
    """Every figure of the two proofs that differs, and every assumption that only one of them makes."""
    pairs = zip(_figures(before), _figures(after), strict=True)
    lines = [ProofLine(key, name, was, now) for (key, name, was), (_, _, now) in pairs if was != now]
    old, new = dict.fromkeys(map(_assumed, before.assumptions)), dict.fromkeys(map(_assumed, after.assumptions))
    name = Text("假定", "assumption")
    lines += [ProofLine("assumptions", name, text, Text("")) for text in old if text not in new]
    lines += [ProofLine("assumptions", name, Text(""), text) for text in new if text not in old]
    return tuple(lines)


def _figures(guide: GuideFigures) -> tuple[tuple[str, Text, Text], ...]:
    days = Text("承诺工作日", "promised working days"), Text("法定工作日", "working days by law")
    return (
        ("online", Text("网上办最多跑几次", "most visits online"), _number(guide.online.worst)),
        ("online_all", Text("网上办所有人合计", "of all people, online"), _number(guide.online.total)),
        ("walk_in", Text("只来窗口最多跑几次", "most visits walking in"), _number(guide.walk_in.worst)),
        ("walk_in_all", Text("只来窗口所有人合计", "of all people, walking in"), _number(guide.walk_in.total)),
        ("promised_days", days[0], _range(guide.promised_days)),
        ("statutory_days", days[1], _range(guide.statutory_days)),
        ("combinations", Text("穷举的情形", "cases enumerated"), _number(guide.combinations)),
        ("plans", Text("不同的方案", "different plans"), _number(guide.plans)),
        ("evidence", Text("自己带的材料（种）", "kinds of evidence to bring"), _number(len(guide.evidence))),
    )


def _assumed(one: Assumption) -> Text:
    return one.text


def _number(number: int) -> Text:
    return Text(str(number), str(number))


def _range(days: Range) -> Text:
    return _number(days.low) if days.exact else Text(f"{days.low} 到 {days.high}", f"{days.low} to {days.high}")
