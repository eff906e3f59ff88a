"""For whom the applicant acts, and whether he may: himself, or the business to which the licences are issued. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onevisit.cases.rules.intake import ACCOUNT, Held, applicant
from onevisit.core.catalogue import Audience, LifeEvent
from onevisit.core.conditions import evaluate
from onevisit.core.facts import Facts, party_key
from onevisit.core.planning.model import Plan, Truth
from onevisit.core.text import Text
from onevisit.licences.values import HeldLicence
from onevisit.people.rules import masked_name


@dataclass(frozen=True, slots=True)
class Business:
    """A business that exists: its name, and its unified social credit code."""

    name: str
    code: str


def business_of(event: LifeEvent, facts: Facts) -> Business | None:
    """The business for which he acts; None while he acts for himself, or as long as its code is not known.

    One that comes into being on the way is known from the grant that founds it.
    """
    return _existing(event, facts) or _founded(event, facts)


def _existing(event: LifeEvent, facts: Facts) -> Business | None:
    """The business that there was before the case."""
    body = event.body
    if body is None or evaluate(body.when, facts) is not True:
        return None
    code = facts.get(body.code)
    return Business(str(facts.get(body.name, "")), str(code)) if code else None


def _founded(event: LifeEvent, facts: Facts) -> Business | None:
    """The business that this case has founded. Only a grant writes its code into the facts."""
    founding = event.founding
    code = facts.get(founding.code) if founding else None
    return Business(str(facts.get(founding.name, "")), str(code)) if founding and code else None


def for_whom(event: LifeEvent, facts: Facts, applicant: str) -> str:
    """Whose licences and letters these are by name: the business's, else the applicant's (`applicant`)."""
    business = business_of(event, facts)
    return business.name if business and business.name else applicant


def of_business(event: LifeEvent, facts: Facts) -> frozenset[str]:
    """Facts that say for which business he acts: once it is submitted nobody types over whose the licences are.

    The name of one that is still to be founded can be corrected; its code nobody types at all.
    """
    found: set[str] = set()
    if event.body and _existing(event, facts):
        found |= {event.body.name, event.body.code, event.body.representative}
    if event.founding:
        found.add(event.founding.code)
        if _founded(event, facts):
            found.add(event.founding.name)
    return frozenset(found)


def usable(licences: Iterable[HeldLicence], event: LifeEvent, facts: Facts) -> dict[str, HeldLicence]:
    """The licences that prove something here, by type: those of whom he acts for, not of anybody else.

    What is founded on the way held nothing before: until then, and for what was planned, his own count.
    """
    business = _existing(event, facts)
    code = business.code if business else ""
    return {one.type: one for one in reversed(tuple(licences)) if one.code == code}


def hindrances(event: LifeEvent, plan: Plan, held: Held, facts: Facts) -> tuple[Text, ...]:
    """Why this applicant cannot submit this plan, whatever he adds; empty when he can."""
    return tuple([*_wrong_kind(event, plan, held), *_stranger(event, held, facts)])


def _wrong_kind(event: LifeEvent, plan: Plan, held: Held) -> Iterable[Text]:
    """Services that are not for the kind of applicant whose account this is: a company is no sole trader."""
    if event.body is None or not _is_account(held, event.body.code):
        return
    needed = {p.service for p in plan.procedures if p.status is Truth.YES}
    for service in event.services:
        if service.key in needed and Audience.COMPANY not in service.audience:
            name = service.name
            yield Text(
                f"“{name.zh}”只能由个人办，您用的是企业账号。请换个人账号登录，或者改前面的回答。",
                f"“{name.of('en')}” is for persons only, this is a company's account. "
                "Sign in with a personal account, or change your answers.",
            )


def _stranger(event: LifeEvent, held: Held, facts: Facts) -> Iterable[Text]:
    """The register names somebody else as the business's representative.

    Online only he, or the business's own account, acts for it; an agent needs a mandate (行政许可法 29), which cannot
    be given here yet. Where the register does not answer, the agency compares with the licence that is uploaded.
    """
    body, business = event.body, _existing(event, facts)
    if body is None or business is None or _is_account(held, body.code):
        return
    known = held.fetched.get(body.representative)
    name = str(known["value"]) if known else ""
    if name and name != str(facts.get(party_key(applicant(event, facts), "name"), "")):
        yield Text(
            f"这家企业登记的负责人是{masked_name(name)}，不是您。请由他本人登录来办，或者用企业的账号登录。",
            f"This business is registered under {masked_name(name)}, not you. "
            "He has to sign in himself, or use the business's account.",
        )


def _is_account(held: Held, key: str) -> bool:
    """Whether a fact comes from the account itself: a company's account acts for that company only."""
    found: Mapping[str, object] = held.fetched.get(key, {})
    return found.get("resource") == ACCOUNT
