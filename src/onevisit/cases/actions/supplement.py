"""Supply what the case's one correction notice asks for (一次性告知, 浙江规定 11)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onevisit.cases.actions.upload import keep, take_out
from onevisit.cases.apart.asking import check_apart
from onevisit.cases.errors import AnswersRefused, NotFound, NothingToSupply
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Document, Draft, EvidenceItem, Procedure
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.rules.answers import parse, to_json
from onevisit.cases.rules.intake import is_identity
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import AcceptKind, Regime
from onevisit.core.facts import spec_of
from onevisit.core.law.articles import CHECK
from onevisit.core.law.procedure import Check, Command, State, apply
from onevisit.core.text import Text
from onevisit.people.actor import Actor

MOST_WAITING = 20  # files for one evidence that are not handed in yet: more than the agencies that can ask for it


def upload_missing(missing: UUID, name: str, content: bytes, *, by: Actor, now: datetime) -> UUID:
    """Keep a file for an open item of the correction notice; `supplement` hands it in.

    Files of the submission do not count. Raises a kind of UploadRefused, NothingToSupply, NotFound.
    """
    item = CorrectionItem.objects.select_related("procedure__case").filter(pk=missing).first()
    if item is None:
        raise NotFound("missing item")
    case = own_case(item.procedure.case.number, by)
    notice = CorrectionNotice.objects.filter(pk=case.pk, supplied_at=None).first()
    if notice is None or item.supplied_at is not None or case.draft is None:
        raise NothingToSupply()
    checked, evidence = check_apart(name, content), item.evidence or item.fact
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=case.draft)
        _make_room(case, evidence, notice.issued_at)
        return keep(row, evidence, "applicant", checked, by=by, now=now, case=case.pk)


def _make_room(case: Case, evidence: str, since: datetime) -> None:
    """Of files that were given but never handed in (an answer beside them was wrong), the oldest go."""
    handed_in = EvidenceItem.objects.filter(case=case, document__isnull=False).values("document")
    waiting = Document.objects.filter(case=case.pk, evidence=evidence, uploaded_at__gte=since).exclude(pk__in=handed_in)
    for document in waiting.order_by("-uploaded_at", "-pk")[MOST_WAITING - 1 :]:
        take_out(document)


@transaction.atomic
def supplement(
    case_number: str,
    answers: Mapping[str, str | Sequence[str]],
    documents: Mapping[UUID, UUID],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Hand in answers (fact key → as typed) and documents (item → document).

    Each procedure goes back to its agency as soon as its own items are there: what another agency still misses is no
    lack of this application (浙江规定 11(3)).

    Raises AnswersRefused (then nothing is handed in), NothingToSupply, NotFound.
    """
    case = own_case(case_number, by, lock=True)
    notice = CorrectionNotice.objects.filter(pk=case.pk, supplied_at=None, due__gte=timezone.localdate(now)).first()
    asked = CorrectionItem.objects.filter(procedure__case=case, procedure__completeness=Check.MISSING, supplied_at=None)
    asked = asked.filter(procedure__state__in=[State.RECEIVED, State.WAITING])  # what has ended asks for nothing more
    items = list(asked.select_related("procedure").order_by("pk"))
    if notice is None or not items:
        raise NothingToSupply()
    given = _take_answers(case, items, answers) + _take_documents(case, items, documents)
    if not given:
        raise NothingToSupply()
    CorrectionItem.objects.filter(pk__in=[item.pk for item in given]).update(supplied_at=now)
    entries = [
        NewEntry(
            "item.supplied",
            by,
            procedure=item.procedure.number,
            data={"item": item.evidence or item.fact, "document": str(documents.get(item.pk, ""))},
        )
        for item in given
    ]
    open_ = {item.procedure_id for item in items if item not in given}
    if not open_:
        CorrectionNotice.objects.filter(pk=case.pk).update(supplied_at=now)
    complete = {item.procedure_id: item.procedure for item in given if item.procedure_id not in open_}
    entries += _hand_back(complete.values(), by, now)
    append(case, entries, now=now)


def _take_answers(
    case: Case, items: Iterable[CorrectionItem], raw: Mapping[str, str | Sequence[str]]
) -> list[CorrectionItem]:
    """Put the answers to items that ask for a fact into the case; who he is, he may confirm but not change."""
    specs = by_snapshot(case.snapshot).graph.specs
    asked = [item for item in items if item.fact and item.fact in raw]
    errors: dict[str, Text] = {
        key: BadAnswer.no_such_question().sentence for key in raw.keys() - {i.fact for i in asked}
    }
    for key in {item.fact for item in asked}:
        spec = spec_of(key, specs)
        try:
            value = parse(spec, raw[key]) if spec else None
            if value is None:
                raise BadAnswer.empty()
            if not is_identity(key, case.person_id, case.organisation_id):
                case.facts[key], case.sources[key] = to_json(value), "answer"
            elif to_json(value) != case.facts.get(key):
                raise BadAnswer.from_account()
        except BadAnswer as bad:
            errors[key] = bad.sentence
    if errors:
        raise AnswersRefused(errors)
    if asked:
        case.save(update_fields=["facts", "sources"])
    return asked


def _take_documents(case: Case, items: Iterable[CorrectionItem], given: Mapping[UUID, UUID]) -> list[CorrectionItem]:
    """Make each document evidence of the case, seen by the procedure that asked for it."""
    by_id = {item.pk: item for item in items}
    kept = {document.pk: document for document in Document.objects.filter(case=case.pk, pk__in=given.values())}
    taken = []
    for missing, document in given.items():
        item = by_id.get(missing)
        if item is None or document not in kept or kept[document].evidence != (item.evidence or item.fact):
            raise NothingToSupply()
        EvidenceItem.objects.create(
            case=case,
            evidence=item.evidence or item.fact,
            party="applicant",
            kind=AcceptKind.UPLOAD.value,
            services=[item.procedure.service],
            document=kept[document],
        )
        taken.append(item)
    return taken


def _hand_back(procedures: Iterable[Procedure], by: Actor, now: datetime) -> list[NewEntry]:
    """Procedures for which all is supplied are checked again, within as many days."""
    again = calendar().last_day(timezone.localdate(now), CHECK)
    entries = []
    for procedure in sorted(procedures, key=lambda one: one.number):
        step = apply(Regime(procedure.regime), State(procedure.state), Command.SUPPLY, Check.MISSING)
        procedure.state, procedure.completeness, procedure.check_due = step.to.value, step.check.value, again
        procedure.save(update_fields=["state", "completeness", "check_due"])
        entries.append(NewEntry(step.kind, by, procedure=procedure.number, basis=step.basis))
    return entries
