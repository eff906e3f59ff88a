"""Who the parties of an event are under certain facts, what they are called, and whose a fact is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from onevisit.core.catalogue import AcceptKind, LifeEvent, Resource, Role
from onevisit.core.conditions import evaluate
from onevisit.core.facts import PARTY, Facts, FactSpec, party_key, role_of
from onevisit.core.text import Text

MATTER = "matter"


def persons_of(role: Role, facts: Facts) -> tuple[str, ...]:
    """Ids of the role's parties: the role's key if there can be one only, else `key[1]`, `key[2]`, …

    Their number is the fact `ROLE.count`; while it is unknown, the least. None where the role's condition fails.
    """
    if role.when is not None and evaluate(role.when, facts) is not True:
        return ()
    if role.most == 1 and (role.least == 1 or role.when is not None):
        return (role.key,)
    known = facts.get(f"{role.key}.count", role.least)
    count = int(known) if isinstance(known, int | Decimal) else role.least
    count = min(max(count, role.least), role.most)
    return (role.key,) * count if role.most == 1 else tuple(f"{role.key}[{n}]" for n in range(1, count + 1))


def applicant_of(event: LifeEvent, facts: Facts) -> tuple[str, ...]:
    """The party that applies: the first one of the role that the event's `you` names, else of natural persons.

    Who says that he is the father is the father, also before it is known whether one is to be named.
    """
    natural = [role for role in event.roles if role.natural]
    chosen = next((role for role in natural if event.you and facts.get(event.you) == role.key), None)
    if chosen is not None and chosen.when is not None and evaluate(chosen.when, facts) is None:
        chosen = replace(chosen, when=None)
    for role in (chosen, *natural):
        persons = persons_of(role, facts) if role else ()
        if persons:
            return persons[:1]
    return ()


def parties_of(event: LifeEvent, facts: Facts) -> tuple[str, ...]:
    """All parties, in the order of the event's roles."""
    return tuple(party for role in event.roles for party in persons_of(role, facts))


def is_there(event: LifeEvent, key: str, facts: Facts) -> bool:
    """Whether the party whose fact this is exists; the matter, a company and the number of a role's parties do."""
    role = next((one for one in event.roles if one.key == role_of(key)), None)
    if role is None or key == f"{role.key}.count":
        return True
    return key.partition(".")[0] in {party.removesuffix("[1]") for party in persons_of(role, facts)}


def those_there(event: LifeEvent, keys: Iterable[str], facts: Facts) -> set[str]:
    """Of these facts, those whose party exists, as `is_there` says of one."""
    parties = {party.removesuffix("[1]") for party in parties_of(event, facts)}
    roles = {role.key for role in event.roles}
    return {
        key
        for key in keys
        if key.partition(".")[0] in parties or role_of(key) not in roles or key.partition(".")[2] == "count"
    }


def party_name(event: LifeEvent, party: str) -> Text:
    """What a party is called: 卖方, or 卖方 2 where there may be several."""
    key, _, number = party.partition("[")
    role = next((one for one in event.roles if one.key == key), None)
    if role is None:
        return Text(party)
    n = number.rstrip("]")
    return Text(f"{role.name.zh} {n}", f"{role.name.of('en')} {n}") if n else role.name


def of_party(event: LifeEvent, party: str, what: Text) -> Text:
    """What belongs to a party, by name: 身份证明（卖方 2）; as it is where the applicant is the only party."""
    if party in (MATTER, "applicant"):
        return what
    name = party_name(event, party)
    return Text(f"{what.zh}（{name.zh}）", f"{what.of('en')} ({name.of('en')})")


def all_specs(event: LifeEvent) -> dict[str, FactSpec]:
    """Every fact that the event may ask, of each party that there may be, in the catalogue's order."""
    roles = {role.key: role for role in event.roles}
    found: dict[str, FactSpec] = {}
    for spec in event.facts:
        found[spec.key] = spec
        role = roles.get(spec.role)
        if role is not None and spec.key != f"{role.key}.count":
            for n in range(2, role.most + 1):
                own = _of_party(spec, role, n)
                found[own.key] = own
    return found


def _of_party(spec: FactSpec, role: Role, n: int) -> FactSpec:
    """The same of the n-th party; its words say so."""

    def named(words: Text) -> Text:
        return Text(f"{role.name.zh} {n}：{words.zh}", f"{role.name.of('en')} {n}: {words.of('en')}")

    key = party_key(f"{role.key}[{n}]", spec.key.partition(".")[2])
    return replace(spec, key=key, label=named(spec.label), question=named(spec.question))


def inquiries(event: LifeEvent, facts: Facts) -> Iterator[tuple[Resource, str]]:
    """Whom registers are asked about: (register, party); a register that goes by a party's fact, about each of them.

    Registers of the region that this event takes nothing from are not asked (个人信息保护法 6).
    """
    keys = {spec.key for spec in event.facts}
    used = _used(event)
    for resource in (one for one in event.resources if one.key in used):
        role_key, _, name = resource.by_fact.partition(".")
        asked = [one for one in event.roles if role_key in (one.key, PARTY) and f"{one.key}.{name}" in keys]
        for role in asked:
            yield from ((resource, party) for party in persons_of(role, facts))
        if not asked:
            yield resource, MATTER


def _used(event: LifeEvent) -> set[str]:
    """Registers that some fact or document of the event comes from."""
    needs = [need for service in event.services for need in service.evidence]
    refs = {accept.ref for need in needs for accept in need.accepts if accept.kind is AcceptKind.RESOURCE}
    return refs | {spec.resource for spec in event.facts if spec.resource}


def own_key(key: str, resource: Resource, party: str) -> str:
    """The key of a party's fact by the name that the register's entry in the catalogue gives it."""
    role, _, name = key.partition(".")
    of = (PARTY, resource.by_fact.partition(".")[0])
    return party_key(party, name) if party != MATTER and role in of else key
