"""Put an answer right after the submission, at the window, while nothing that rests on it is decided."""

from datetime import datetime

from django.db import transaction

from onevisit.cases.actions.billing import bill_anew
from onevisit.cases.errors import AnswersRefused
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Attendance, Case, CaseParty, Procedure
from onevisit.cases.queries.loading import plan_of_case
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.rules.answers import parse, to_json, typed
from onevisit.cases.rules.body import of_business
from onevisit.cases.rules.intake import applicant, is_identity
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.cases.window_errors import AlreadySigned, NothingToCorrect, OtherPlan
from onevisit.catalogue.queries import Published, by_snapshot
from onevisit.core.facts import Facts, FactSpec, Value, role_of, spec_of, without_number
from onevisit.core.law.procedure import State
from onevisit.core.planning.model import Truth
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _
from onevisit.people.actor import Actor


@transaction.atomic
def correct_answer(case_number: str, fact: str, raw: str, *, by: Actor, now: datetime) -> None:
    """Replace what was said; the ledger keeps that it was, and by whom. What is to be paid follows.

    His own name or number is put right on file first (`correct_name`): here it then follows, and nothing else may.
    Raises NothingToCorrect, AlreadySigned, OtherPlan (other procedures or papers would be needed), AnswersRefused,
    NotFound.
    """
    case = own_case(case_number, by, lock=True)
    published = by_snapshot(case.snapshot)
    spec = spec_of(fact, published.graph.specs)
    facts = typed(case.facts, published.graph.specs)
    if spec is None or fact not in facts:
        raise NothingToCorrect(item=spec.label if spec else fact)
    value = _read(fact, spec, raw)
    if value == facts[fact]:
        return
    signed = Attendance.objects.filter(procedure__case=case).exclude(party=applicant(published.graph.event, facts))
    if CaseParty.objects.filter(case=case).exists() and signed.exists():
        raise AlreadySigned(item=spec.label)
    _check_may(case, published, fact, value, facts, spec.label)
    case.facts[fact], case.sources[fact] = to_json(value), "answer"
    case.save(update_fields=["facts", "sources"])
    append(case, [NewEntry("case.answer_corrected", by, data={"fact": fact})], now=now)
    bill_anew(case, {**facts, fact: value}, reason=_("更正后重新计算"), now=now)


def _read(fact: str, spec: FactSpec, raw: str) -> Value:
    try:
        value = parse(spec, raw)
        if value is None:
            raise BadAnswer.empty()
    except BadAnswer as bad:
        raise AnswersRefused({fact: bad.sentence}) from bad
    return value


def _check_may(case: Case, published: Published, fact: str, value: Value, facts: Facts, label: Text) -> None:
    """Raise what stands against it: a decision that rests on it, whose application it is, another plan."""
    event, name = published.graph.event, fact.partition(".")[2]
    people = {role.key for role in event.roles}
    on_file = {"name": case.person.name, "id_number": case.person.id_number}
    own = is_identity(fact, applicant(event, facts), case.person_id, case.organisation_id)
    who = own or (name in on_file and role_of(fact) in people)
    services = {service.key for service in event.services if without_number(fact) in service.facts}
    rows = Procedure.objects.filter(case=case, service__in=services).values_list("state", flat=True)
    decided = any(not State(state).open for state in rows)
    if decided or fact in of_business(event, facts) or (who and not (own and on_file.get(name) == value)):
        raise NothingToCorrect(item=label)
    keys = {resource.by_fact for resource in event.resources}  # another key of a register is other evidence
    if not own and without_number(fact) in keys:
        raise OtherPlan(item=label)
    if _shape(case, facts) != _shape(case, {**facts, fact: value}):
        raise OtherPlan(item=label)


def _shape(case: Case, facts: Facts) -> object:
    """What has to be done and shown for these facts."""
    plan = plan_of_case(case, facts)
    needed = [(one.service, one.on_promise, one.waits_for) for one in plan.procedures if one.status is Truth.YES]
    return needed, [(one.evidence, one.party, one.kind) for one in plan.evidence]
