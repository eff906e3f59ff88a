"""Supply what the case's one correction notice asks for (一次性告知, 浙江规定 11)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils import timezone

from onevisit.cases.actions.billing import bill_anew
from onevisit.cases.actions.first_letters import ONLINE
from onevisit.cases.actions.upload import keep, take_out
from onevisit.cases.apart.asking import check_apart
from onevisit.cases.errors import AnswersRefused, NotFound, NothingToSupply, NotYourHall
from onevisit.cases.ledger import NewEntry, append
from onevisit.cases.models import Case, CorrectionItem, CorrectionNotice, Document, Draft, EvidenceItem, Procedure
from onevisit.cases.queries.awaited import awaited_items
from onevisit.cases.queries.parties import may_supply
from onevisit.cases.queries.reaching import own_case
from onevisit.cases.queries.viewing import applicant_name
from onevisit.cases.rules import letters
from onevisit.cases.rules.answers import parse, to_json, typed
from onevisit.cases.rules.intake import applicant, is_identity, paper_for
from onevisit.cases.rules.letters import Addressee
from onevisit.cases.rules.on_paper import paper_hall
from onevisit.cases.rules.procedure import Setting
from onevisit.cases.rules.sentences import BadAnswer
from onevisit.cases.sql import WRITE_NOTICES
from onevisit.catalogue.queries import by_snapshot, calendar
from onevisit.core.catalogue import AcceptKind, Regime
from onevisit.core.facts import spec_of
from onevisit.core.law.articles import CHECK
from onevisit.core.law.procedure import Check, Command, State, apply, check_period
from onevisit.core.text import Text
from onevisit.core.text import gettext_noop as _
from onevisit.notices.actions import new_notice_row
from onevisit.people.actor import Actor, Role

V = TypeVar("V")
Given = tuple[CorrectionItem, str]  # what came in, and how, in words
TYPED = _("填写")
RECKONED = _("补正后重新计算")
WAYS = {
    AcceptKind.UPLOAD: _("扫描件或照片"),
    AcceptKind.COPY: _("窗口收的复印件"),
    AcceptKind.ORIGINAL: _("窗口看的原件"),
}

MOST_WAITING = 20  # files for one evidence that are not handed in yet: more than the agencies that can ask for it


def upload_missing(case_number: str, missing: UUID, name: str, content: bytes, *, by: Actor, now: datetime) -> UUID:
    """Keep a file for an open item of the case's correction notice; `supplement` hands it in.

    Files of the submission do not count. Raises a kind of UploadRefused, NothingToSupply, NotFound.
    """
    case = own_case(case_number, by)
    item = CorrectionItem.objects.filter(pk=missing, procedure__case=case).first()
    if item is None:
        raise NotFound("missing item")
    awaited = awaited_items(case.pk, timezone.localdate(now)).filter(pk=item.pk)
    if case.draft is None or not may_supply(case, awaited, by):
        raise NothingToSupply()
    checked, evidence = check_apart(name, content), item.evidence or item.fact
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=case.draft)
        _make_room(case, evidence, item.at)
        return keep(row, evidence, item.party or "applicant", checked, by=by, now=now, case=case.pk)


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
    seen: Collection[UUID] = (),
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Hand in answers (fact key → as typed) and documents (item → document).

    Each procedure goes back to its agency as soon as its own items are there: what another agency still misses is no
    lack of this application (浙江规定 11(3)). What several agencies asked for in the same words is given once, for all.
    A paper of another party is his to give, or the applicant's for him.

    `seen`: items whose paper a clerk has looked at or kept a copy of. The applicant gets a receipt each time.
    Raises AnswersRefused (then nothing is handed in), NothingToSupply, NotYourHall, NotFound.
    """
    case = own_case(case_number, by, lock=True)
    every = list(awaited_items(case.pk, timezone.localdate(now)))
    items = may_supply(case, every, by)
    if not items:
        raise NothingToSupply()
    documents, seen = _for_all(items, documents), _for_all(items, dict.fromkeys(seen, True))
    given = _take_answers(case, items, answers, now) + _take_papers(case, items, documents, seen, by, now)
    if not given:
        raise NothingToSupply()
    before = CorrectionItem.objects.filter(procedure__case=case).exclude(supplied_at=None).count()
    CorrectionItem.objects.filter(pk__in=[item.pk for item, _ in given]).update(supplied_at=now)
    entries = [_entry(item, documents.get(item.pk), item.pk in seen, by) for item, _ in given]
    supplied = {item.pk for item, _ in given}
    left = [item for item in every if item.pk not in supplied]
    open_ = {item.procedure_id for item in left}
    if all(item.due for item in left) and any(item.due is None for item, _ in given):
        CorrectionNotice.objects.filter(pk=case.pk, supplied_at=None).update(supplied_at=now)
    complete = {item.procedure_id: item.procedure for item, _ in given if item.procedure_id not in open_}
    entries += _hand_back(complete.values(), by, now)
    append(case, entries, now=now)
    _receipt(case, before + 1, given, left, by, now, due=_next_day(case, left, now))


def _for_all(items: Iterable[CorrectionItem], given: Mapping[UUID, V]) -> dict[UUID, V]:
    """The same given for every item that asks for the same evidence in the same words (as a window's list does)."""
    asked = {(item.thing, item.what): given[item.pk] for item in items if item.evidence and item.pk in given}
    rest = {item.pk: asked[item.thing, item.what] for item in items if (item.thing, item.what) in asked}
    return {**given, **rest}


