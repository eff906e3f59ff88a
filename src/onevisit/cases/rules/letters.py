"""What the notices of a case say: the data of each kind, in words as they are printed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onevisit.cases.rules.procedure import Move, Setting, Standing, promise_basis, promised
from onevisit.cases.rules.regimes import WORDS, remedy_of
from onevisit.core.catalogue import LicenceType, LifeEvent, Regime, Service
from onevisit.core.china import day_of
from onevisit.core.facts import name_in, party_in, party_key, spec_of, without_number
from onevisit.core.law import articles
from onevisit.core.law.articles import cite_all
from onevisit.core.parties import MATTER, all_specs, is_there, of_party
from onevisit.core.text import Text
from onevisit.core.wording import value_words
from onevisit.licences.rules import Ground, RevocationLaw
from onevisit.licences.values import LicenceView
from onevisit.notices.values import (
    Acceptance,
    AcceptanceRevoked,
    Correction,
    Decision,
    Delivery,
    MissingItem,
    NonAcceptance,
    Remedies,
    Revocation,
    Supplied,
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the letters of a case go to."""

    case_number: str
    applicant: str  # person, or the organisation for which he acts


def agency_name(event: LifeEvent, key: str) -> str:
    """The agency's full name, or its key where the event does not name it."""
    return next((agency.name.zh for agency in event.agencies if agency.key == key), key)


def agency_text(event: LifeEvent, key: str) -> Text:
    """The agency's full name in both languages, or its key where the event does not name it."""
    return next((agency.name for agency in event.agencies if agency.key == key), Text(key))


def review_of(event: LifeEvent, key: str) -> Text | None:
    """Who hears 行政复议 against the agency's acts; None where the catalogue does not name it."""
    found = next((agency.review for agency in event.agencies if agency.key == key), None)
    return found.name if found else None


def _review_body(event: LifeEvent, key: str) -> str:
    """As a decision prints it (行政复议法实施条例 17); "" prints the law's general word."""
    found = review_of(event, key)
    return found.zh if found else ""


def remedy_words(event: LifeEvent, of: Standing) -> Remedies:
    """How an act on the procedure is contested, as its letter prints it."""
    return {"review_body": _review_body(event, of.agency), "remedy": remedy_of(event, of.regime, of.agency).value}


def licence_name(event: LifeEvent, key: str) -> Text:
    """The name of a type of licence, or its key where the event does not name it."""
    return next((kind.name for kind in event.licence_types if kind.key == key), Text(key))


def acceptance(move: Move, to: Addressee, setting: Setting) -> Acceptance:
    """受理通知书."""
    of, service = move.of, setting.services[move.of.service]
    term = promised(service, setting.facts, on_promise=of.on_promise).words.zh
    if service.statutory and service.statutory.amount:
        term += f"（法定 {service.statutory.words.zh}）"
    accepted = day_of(move.columns["accepted_at"])
    received = move.columns.get("received_at") or of.received_at
    deemed = move.step.kind == "procedure.accepted_by_silence"
    return {
        "applicant": to.applicant,
        "service": service.name.zh,
        "case_number": to.case_number,
        "received": day_of(received).isoformat() if received else accepted.isoformat(),
        "accepted": accepted.isoformat(),
        "term": term,
        "due": move.columns["due"].isoformat(),
        "basis": cite_all(tuple(basis for basis in move.basis if basis.law)),
        "deemed": deemed and of.regime is Regime.LICENCE,
        "deemed_at_once": deemed and of.regime is Regime.REAL_ESTATE,
    }


def correction(items: Sequence[tuple[str, str, str]], due: date, to: Addressee, setting: Setting) -> Correction:
    """补正告知书; `items`: service key, evidence or fact key, what to supply and why."""
    asked: dict[tuple[str, str], list[Service]] = {}  # the same in the same words is one thing, whoever asks for it
    for service_key, thing, what in items:
        asked.setdefault((thing, what), []).append(setting.services[service_key])
    lines: list[MissingItem] = [
        {
            "name": name_of(setting.event, thing).zh,
            "agency": "、".join(dict.fromkeys(agency_name(setting.event, one.agency) for one in services)),
            "service": "、".join(one.name.zh for one in services),
            "what": what,
        }
        for (thing, what), services in asked.items()
    ]
    return {"applicant": to.applicant, "event": setting.event.name.zh, "due": due.isoformat(), "items": lines}


