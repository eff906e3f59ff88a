"""What a lever of reform is: changes of a life event with their owner, cost and legal basis; costs are estimates."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from onevisit.core.basis import Basis
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import Condition
from onevisit.core.text import Text


class ChangeKind(StrEnum):
    """What a change does; those from `unshare` on undo a reform, for the picture of what it was like before."""

    SHARE = "share"  # an evidence is taken from a register
    TRANSFER = "transfer"  # outputs pass inside government
    ACCEPT_LICENCE = "accept_licence"  # an e-licence counts as the original
    ACCEPT_UPLOAD = "accept_upload"  # an electronic document counts as the paper
    E_SIGNATURE = "e_signature"  # a step is done online, or a civil paper is signed electronically
    COURIER = "courier"  # a step is done by courier
    EVIDENCE_COMMITMENT = "evidence_commitment"  # a promise may stand for an evidence
    APPROVAL_ON_PROMISE = "approval_on_promise"  # a licence is offered on a promise
    PLACE = "place"  # what is done in person is also done at these halls
    SHORTEN = "shorten"  # an agency's act takes no longer than so many days
    DROP_EVIDENCE = "drop_evidence"  # an evidence is not asked for any more
    PARALLEL = "parallel"  # a service does not wait for another
    MERGE = "merge"  # services are applied for and handed out as one

    UNSHARE = "unshare"
    KEEP_APART = "keep_apart"
    ORIGINALS_ONLY = "originals_only"
    PRESENCE_ONLY = "presence_only"
    COUNTER_PICKUP = "counter_pickup"
    TOGETHER = "together"
    AT_HALL = "at_hall"
    LENGTHEN = "lengthen"
    SERIAL = "serial"
    DEMAND_EVIDENCE = "demand_evidence"
    NO_PROMISE = "no_promise"

    @property
    def reforms(self) -> bool:
        """Whether it makes things easier: what levers are made of."""
        return _RANK[self] <= _RANK[ChangeKind.MERGE]

    @property
    def rank(self) -> int:
        """Its place when several changes are made at once."""
        return _RANK[self]


_RANK = {kind: number for number, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a life event. What it names and the event does not have, it leaves as it is.

    `services`, `steps`, `evidence`, `role` say what is meant; left out, everything that the kind can mean.
    """

    kind: ChangeKind
    services: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()  # EvidenceType.key
    role: str = ""  # whose evidence
    ref: str = ""  # register, licence type, or the fact by which a commitment is taken
    places: tuple[str, ...] = ()
    after: str = ""  # the service that is waited for
    days: int = 0
    when: Condition | None = None  # what is added only holds where this does
    name: Text | None = None  # what the step is called from then on
    offer: Text | None = None  # what a promise saves and risks


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number without public source: somebody's estimate, which the office may put right in its content."""

    amount: Decimal
    by: Text  # who estimated it
    note: Text  # how


@dataclass(frozen=True, slots=True)
class Lever:
    """A reform that somebody can carry out: what it changes, who has to do it, what it costs by estimate."""

    key: str
    name: Text
    changes: tuple[Change, ...]
    cost: Estimate  # yuan, once
    basis: Basis  # by what it is allowed
    agency: str = ""  # who has to do it: one of the event's agencies,
    body: Text | None = None  # or another body, by its name
    yearly_cost: Estimate | None = None  # yuan a year
    days: Estimate | None = None  # working days until it is in place
    work: str = ""  # levers of several events with the same are one piece of work: done and paid once

    def owner(self, event: LifeEvent) -> Text:
        """Who has to carry it out."""
        if self.body is not None:
            return self.body
        return next((one.name for one in event.agencies if one.key == self.agency), Text(self.agency))
