"""The reform office decides about a finding: who sees to it until when, or that it is closed, and why."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onevisit.core.china import day_of
from onevisit.insight.errors import DecidedMeanwhile, FindingGone, NoSuchFinding, OnlyReformOffice
from onevisit.insight.models import Finding, FindingAct
from onevisit.insight.queries import owners, snapshot_of
from onevisit.insight.rules.deciding import decision
from onevisit.people.actor import Actor, Role


@transaction.atomic
def decide(finding: UUID, typed: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Record the decision; `typed["seen"]`: how many there were when the form was opened.

    Raises OnlyReformOffice, NoSuchFinding, FindingGone, DecidedMeanwhile, and what `decision` raises.
    """
    if by.role is not Role.REFORM:
        raise OnlyReformOffice()
    row = Finding.objects.select_for_update().filter(pk=finding).first()
    if row is None:
        raise NoSuchFinding()
    if row.gone_at is not None:
        raise FindingGone()
    if typed.get("seen") != str(row.acts):
        last = FindingAct.objects.filter(finding=row, kind="decided").order_by("-at", "-pk").first()
        raise DecidedMeanwhile(name=last.name if last else by.name)
    made = decision(typed, [one.key for one in owners(row.event, row.region)], day_of(now))
    row.state, row.owner, row.due, row.reason = made.state.value, made.owner, made.due, made.reason
    row.decided_under, row.acts = snapshot_of(row.event, row.region), row.acts + 1
    row.save()
    body = {"state": made.state.value, "owner": made.owner, "due": made.due and str(made.due), "reason": made.reason}
    FindingAct.objects.create(finding=row, kind="decided", at=now, account=by.account, name=by.name, body=body)
