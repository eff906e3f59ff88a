"""Tables of licences: what was issued to whom, and what was revoked."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Collate

from onevisit.licences.rules import GROUNDS
from onevisit.people.ids import new_id


class Licence(models.Model):
    """One licence. What it says never changes (a trigger holds that); its document is added once, by the worker."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type = models.TextField()  # LicenceType.key
    title = models.TextField()  # its name when it was issued
    number = models.TextField(unique=True)
    holder_name = models.TextField()
    holder_person = models.UUIDField()
    holder_organisation = models.UUIDField(null=True)  # the company whose account asked for it
    holder_code = models.TextField(default="", db_default="")  # credit code of the business; "" = a person
    agency = models.TextField()
    agency_name = models.TextField()
    region = models.TextField()
    case = models.UUIDField()
    procedure = models.UUIDField()
    fields = models.JSONField()  # [[label, value in words], …] as printed
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)  # last day; null = without end
    token = models.TextField(unique=True)  # 192 random bits: the address of the public page
    document = models.BinaryField(null=True)
    document_sha256 = models.BinaryField(null=True)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(document__isnull=True, document_sha256__isnull=True)
                | Q(document__isnull=False, document_sha256__isnull=False),
                name="licence_document_with_hash",
            ),
            CheckConstraint(condition=~Q(number="") & ~Q(token="") & ~Q(holder_name=""), name="licence_says_whose"),
        ]
        indexes = [
            models.Index(
                fields=["holder_person", "-id"],
                condition=Q(holder_organisation=None),
                name="licences_of_a_person",
            ),
            models.Index(
                fields=["holder_organisation", "-id"],
                condition=Q(holder_organisation__isnull=False),
                name="licences_of_a_firm",
            ),
            models.Index(fields=["agency", "-issued_at", "-id"], name="licences_of_agency"),
            models.Index("agency", Collate("number", "C"), name="licences_by_number"),
            models.Index(fields=["case"], name="licences_of_case"),
            models.Index(fields=["next_try_at"], condition=Q(document__isnull=True), name="licences_to_render"),
        ]


class Revocation(models.Model):
    """That a licence was revoked. One, for good."""

    licence = models.OneToOneField(Licence, models.PROTECT, primary_key=True, related_name="revocation")
    ground = models.TextField(choices=[(code, code) for code in GROUNDS])
    article = models.TextField()
    reason = models.TextField()
    by = models.UUIDField()  # account
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(reason=""), name="revocation_states_reason"),
            CheckConstraint(condition=Q(ground__in=list(GROUNDS)), name="revocation_has_ground"),
        ]
