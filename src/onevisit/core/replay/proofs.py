"""What a draft changes in the proofs of an event: what holds for every applicant, before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onevisit.core.proving.proof import Channel, Proof
from onevisit.core.text import Text

_NAMES = {
    False: ("online", Text("网上办最多跑几次", "most visits online")),
    True: ("walk_in", Text("只来窗口最多跑几次", "most visits walking in")),
}
_WHY = Text("为什么", "why")


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One thing in the proofs that differs; "" where a catalogue does not have it."""

    key: str
    name: Text
    before: Text
    after: Text


def diff_of_proofs(before: Proof, after: Proof) -> tuple[ProofLine, ...]:
    """The most visits where they differ, and why; third parties and assumptions that only one of the proofs has."""
    lines = [line for was, now in zip(before.channels, after.channels, strict=True) for line in _channels(was, now)]
    lines += _only_one("elsewhere", Text("要另去第三方", "a trip elsewhere"), before.elsewhere, after.elsewhere)
    old, new = ([one.text for one in proof.assumptions] for proof in (before, after))
    return (*lines, *_only_one("assumptions", Text("假定", "assumption"), old, new))


def _channels(was: Channel, now: Channel) -> Iterator[ProofLine]:
    if (was.worst, was.proved) != (now.worst, now.proved):
        key, name = _NAMES[now.walk_in]
        yield ProofLine(key, name, _most(was), _most(now))
        yield ProofLine(f"{key}_why", _WHY, was.explanation, now.explanation)


def _most(channel: Channel) -> Text:
    number = str(channel.worst)
    if channel.proved:
        return Text(f"{number}，已证明", f"{number}, proved")
    return Text(f"看到的最多 {number}，没有证明", f"{number} is the most that was found, not proved")


def _only_one(key: str, name: Text, before: Iterable[Text], after: Iterable[Text]) -> Iterator[ProofLine]:
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    yield from (ProofLine(key, name, text, Text("")) for text in old if text not in new)
    yield from (ProofLine(key, name, Text(""), text) for text in new if text not in old)
