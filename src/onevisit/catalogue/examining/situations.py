"""Whether anybody can be in a situation: decided exactly over finite domains, within a stated limit.

Numbers are cut where the conditions at hand compare them (core/domains.py), so that a few values stand for all.
Facts are fixed one after the other; a part of a situation that already breaks a condition is not looked into.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import Condition, bind, evaluate, facts_of, of_party
from onevisit.core.domains import Domain, count_domain, domain_of
from onevisit.core.facts import Facts, FactSpec, Value, spec_of
from onevisit.core.parties import all_specs
from onevisit.core.planning.deriving import Deriving
from onevisit.core.syntax import Compare, Const, FactRef, Not, Or
from onevisit.core.text import Text
from onevisit.core.wording import value_words

MOST = 20_000  # parts of situations looked at before an answer is given up
SHOWN = 4  # facts of an example that are said


class Undecided(Exception):
    """Too many situations to look at, or several facts compared: nothing is claimed."""


@dataclass(slots=True)
class _Search:
    """One search: what has to hold, and the values that each fact can have."""

    conditions: tuple[Condition, ...]
    domains: dict[str, Domain]
    left: int = MOST

    def found(self, known: dict[str, Value], conditions: tuple[Condition, ...]) -> dict[str, Value] | None:
        """Facts under which all conditions hold, or None if there are none."""
        self.left -= 1
        if self.left < 0:
            raise Undecided
        truths = [(one, evaluate(one, known)) for one in conditions]
        if any(truth is False for _, truth in truths):
            return None
        still_open = tuple(one for one, truth in truths if truth is None)
        if not still_open:
            return known
        key = next((key for key in sorted(facts_of(still_open[0])) if key not in known), "")
        domain = self.domains.get(key)
        if domain is None:
            return None
        for k in domain.possible:
            found = self.found({**known, key: domain.values[k]}, still_open)
            if found is not None:
                return found
        return None


class Situations:
    """What real applicants of an event can be, by its constraints."""

    def __init__(self, event: LifeEvent) -> None:
        self.event = event
        self._parameters = {one.key: one.value for one in event.parameters}
        own = {role.key: bind(role.when, self._parameters) if role.when else None for role in event.roles}
        self.roles = {role.key: replace(role, when=own[role.key]) for role in event.roles}
        self.specs: dict[str, FactSpec] = all_specs(event)
        self.constraints = tuple(self.bound(one) for one in event.constraints)
        self.contradictory = _contradictory(self)
        if self.contradictory:
            self.constraints = ()  # with them everything would be impossible, which says nothing of anything else

    def bound(self, condition: Condition, role: str = "") -> Condition:
        """The condition with its parameters and parties put in; `party.x` is said of the first party of the role."""
        bound = bind(condition, self._parameters, self.roles)
        return replace(bound, root=of_party(bound.root, f"{role}[1]")) if role else bound

    def there_is(self, role: str) -> tuple[Condition, ...]:
        """What has to hold so that there is a party of the role."""
        one = self.roles.get(role)
        if one is None:
            return ()
        when = () if one.when is None else (one.when,)
        counted = one.least == 0 and not (one.most == 1 and one.when is not None)
        return (*when, Condition(Compare(">=", FactRef(f"{role}.count"), Const(1)))) if counted else when

    def anybody(self, *conditions: Condition) -> Facts | None:
        """Somebody for whom all of them hold, by the facts that say so; None if nobody can be like that.

        Raises Undecided beyond the limit, and where several facts are compared and nobody was found.
        """
        return self.imaginable(*conditions, *self._bearing_on(conditions))

    def imaginable(self, *together: Condition) -> Facts | None:
        """The same without the constraints: somebody who could be like that if they were not there.

        Where several facts are compared, the values that stand for others do not say that nobody is like that.
        """
        keys = {key for one in together for key in facts_of(one)}
        domains = {key: domain for key in keys if (domain := self._domain(key, together)) is not None}
        found = _Search(together, domains).found({}, together)
        if found is None and Deriving(self.roles.values(), self.specs).needed(together):
            raise Undecided
        return found

    def _bearing_on(self, conditions: Iterable[Condition]) -> tuple[Condition, ...]:
        """The constraints that share facts with the conditions, or with another constraint that does."""
        keys = {key for one in conditions for key in facts_of(one)}
        chosen: list[Condition] = []
        waiting = list(self.constraints)
        while near := [one for one in waiting if facts_of(one) & keys]:
            chosen += near
            keys |= {key for one in near for key in facts_of(one)}
            waiting = [one for one in waiting if one not in near]
        return tuple(chosen)

    def _domain(self, key: str, conditions: tuple[Condition, ...]) -> Domain | None:
        role = self.roles.get(key.removesuffix(".count")) if key.endswith(".count") else None
        if role is not None:
            return count_domain(key, role.least, role.most)
        spec = spec_of(key, self.specs)
        return None if spec is None else domain_of(replace(spec, key=key), conditions)

    def said(self, facts: Facts) -> Text:
        """Facts of an example in words."""
        some = [(spec_of(key, self.specs), key, value) for key, value in sorted(facts.items())][:SHOWN]
        labels = [(spec.label if spec else Text(key, key), value_words(spec, value)) for spec, key, value in some]
        return Text(
            "，".join(f"{label.zh}：{value.zh}" for label, value in labels),
            ", ".join(f"{label.of('en')}: {value.of('en')}" for label, value in labels),
        )


def _contradictory(situations: Situations) -> bool:
    try:
        return bool(situations.constraints) and situations.imaginable(*situations.constraints) is None
    except Undecided:
        return False


def negated(condition: Condition) -> Condition:
    """That the condition does not hold."""
    return Condition(Not(condition.root))


def either(conditions: Iterable[Condition]) -> Condition:
    """That one of them holds at least."""
    return Condition(Or(tuple(one.root for one in conditions)))


def meant(condition: Condition | None) -> bool:
    """Whether it is a condition that anybody wrote: none given, and plain `true`, hold for everybody on purpose."""
    return condition is not None and condition.root != Const(True)
