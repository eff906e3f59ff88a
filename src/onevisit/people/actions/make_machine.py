"""Make the account of a program: of an agency's own system, or of the one that acts for one applicant."""

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from onevisit.people.actor import Role
from onevisit.people.errors import NoSuchAccount
from onevisit.people.models import Account, Staff

PREFIX = "machine:"  # of its user name; nobody can sign in with it, as it has no password
TITLE = "业务系统"


@transaction.atomic
def make_machine(name: str, *, title: str, agency: str = "", applicant: str = "") -> UUID:
    """The new account's id. `agency`: its key, for which the program acts as an officer does; else `applicant`: the
    user name of the account for whose person or organisation it applies. Raises NoSuchAccount.
    """
    username, password = f"{PREFIX}{name}", make_password(None)
    if agency:
        account = Account.objects.create(username=username, password=password)
        Staff.objects.create(account=account, name=title, role=Role.OFFICER.value, agency=agency, title=TITLE)
        return account.pk
    of = Account.objects.filter(username=applicant, staff=None, person__isnull=False, is_active=True).first()
    if of is None:
        raise NoSuchAccount(name=applicant)
    return Account.objects.create(
        username=username, password=password, person_id=of.person_id, organisation_id=of.organisation_id
    ).pk


def close_machine(account: UUID) -> None:
    """Close a program's account: its tokens are void within a minute."""
    Account.objects.filter(pk=account, username__startswith=PREFIX).update(is_active=False)
