"""Who there is in an event, for everybody at once: each party with the formula of when there is such a person."""

from onevisit.core.catalogue import LifeEvent, Role
from onevisit.core.conditions import Condition, of_party
from onevisit.core.parties import MATTER
from onevisit.core.solving.circuit import FALSE, TRUE, Formula
from onevisit.core.solving.translate import Translation

Persons = list[tuple[str, Formula]]  # who, and when there is such a person


class Everybody:
    """The parties that an event may have."""

    def __init__(self, event: LifeEvent, translation: Translation) -> None:
        self.event = event
        self.translation = translation
        self.logic = translation.logic
        self.roles = {role.key: role for role in event.roles}

    def when(self, condition: Condition | None, party: str = "") -> Formula:
        """When a condition holds, of one party where it speaks of one."""
        if condition is None:
            return TRUE
        root = of_party(condition.root, party) if party and party != MATTER else condition.root
        return self.translation.of(root)

    def persons(self, role: Role) -> Persons:
        """The parties of a role (as core/parties.persons_of)."""
        there = self.when(role.when)
        if role.most == 1 and (role.least == 1 or role.when is not None):
            return [(role.key, there)]
        key, found = f"{role.key}.count", []
        domain = self.translation.domains.get(key)
        for n in range(1, role.most + 1):
            enough = TRUE if n <= role.least else FALSE
            if domain is not None:
                classes = [k for k in domain.possible if int(str(domain.values[k])) >= n]
                enough = self.logic.any(self.translation.is_class(key, k) for k in classes)
            found.append((role.key if role.most == 1 else f"{role.key}[{n}]", self.logic.all((there, enough))))
        return found

    def applicant(self) -> Persons:
        """Who applies (as core/parties.applicant_of)."""
        event, translation = self.event, self.translation
        natural = [role for role in event.roles if role.natural]
        domain = translation.domains.get(event.you) if event.you else None
        found, before = [], []
        for role in natural:
            if domain is not None and role.key in domain.values:
                chosen = translation.is_class(event.you, domain.values.index(role.key))
                person, there = self.persons(role)[0]
                before.append(self.logic.all((chosen, there)))
                found.append((person, before[-1]))
        for role in natural:
            person, there = self.persons(role)[0]
            found.append((person, self.logic.all((there, -(self.logic.any(before))))))
            before.append(found[-1][1])
        people = dict.fromkeys(person for person, _ in found)
        return [(one, self.logic.any(when for person, when in found if person == one)) for one in people]
