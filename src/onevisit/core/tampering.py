"""What was done to a ledger's chain: which entry was changed, removed, inserted, moved, or cut off."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import orjson

from onevisit.core.ledger import Head, Link, origin

ERASURE = "entry.erased"  # kind of the entry that records an erasure: who, basis (law and article), data.seq


class Fault(StrEnum):
    """Kinds of findings."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"  # an entry stands elsewhere than where it was made
    CUT_OFF = "cut_off"  # the chain ends before its head, or before what a checkpoint saw
    HEAD = "head"  # the case's own note of its chain's end is not the chain's end
    REWRITTEN = "rewritten"  # the chain holds, but is not the one that a checkpoint saw
    ERASED = "erased"  # its body is gone, and no entry says who erased it by which article
    CASE_REMOVED = "case_removed"
    CHECKPOINT = "checkpoint"  # a checkpoint is forged, missing, or differs from its file


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `seq`: the entry by its original number, 0 for the chain itself."""

    fault: Fault
    seq: int
    note: str = ""


def verify_chain(case: UUID, links: Sequence[Link], head: Head) -> list[Finding]:
    """All that was done to the chain of a case (entries in the order of their numbers); [] when it holds."""
    return _followed(case, links, head) + _unrecorded(links)


def _unrecorded(links: Sequence[Link]) -> list[Finding]:
    """Entries whose body was erased, and no later entry says by whom and by which article."""
    erased = {link.seq for link in links if link.body is None and link.salt is None}
    recorded = {_erases(link) for link in links if erased and link.kind == ERASURE}
    return [Finding(Fault.ERASED, seq) for seq in sorted(erased - recorded)]


def _erases(link: Link) -> int:
    """The earlier entry that a record of an erasure names, with who and on what basis; 0 if it does not."""
    body = orjson.loads(link.body or b"{}")
    seq = (body.get("data") or {}).get("seq")
    lawful = any(one.get("law") and one.get("article") for one in body.get("basis") or ())
    return seq if lawful and body.get("who") and isinstance(seq, int) and seq < link.seq else 0


def _followed(case: UUID, links: Sequence[Link], head: Head) -> list[Finding]:
    previous = origin(case)
    for seq, link in enumerate(links, start=1):
        if link.seq != seq or link.previous != previous or not link.content_holds or not link.made_as(seq):
            return _Trace(previous_of_first=origin(case), links=links, head=head).findings()
        previous = link.hash
    if head == Head(len(links), previous):
        return []
    return _Trace(previous_of_first=origin(case), links=links, head=head).findings()


class _Trace:
    """Follows the chain as it was made: by hashes, not by the numbers that entries bear now."""

    def __init__(self, *, previous_of_first: bytes, links: Sequence[Link], head: Head) -> None:
        self.origin = previous_of_first
        self.links = links
        self.head = head
        most = max([link.seq for link in links] + [head.seq]) + len(links)
        self.number = [_number(link, most) for link in links]  # under which it was made; None: its hash is not its own
        self.taken: dict[int, int] = {}  # original number → position in links
        self.found: list[Finding] = []

    def findings(self) -> list[Finding]:
        """Walk from the first number to the last that anything speaks of."""
        last = max([number for number in self.number if number] + [self.head.seq])
        previous: bytes | None = self.origin
        for seq in range(1, last + 1):
            previous = self._step(seq, previous)
        self._end()
        return sorted(set(self.found), key=lambda finding: (finding.seq, finding.fault, finding.note))

    def _step(self, seq: int, previous: bytes | None) -> bytes | None:
        """Find the entry that was made as number `seq`; returns its hash, None when that is not known."""
        places = [place for place, number in enumerate(self.number) if number == seq]
        fitting = [place for place in places if previous is None or self.links[place].previous == previous]
        place = self._best(fitting or places, seq)
        if place is None:
            self._without(seq)
            return None
        if not fitting and seq <= self.head.seq:
            self._disagrees(seq)
        self.taken[seq] = place
        if not self.links[place].content_holds:
            self.found.append(Finding(Fault.CHANGED, seq, "body"))
        return self.links[place].hash

    def _best(self, places: list[int], seq: int) -> int | None:
        """Of several entries with one number, that from which the chain goes on."""
        return max(places, key=lambda place: (self._goes_on(place, seq), self.links[place].seq == seq), default=None)

    def _goes_on(self, place: int, seq: int) -> bool:
        here = self.links[place].hash
        after = (p for p, number in enumerate(self.number) if number == seq + 1)
        return Head(seq, here) == self.head or any(self.links[p].previous == here for p in after)

    def _disagrees(self, seq: int) -> None:
        """Entry `seq` is sound but was made after another one than the one before it: that one was written anew."""
        if seq == 1:
            self.found.append(Finding(Fault.CHANGED, 1, "of another chain"))
        elif seq - 1 in self.taken:
            self.found.append(Finding(Fault.CHANGED, seq - 1, "rewritten"))

    def _without(self, seq: int) -> None:
        """No sound entry has that number: it was changed where it stands, or it is gone."""
        place = next((p for p, link in enumerate(self.links) if link.seq == seq and self.number[p] is None), None)
        if place is not None:
            self.taken[seq] = place
            self.found.append(Finding(Fault.CHANGED, seq, "hash"))
        elif any(number and number > seq for number in self.number):
            self.found.append(Finding(Fault.REMOVED, seq))
        else:
            self.found.append(Finding(Fault.CUT_OFF, seq))

    def _end(self) -> None:
        """Compare the end with the head; what stands in nobody's place was put in, what stands elsewhere was moved."""
        named = self.origin if self.head.seq == 0 else self._hash_at(self.head.seq)
        if named is not None and named != self.head.hash:
            self.found.append(Finding(Fault.HEAD, self.head.seq))
        beyond = {seq: place for seq, place in self.taken.items() if seq > self.head.seq}
        used = set(self.taken.values()) - set(beyond.values())
        strangers = [place for place in range(len(self.links)) if place not in used]
        self.found += [Finding(Fault.INSERTED, self.links[place].seq) for place in strangers]
        removed = [finding.seq for finding in self.found if finding.fault is Fault.REMOVED]
        inserted = [self.links[place].seq for place in strangers]
        for seq, place in self.taken.items():
            stands = self.links[place].seq
            shift = sum(s <= stands for s in inserted) - sum(s < seq for s in removed)
            if place in used and stands not in (seq, seq + shift):
                self.found.append(Finding(Fault.MOVED, seq, f"now {stands}"))

    def _hash_at(self, seq: int) -> bytes | None:
        place = self.taken.get(seq)
        return None if place is None or self.number[place] is None else self.links[place].hash


def _number(link: Link, most: int) -> int | None:
    """The number under which the entry was made, if its hash is its own."""
    numbers = (link.seq, *range(1, most + 1))
    return next((seq for seq in numbers if link.made_as(seq)), None)
