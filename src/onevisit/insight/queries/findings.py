"""What others read of findings."""

from datetime import date
from uuid import UUID

from onevisit.catalogue import queries as catalogue
from onevisit.catalogue.errors import NoSuchEvent
from onevisit.catalogue.examining.remark import Severity
from onevisit.core.catalogue import LifeEvent
from onevisit.core.text import Text
from onevisit.insight.errors import NoSuchFinding
from onevisit.insight.models import Examination, Finding, FindingAct
from onevisit.insight.rules.subjects import REFORM
from onevisit.insight.states import State
from onevisit.insight.values import ActView, Examined, FindingView, Owner

_OFFICE = Text("改革办", "the reform office")
_GRAVITY = {one.value: place for place, one in enumerate(Severity)}
_ORDER = {State.WORKING.value: 0, State.OPEN.value: 1, State.DONE.value: 2, State.WONT.value: 3}


def examined(region: str) -> Examined | None:
    """When the catalogue in force was last examined; None: not yet."""
    row = Examination.objects.filter(region=region, at__isnull=False).first()
    return Examined(row.at, row.name) if row and row.at else None


def findings(region: str, today: date, *, owner: str = "") -> list[FindingView]:
    """All findings, also those that are gone: the gravest first, then those that are due; or one owner's."""
    rows = Finding.objects.filter(region=region, **({"owner": owner} if owner else {}))
    known = _names(region)
    found = [_view(row, today, known) for row in rows]
    return sorted(found, key=_importance)


def finding(wanted: UUID, region: str, today: date) -> FindingView:
    """One finding. Raises NoSuchFinding."""
    row = Finding.objects.filter(pk=wanted, region=region).first()
    if row is None:
        raise NoSuchFinding()
    return _view(row, today, _names(region))


def record(wanted: UUID, region: str) -> list[ActView]:
    """What was done about a finding, the latest first."""
    known = _names(region)
    rows = FindingAct.objects.filter(finding=wanted).order_by("-at", "-pk")
    return [_act(row, known) for row in rows]


def owners(event: str, region: str) -> list[Owner]:
    """Who can have a finding of the event: the agencies that issue or decide something in it, and the reform office."""
    life = _event(event, region)
    if life is None:
        return [Owner(REFORM, _OFFICE)]
    own = {service.agency for service in life.services} | {one.issuer for one in life.licence_types}
    return [*(Owner(one.key, one.short) for one in life.agencies if one.key in own), Owner(REFORM, _OFFICE)]


def snapshot_of(event: str, region: str) -> str:
    """The version of the event in force; "" if none is."""
    return next((one.snapshot for one in catalogue.events(region) if one.event.key == event), "")


def _event(event: str, region: str) -> LifeEvent | None:
    try:
        return catalogue.current(event, region).event
    except NoSuchEvent:
        return None


def _names(region: str) -> dict[tuple[str, str], Text]:
    """Names of events and owners in force."""
    found = {("owner", REFORM): _OFFICE}
    for published in catalogue.events(region):
        found["event", published.event.key] = published.event.name
        found |= {("owner", one.key): one.short for one in published.event.agencies}
    return found


def _view(row: Finding, today: date, known: dict[tuple[str, str], Text]) -> FindingView:
    running = row.gone_at is None and row.state in (State.OPEN.value, State.WORKING.value)
    return FindingView(
        id=row.pk,
        event=row.event,
        event_name=known.get(("event", row.event), Text(row.event)),
        rule=row.rule,
        severity=Severity(row.severity),
        place=Text(*row.place),
        file=row.file,
        line=row.line,
        problem=Text(*row.problem),
        suggestion=Text(*row.suggestion),
        owner=row.owner,
        owner_name=known.get(("owner", row.owner), Text(row.owner)),
        state=State(row.state),
        due=row.due,
        reason=row.reason,
        acts=row.acts,
        found_at=row.found_at,
        gone_at=row.gone_at,
        overdue=running and row.due is not None and row.due < today,
    )


def _importance(one: FindingView) -> tuple[object, ...]:
    gone = one.gone_at is not None
    return gone, _GRAVITY[one.severity.value], _ORDER[one.state.value], one.due or date.max, one.event, one.rule, one.id


def _act(row: FindingAct, known: dict[tuple[str, str], Text]) -> ActView:
    body = row.body
    state, owner, due = body.get("state"), body.get("owner"), body.get("due")
    return ActView(
        row.kind,
        row.at,
        row.name,
        State(state) if state else None,
        known.get(("owner", owner), Text(owner)) if owner else None,
        date.fromisoformat(due) if due else None,
        body.get("reason", ""),
    )
