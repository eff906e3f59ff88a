"""Make a program's client, change its secret, close it. The secret is told once and kept only as its hash."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onevisit.machines.errors import BadName, BadScope, ClientClosed, NameTaken, NoSuchClient
from onevisit.machines.models import Client
from onevisit.machines.rules import NAME, OF_AGENCY, OF_APPLICANT, hashed
from onevisit.people.actions import close_machine, make_machine
from onevisit.people.queries import machine


def make_client(
    name: str,
    *,
    title: str,
    scopes: Sequence[str],
    now: datetime,
    agency: str = "",
    applicant: str = "",
    secret: str = "",
) -> str:
    """The new client's secret (`secret` itself where one is given, as for the demonstration).

    Raises BadName, BadScope, NameTaken, people's NoSuchAccount.
    """
    if not NAME.fullmatch(name):
        raise BadName()
    possible = OF_AGENCY if agency else OF_APPLICANT
    wrong = [scope for scope in scopes if scope not in possible]
    if wrong or not scopes:
        raise BadScope(scope=" ".join(wrong) or "-", possible=" ".join(possible))
    secret = secret or secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            account = make_machine(name, title=title, agency=agency, applicant=applicant)
            Client.objects.create(
                account=account,
                name=name,
                title=title,
                secret_sha256=hashed(secret),
                scopes=sorted(set(scopes)),
                created_at=now,
            )
    except IntegrityError as taken:
        raise NameTaken(name=name) from taken
    return secret


def new_secret(name: str, *, secret: str = "") -> str:
    """Another secret for a client; the one before, and every token got with it, is void.

    Raises NoSuchClient, ClientClosed.
    """
    secret = secret or secrets.token_urlsafe(32)
    row = _found(name)
    if machine(row.account) is None:
        raise ClientClosed(name=name)
    Client.objects.filter(pk=row.pk).update(secret_sha256=hashed(secret))
    return secret


@transaction.atomic
def close_client(name: str) -> UUID:
    """End a client for good; what it did stays under its name. Its account, of which other rooms end what they keep.

    Raises NoSuchClient.
    """
    row = _found(name)
    close_machine(row.account)
    return row.account


def _found(name: str) -> Client:
    row = Client.objects.filter(name=name).first()
    if row is None:
        raise NoSuchClient(name=name)
    return row
