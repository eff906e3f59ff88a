"""Check one change of an event: the keys that its kind takes, and that every name leads somewhere."""

from collections.abc import Iterator
from dataclasses import fields

from onevisit.catalogue.references import unknown
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import LifeEvent
from onevisit.core.levers.model import Change, ChangeKind

Problem = tuple[Path_, str]
_EVIDENCE = frozenset({"services", "role", "when"})
_STEPS = frozenset({"steps", "when", "name"})
_TAKES: dict[ChangeKind, tuple[frozenset[str], frozenset[str]]] = {  # what a kind needs, what else it may have
    ChangeKind.SHARE: (frozenset({"evidence", "ref"}), _EVIDENCE),
    ChangeKind.TRANSFER: (frozenset({"services"}), frozenset({"ref"})),
    ChangeKind.ACCEPT_LICENCE: (frozenset({"evidence", "ref"}), _EVIDENCE),
    ChangeKind.ACCEPT_UPLOAD: (frozenset({"evidence"}), _EVIDENCE),
    ChangeKind.E_SIGNATURE: (frozenset(), frozenset({"services", "evidence", "role"}) | _STEPS),
    ChangeKind.COURIER: (frozenset({"services"}), _STEPS),
    ChangeKind.EVIDENCE_COMMITMENT: (frozenset({"evidence", "ref"}), _EVIDENCE),
    ChangeKind.APPROVAL_ON_PROMISE: (frozenset({"services", "ref", "offer"}), frozenset()),
    ChangeKind.PLACE: (frozenset({"services", "places"}), frozenset({"steps"})),
    ChangeKind.SHORTEN: (frozenset({"services"}), frozenset({"days", "steps"})),
    ChangeKind.DROP_EVIDENCE: (frozenset({"evidence"}), frozenset({"services", "role"})),
    ChangeKind.PARALLEL: (frozenset({"services"}), frozenset({"after"})),
    ChangeKind.MERGE: (frozenset({"services"}), frozenset()),
    ChangeKind.UNSHARE: (frozenset(), frozenset({"services", "evidence", "role", "ref"})),
    ChangeKind.KEEP_APART: (frozenset(), frozenset({"services", "ref"})),
    ChangeKind.ORIGINALS_ONLY: (frozenset(), frozenset({"services", "evidence", "role"})),
    ChangeKind.PRESENCE_ONLY: (frozenset(), frozenset({"services", "steps", "places", "name"})),
    ChangeKind.COUNTER_PICKUP: (frozenset(), frozenset({"services", "steps", "places", "name"})),
    ChangeKind.TOGETHER: (frozenset({"services", "steps"}), frozenset()),
    ChangeKind.AT_HALL: (frozenset({"services", "places"}), frozenset({"steps"})),
    ChangeKind.LENGTHEN: (frozenset({"services", "days"}), frozenset({"steps"})),
    ChangeKind.SERIAL: (frozenset({"services", "after"}), frozenset({"when"})),
    ChangeKind.DEMAND_EVIDENCE: (frozenset({"services", "evidence", "role"}), frozenset({"steps", "when"})),
    ChangeKind.NO_PROMISE: (frozenset({"services"}), frozenset()),
}
_REFERS = {
    ChangeKind.SHARE: "resource",
    ChangeKind.UNSHARE: "resource",
    ChangeKind.TRANSFER: "licence type",
    ChangeKind.KEEP_APART: "licence type",
    ChangeKind.ACCEPT_LICENCE: "licence type",
    ChangeKind.EVIDENCE_COMMITMENT: "fact",
    ChangeKind.APPROVAL_ON_PROMISE: "fact",
}


def check_change(change: Change, event: LifeEvent) -> Iterator[Problem]:
    """What is wrong with a change of this event, with the path inside the change."""
    needed, optional = _TAKES[change.kind]
    given = {one.name for one in fields(change) if one.name != "kind" and getattr(change, one.name) != one.default}
    for name in sorted(needed - given):
        yield (), f"a change of kind `{change.kind.value}` lacks the key `{name}`"
    for name in sorted(given - needed - optional):
        yield (name,), f"a change of kind `{change.kind.value}` does not take the key `{name}`"
    if change.kind is ChangeKind.E_SIGNATURE and not change.services and not change.evidence:
        yield (), "an electronic signature is of `services` (their steps), or of papers (`evidence`)"
    if change.kind is ChangeKind.MERGE and len(change.services) == 1:
        yield ("services",), "at least two services are handled as one, the leading one first"
    yield from _names(change, event)


def _names(change: Change, event: LifeEvent) -> Iterator[Problem]:
    """Names that the event does not have."""
    meant = [one for one in event.services if one.key in (change.services or (one.key,))]
    known: dict[str, tuple[str, list[str]]] = {
        "services": ("service", [one.key for one in event.services]),
        "steps": ("step of these services", [step.key for one in meant for step in one.steps]),
        "evidence": ("evidence type", [one.key for one in event.evidence_types]),
        "places": ("place", [one.key for one in event.places]),
    }
    for field, (what, names) in known.items():
        for n, name in enumerate(getattr(change, field)):
            yield from (((field, n), problem) for problem in unknown(name, names, what))
    roles = ["matter", *(one.key for one in event.roles)]
    keys = {
        "resource": [one.key for one in event.resources],
        "licence type": [one.key for one in event.licence_types],
        "fact": [one.key for one in event.facts],
    }
    single = [("role", change.role, "role", roles), ("after", change.after, *known["services"])]
    if change.kind in _REFERS:
        single.append(("ref", change.ref, _REFERS[change.kind], keys[_REFERS[change.kind]]))
    for field, name, what, names in single:
        if name:
            yield from (((field,), problem) for problem in unknown(name, names, what))


def check_effect(before: LifeEvent, after: LifeEvent) -> Iterator[str]:
    """That a change changes something."""
    if before == after:
        yield "it changes nothing here"