def _next_day(case: Case, left: Sequence[CorrectionItem], now: datetime) -> date:
    """The notice's last day if something that it lists is left; else by when what came is checked."""
    if any(item.due is None for item in left):
        return CorrectionNotice.objects.values_list("due", flat=True).get(pk=case.pk)
    return _checked_by(now)


def _entry(item: CorrectionItem, document: UUID | None, seen: bool, by: Actor) -> NewEntry:
    data = {"item": item.thing, "document": str(document or "")}
    if seen:
        data["seen"] = "at the window"
    return NewEntry("item.supplied", by, procedure=item.procedure.number, data=data)


def _take_answers(
    case: Case, items: Iterable[CorrectionItem], raw: Mapping[str, str | Sequence[str]], now: datetime
) -> list[Given]:
    """Put the answers to items that ask for a fact into the case; who he is, he may confirm but not change.

    What is to be paid follows.
    """
    graph = by_snapshot(case.snapshot).graph
    specs, party = graph.specs, applicant(graph.event, typed(case.facts, graph.specs))
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
            if not is_identity(key, party, case.person_id, case.organisation_id):
                case.facts[key], case.sources[key] = to_json(value), "answer"
            elif to_json(value) != case.facts.get(key):
                raise BadAnswer.from_account()
        except BadAnswer as bad:
            errors[key] = bad.sentence
    if errors:
        raise AnswersRefused(errors)
    if asked:
        case.save(update_fields=["facts", "sources"])
        bill_anew(case, typed(case.facts, specs), reason=RECKONED, now=now)
    return [(item, TYPED) for item in asked]


def _take_papers(
    case: Case,
    items: Iterable[CorrectionItem],
    documents: Mapping[UUID, UUID],
    seen: Collection[UUID],
    by: Actor,
    now: datetime,
) -> list[Given]:
    """Make each document, and each paper that the clerk saw, evidence of the case for the procedure that asked for it.

    A paper may be scanned too: then it is one evidence, seen and with its scan.
    """
    if seen and by.role is not Role.CLERK:
        raise NotYourHall()
    by_id = {item.pk: item for item in items}
    kept = {document.pk: document for document in Document.objects.filter(case=case.pk, pk__in=documents.values())}
    services = {service.key: service for service in by_snapshot(case.snapshot).graph.event.services}
    taken = []
    for missing in dict.fromkeys([*documents, *seen]):
        item, document = by_id.get(missing), kept.get(documents.get(missing, missing))
        if item is None or (missing in documents and not _fits(document, item)):
            raise NothingToSupply()
        paper = paper_for(services[item.procedure.service], item.evidence) if missing in seen else None
        if missing in seen and paper is None:
            raise NothingToSupply()
        kind = paper or AcceptKind.UPLOAD
        EvidenceItem.objects.create(
            case=case,
            evidence=item.evidence or item.fact,
            party=item.party or "applicant",
            kind=kind.value,
            services=[item.procedure.service],
            document=document,
            seen_by=by.account if paper else None,
            seen_at=now if paper else None,
        )
        taken.append((item, WAYS[kind]))
    return taken


def _fits(document: Document | None, item: CorrectionItem) -> bool:
    """Whether it was uploaded as what is missing, of the party whose it is."""
    whose = (item.evidence or item.fact, item.party or "applicant")
    return document is not None and (document.evidence, document.party) == whose


def _receipt(
    case: Case,
    serial: int,
    given: Sequence[Given],
    left: Sequence[CorrectionItem],
    by: Actor,
    now: datetime,
    *,
    due: date,
) -> None:
    """The applicant's receipt for what came in at once; `serial`: the place of its first item among all that came."""
    graph = by_snapshot(case.snapshot).graph
    setting = Setting.of(graph.event, typed(case.facts, graph.specs), calendar(), now)
    data = letters.supplied(
        [(item.procedure.service, item.thing, how) for item, how in given],
        [(item.thing, item.what) for item in left if item.due is None],
        [(item.thing, item.what, item.due) for item in left if item.due],
        accepted=all(item.due for item, _ in given),
        way=by.hall or ONLINE,
        due=due,
        to=Addressee(case.number, applicant_name(case)),
        setting=setting,
    )
    row = new_notice_row(
        "supplied",
        case=case.pk,
        procedure=None,
        number=f"{case.number}-{serial}",
        agency=graph.event.lead,
        agency_name=letters.agency_name(graph.event, graph.event.lead),
        recipient=case.person_id,
        data=data,
        now=now,
        paper_at=paper_hall(graph.event, setting.facts, case.hall),
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITE_NOTICES, {"notices": orjson.dumps([row]).decode()})


def _hand_back(procedures: Iterable[Procedure], by: Actor, now: datetime) -> list[NewEntry]:
    """Procedures for which all is supplied are checked again, within as many days; accepted ones are now complete."""
    entries = []
    for procedure in sorted(procedures, key=lambda one: one.number):
        before = Check(procedure.completeness)
        step = apply(Regime(procedure.regime), State(procedure.state), Command.SUPPLY, before)
        procedure.state, procedure.completeness = step.to.value, step.check.value
        if before is Check.MISSING:
            period = check_period(Regime(procedure.regime), step.to)
            procedure.check_due = calendar().last_day(timezone.localdate(now), period)
        procedure.save(update_fields=["state", "completeness", "check_due"])
        entries.append(NewEntry(step.kind, by, procedure=procedure.number, basis=step.basis))
    return entries


def _checked_by(now: datetime) -> date:
    """By when what was supplied is checked."""
    return calendar().last_day(timezone.localdate(now), CHECK)
