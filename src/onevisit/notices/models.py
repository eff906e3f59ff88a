"""The table of notices: what was told to whom."""

from django.db import models
from django.db.models import CheckConstraint, Q

from onevisit.notices.rules import Kind
from onevisit.people.ids import new_id


class Notice(models.Model):
    """One notice. What it says never changes (a trigger holds that); its document is added once, by the worker."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in Kind])
    number = models.TextField(unique=True)
    about = models.TextField()  # number of the case, procedure or licence
    case = models.UUIDField()
    procedure = models.UUIDField(null=True)
    agency = models.TextField()
    agency_name = models.TextField()
    recipient = models.UUIDField()  # person
    data = models.JSONField()  # what it says, in words: see values.py
    created_at = models.DateTimeField()
    document = models.BinaryField(null=True)
    document_sha256 = models.BinaryField(null=True)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    paper_at = models.TextField(default="", blank=True)  # hall that prints it for somebody without telephone
    posted_at = models.DateTimeField(null=True)  # posted, or handed over there
    posted_by = models.UUIDField(null=True)  # the clerk's account

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="notice_of_known_kind"),
            CheckConstraint(condition=~Q(agency_name=""), name="notice_says_who"),
            CheckConstraint(
                condition=Q(document__isnull=True, document_sha256__isnull=True)
                | Q(document__isnull=False, document_sha256__isnull=False),
                name="notice_document_with_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "created_at"], name="notices_of_case"),
            models.Index(fields=["next_try_at"], condition=Q(document__isnull=True), name="notices_to_render"),
            models.Index(
                fields=["paper_at", "created_at", "id"],
                condition=Q(posted_at=None) & ~Q(paper_at=""),
                name="notices_to_post",
            ),
        ]