def supplied(
    given: Sequence[tuple[str, str, str]],
    left: Sequence[tuple[str, str]],
    later: Sequence[tuple[str, str, date]],
    *,
    accepted: bool,
    way: str,
    due: date,
    to: Addressee,
    setting: Setting,
) -> Supplied:
    """补正回执; `given`: service key, evidence or fact key, how it came; `left`: the same key, what to supply.

    `later`: likewise what was accepted without it, with its last day; `accepted`: that is what all of it came for.
    """
    halls = {place.key: place.name.zh for place in setting.event.places}
    services, event = setting.services, setting.event
    return {
        "applicant": to.applicant,
        "event": event.name.zh,
        "case_number": to.case_number,
        "way": halls.get(way, way),
        "items": [
            {"name": name_of(event, thing).zh, "agency": agency_name(event, services[service].agency), "way": how}
            for service, thing, how in given
        ],
        "left": [f"{name_of(event, thing).zh}：{what}" for thing, what in left],
        "later": [{"name": f"{name_of(event, key).zh}：{what}", "due": day.isoformat()} for key, what, day in later],
        "accepted": accepted,
        "due": due.isoformat(),
    }


def name_of(event: LifeEvent, thing: str) -> Text:
    """The name of an evidence type, with the party whose it is, or the label of a fact."""
    evidence = next((kind.name for kind in event.evidence_types if kind.key == name_in(thing)), None)
    if evidence is not None:
        return of_party(event, party_in(thing) or MATTER, evidence)
    spec = spec_of(thing, {spec.key: spec for spec in event.facts})
    return spec.label if spec else Text(thing)


def non_acceptance(move: Move, reasons: str, competent: str, to: Addressee, setting: Setting) -> NonAcceptance:
    """不予受理决定书. `competent`: to whom he has to apply, if not to this agency (行政许可法 32(1)(2))."""
    received = move.of.received_at
    return {
        "applicant": to.applicant,
        "service": setting.services[move.of.service].name.zh,
        "received": day_of(received).isoformat() if received else "",
        "reasons": reasons,
        "competent": competent,
        "basis": cite_all(tuple(basis for basis in move.basis if basis.law)),
        "review_body": _review_body(setting.event, move.of.agency),
        "remedy": remedy_of(setting.event, move.of.regime, move.of.agency).value,
    }


def acceptance_revoked(
    move: Move, items: Sequence[str], accepted: date, due: date, to: Addressee, setting: Setting
) -> AcceptanceRevoked:
    """撤销受理决定书; `items`: names of what never came."""
    return {
        "applicant": to.applicant,
        "service": setting.services[move.of.service].name.zh,
        "accepted": accepted.isoformat(),
        "due": due.isoformat(),
        "items": list(items),
        "basis": cite_all(tuple(basis for basis in move.basis if basis.law)),
        "review_body": _review_body(setting.event, move.of.agency),
        "remedy": remedy_of(setting.event, move.of.regime, move.of.agency).value,
    }


def delivery(
    licence: LicenceView,
    service: str,
    taker: tuple[str, str],
    hall: str,
    to: Addressee,
    setting: Setting,
    *,
    by_mandate: bool,
) -> Delivery:
    """送达回证; `taker`: the name of who signs, and his number, masked."""
    halls = {place.key: place.name.zh for place in setting.event.places}
    return {
        "applicant": to.applicant,
        "service": setting.services[service].name.zh,
        "licence_title": licence.title,
        "licence_number": licence.number,
        "hall": halls.get(hall, hall),
        "taker": taker[0],
        "id_number": taker[1],
        "by_mandate": by_mandate,
    }


