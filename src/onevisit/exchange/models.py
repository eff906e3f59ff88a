"""Tables of the exchange: the log of look-ups in registers."""

from django.db import models

from onevisit.people.ids import new_id


class Fetch(models.Model):
    """One look-up: who asked which register about whom, why, and how it ended. The data itself is not kept here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    resource = models.TextField()
    purpose = models.TextField()
    subject = models.UUIDField(null=True)  # person whose data it is
    account = models.UUIDField()
    by_name = models.TextField()
    agency = models.TextField(default="", blank=True)
    outcome = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="fetches_of_subject")]
