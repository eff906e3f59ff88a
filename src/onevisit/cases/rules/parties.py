"""Who takes part in a case beside its applicant, and what stands in the way of it. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onevisit.cases.rules.intake import applicant
from onevisit.core.catalogue import LifeEvent
from onevisit.core.facts import Facts, party_key, role_of
from onevisit.core.parties import parties_of, party_name
from onevisit.core.text import Text


@dataclass(frozen=True, slots=True)
class Named:
    """A party who is a natural person with an identity number."""

    party: str
    id_number: str
    name: str
    for_him: str = ""  # the party's own name, where somebody else signs in his place (民法典 23, 162)
    until: date | None = None  # the last day of who signs by mandate (民法典 165, 173(1))

    def may_sign(self, day: date) -> bool:
        """Whether his mandate, if he needs one, still runs on the day; its last day counts whole (民法典 203)."""
        return self.until is None or day <= self.until


def named(event: LifeEvent, facts: Facts) -> tuple[Named, ...]:
    """The parties who are known by their identity numbers, the applicant among them."""
    return tuple(_named(event, facts))


def _named(event: LifeEvent, facts: Facts) -> Iterator[Named]:
    natural = {role.key: role for role in event.roles if role.natural}
    for party in parties_of(event, facts):
        role = natural.get(role_of(party))
        number, name = facts.get(party_key(party, "id_number")), str(facts.get(party_key(party, "name"), ""))
        agent = facts.get(party_key(party, f"{role.agent}_id_number")) if role and role.agent else None
        if role and agent:
            until = facts.get(party_key(party, f"{role.agent}_until"))
            by = str(facts.get(party_key(party, f"{role.agent}_name"), ""))
            yield Named(party, str(agent), by, name, until if isinstance(until, date) else None)
        elif role and number:
            yield Named(party, str(number), name)


def numbers_of(event: LifeEvent, facts: Facts) -> frozenset[str]:
    """Facts by which parties or their agents are known: whose case it is does not change after the submission."""
    natural = {role.key: role for role in event.roles if role.natural}
    found = set()
    for party in parties_of(event, facts):
        role = natural.get(role_of(party))
        if role:
            found |= {party_key(party, "id_number")} | (
                {party_key(party, f"{role.agent}_id_number")} if role.agent else set()
            )
    return frozenset(found & facts.keys())


def others(event: LifeEvent, facts: Facts) -> tuple[Named, ...]:
    """Those of them who do not apply themselves."""
    own = applicant(event, facts)
    return tuple(one for one in named(event, facts) if one.party != own)


def expired(event: LifeEvent, facts: Facts, day: date) -> Iterator[Text]:
    """A sentence for each mandate that has run out before the application is made (民法典 173(1))."""
    for one in named(event, facts):
        if one.until is not None and not one.may_sign(day):
            who, until = party_name(event, one.party), Text.day(one.until)
            yield Text(
                f"{who.zh}的委托书只到{until.zh}，已经过期，请重新办一份，把新的日期填上。",
                f"The mandate of the {who.of('en')} ended on {until.en}: please have a new one made and enter its day.",
            )


def same_person(event: LifeEvent, facts: Facts) -> Iterator[Text]:
    """A sentence for parties under one identity number: nobody buys from himself, or twice; agents may."""
    found = [one for one in named(event, facts) if not one.for_him]
    numbers = Counter(one.id_number for one in found)
    for number in (number for number, times in numbers.items() if times > 1):
        names = [party_name(event, one.party) for one in found if one.id_number == number]
        zh, en = "和".join(name.zh for name in names), " and ".join(name.of("en") for name in names)
        yield Text(f"{zh}的身份证号码是同一个，请核对。", f"{en} have the same identity number: please check.")
