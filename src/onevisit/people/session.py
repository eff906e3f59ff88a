"""Who is signed in: a verified actor in the signed session cookie.

Normally this asks the database nothing. An actor read longer ago than FRESH is read again, so that a disabled
account, a changed password or a changed office takes effect within a minute (docs/decisions/sessions.md).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from onevisit.people.actor import Actor, Role
from onevisit.people.models import Account

FRESH = timedelta(seconds=60)
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
_KEY = "actor"
_LAST = "last_account"


def start(request: HttpRequest, account: Account, *, now: datetime) -> Actor:
    """Sign the account in. What the visitor's session held stays his, unless it was another account's."""
    if request.session.get(_LAST, str(account.pk)) != str(account.pk):
        request.session.flush()
    request.session[_LAST] = str(account.pk)
    actor = actor_of_account(account)
    _write(request, actor, account, since=now, now=now)
    return actor


def end(request: HttpRequest) -> None:
    """Sign out and forget everything that this browser's session held."""
    request.session.flush()


def actor_of(request: HttpRequest, *, now: datetime) -> Actor | None:
    """The actor of the request's session; None for a stranger. No query while the actor is fresh, else one."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    read_at = datetime.fromtimestamp(kept["read"], tz=now.tzinfo)
    since = datetime.fromtimestamp(kept["since"], tz=now.tzinfo)
    if now - read_at > IDLE or now - since > LONGEST:
        del request.session[_KEY]
        return None
    if now - read_at <= FRESH:
        return _unpack(kept)
    return _read_again(request, kept, since=since, now=now)


def _read_again(request: HttpRequest, kept: dict[str, Any], *, since: datetime, now: datetime) -> Actor | None:
    account = (
        Account.objects.select_related("person", "organisation", "staff")
        .filter(pk=kept["account"], is_active=True)
        .first()
    )
    if account is None or _stamp(account) != kept["stamp"]:
        del request.session[_KEY]
        return None
    actor = actor_of_account(account)
    _write(request, actor, account, since=since, now=now)
    return actor


def _write(request: HttpRequest, actor: Actor, account: Account, *, since: datetime, now: datetime) -> None:
    request.session[_KEY] = {
        "account": str(actor.account),
        "person": str(actor.person) if actor.person else "",
        "organisation": str(actor.organisation) if actor.organisation else "",
        "name": actor.name,
        "role": actor.role.value,
        "agency": actor.agency,
        "hall": actor.hall,
        "stamp": _stamp(account),
        "since": int(since.timestamp()),
        "read": int(now.timestamp()),
    }


def _unpack(kept: dict[str, Any]) -> Actor:
    return Actor(
        account=UUID(kept["account"]),
        person=UUID(kept["person"]) if kept["person"] else None,
        organisation=UUID(kept["organisation"]) if kept["organisation"] else None,
        name=kept["name"],
        role=Role(kept["role"]),
        agency=kept["agency"],
        hall=kept["hall"],
    )


def actor_of_account(account: Account) -> Actor:
    """Who acts when this account does, from its rows."""
    staff = getattr(account, "staff", None)
    if staff is not None:
        return Actor(account.pk, None, None, staff.name, Role(staff.role), staff.agency, staff.hall)
    owner = account.organisation or account.person
    return Actor(
        account.pk,
        account.person_id,
        account.organisation_id,
        owner.name if owner else account.username,
        Role.APPLICANT,
    )


def _stamp(account: Account) -> str:
    return account.get_session_auth_hash()[:16]