def decision(
    move: Move,
    to: Addressee,
    setting: Setting,
    *,
    accepted: date,
    reasons: str = "",
    article: str = "",
    licence: Mapping[str, Any] | None = None,
) -> Decision:
    """What grants or refuses, as its regime calls it. `licence`: the row of the licence that is issued."""
    service, words = setting.services[move.of.service], WORDS[move.of.regime]
    granted = move.step.kind != "procedure.refused"
    own = tuple(basis for basis in move.basis if basis.law)
    data: Decision = {
        "applicant": to.applicant,
        "service": service.name.zh,
        "outcome": "granted" if granted else "refused",
        "accepted": accepted.isoformat(),
        "reasons": reasons,
        "basis": "、".join(filter(None, [article, cite_all(own)])),
        "title": words.granted if granted else words.refused,
        "done": words.done if granted else f"本机关决定{words.refusal.zh}。",
        "came": words.came,
        "review_body": _review_body(setting.event, move.of.agency),
        "remedy": remedy_of(setting.event, move.of.regime, move.of.agency).value,
    }
    if licence is not None:
        until = licence["valid_until"]
        data["licence_title"], data["licence_number"] = str(licence["title"]), str(licence["number"])
        data["validity"] = f"至 {until.year}年{until.month}月{until.day}日" if until else "长期"
    if granted and move.of.on_promise:
        after = check_after(service, setting)
        data["conditions"], data["conditions_en"] = [after.zh], [after.of("en")]
    return data


def check_after(service: Service, setting: Setting) -> Text:
    """What the agency still owes after a grant on a promise, in words, with the law that orders it."""
    agency = next((one.name for one in setting.event.agencies if one.key == service.agency), Text(service.agency))
    zh, en = agency.zh, agency.of("en")
    if promise_basis(service) is articles.FIRE_ON_PROMISE:
        return Text(
            f"您已书面承诺。{zh}会依照《消防法》第十五条及时核查；与承诺不符、逾期不改的，依法撤销许可。",
            f"You made a promise in writing. {en} checks it soon, under article 15 of the Fire Protection Law; if it "
            "was not kept and is not put right in time, the permit is revoked.",
        )
    return Text(
        f"您已书面承诺。{zh}会在决定之日起六十个工作日内检查验收；达不到条件、整改后仍达不到的，撤销许可。",
        f"You made a promise in writing. {en} inspects within sixty working days of the decision; if the conditions "
        "are not met, and still not after putting it right, the permit is revoked.",
    )


def printed(kind: LicenceType, setting: Setting, party: str = "") -> list[tuple[str, str]]:
    """What a certificate says: label and value in words of each known fact that it prints.

    One that is issued to a `party` says only what is his among the facts of his role; another, what all of them are.
    """
    specs, facts, role = all_specs(setting.event), setting.facts, party.partition("[")[0]
    lines = []
    for field in kind.fields:
        alone = bool(party) and field.startswith(f"{role}.")
        keys = [own_of(field, party)] if alone else [key for key in specs if without_number(key) == field]
        for key in keys:
            if key in facts and is_there(setting.event, key, facts):
                lines.append((specs[field if alone else key].label.zh, value_words(specs[key], facts[key]).zh))
    return lines


def own_of(field: str, party: str) -> str:
    """The key of a party's own fact, by the catalogue's key of it."""
    return party_key(party, field.partition(".")[2])


def revocation(
    law: RevocationLaw, ground: Ground, reasons: str, licence: LicenceView, to: Addressee, event: LifeEvent
) -> Revocation:
    """撤销决定书."""
    return {
        "applicant": to.applicant,
        "act": law.act,
        "licence_title": licence.title,
        "licence_number": licence.number,
        "issued": licence.issued_on.isoformat(),
        "basis": ground.article,
        "ground": ground.words,
        "effect": ground.effect,
        "after": law.after,
        "reasons": reasons,
        "review_body": _review_body(event, licence.agency),
    }
