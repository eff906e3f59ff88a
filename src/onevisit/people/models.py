"""Tables of people: persons, organisations, accounts, agencies' staff, and the log of looks at personal data."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q

from onevisit.people.actor import Role
from onevisit.people.ids import new_id

STAFF_ROLES = (Role.OFFICER, Role.CLERK, Role.REFORM)


class Person(models.Model):
    """A natural person, known by the identity number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    id_number = models.TextField(unique=True)
    phone = models.TextField(default="", blank=True)
    address = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A company or other organisation, known by the unified social credit code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    uscc = models.TextField(unique=True)
    legal_representative = models.ForeignKey(Person, models.PROTECT, related_name="represents")

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their user name, as Django's authentication asks."""


class Account(AbstractBaseUser):
    """A way to sign in; acts for its person, or for its organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.TextField(unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    last_login = None  # the log of sign-ins (axes) has it, row by row

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()


class Staff(models.Model):
    """An account's office: the agency or hall for which it acts."""

    name = models.TextField()  # as applicants read it on notices and in the log of looks
    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="staff")
    role = models.TextField(choices=[(role.value, role.value) for role in STAFF_ROLES])
    agency = models.TextField(default="", blank=True)
    hall = models.TextField(default="", blank=True)
    title = models.TextField()

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(role="officer") | ~Q(agency=""), name="officer_has_agency"),
            CheckConstraint(condition=~Q(role="clerk") | ~Q(hall=""), name="clerk_has_hall"),
        ]


class Look(models.Model):
    """One look at personal data, granted or refused, or one change of it. Append-only; its subject reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    account = models.UUIDField()
    name = models.TextField()
    agency = models.TextField(default="", blank=True)
    # person whose data it is; null when a refused look named nobody real, or sums over many people were looked at
    subject = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    what = models.TextField()
    purpose = models.TextField()
    refused = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="looks_of_subject")]
