"""Tables of the catalogue: versions of life events, which is the catalogue's truth; content/ is their seed."""

from django.db import models

from onevisit.people.ids import new_id


class CatalogueVersion(models.Model):
    """One version of a life event with all it needs, and the full enumeration that proves its visits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    event = models.TextField()  # slug
    snapshot = models.TextField(unique=True)  # SHA-256 of the document; cases and proofs name it
    document = models.JSONField()
    proof = models.JSONField()
    in_force_from = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["region", "event", "-in_force_from", "-published_at"], name="in_force")]


class CalendarYear(models.Model):
    """The official holidays and make-up working days of a year."""

    year = models.IntegerField(primary_key=True)
    holidays = models.JSONField()
    workdays = models.JSONField()
