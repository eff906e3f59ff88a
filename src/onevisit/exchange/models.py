"""Tables of the exchange: the log of look-ups in registers."""

from django.db import models

from onevisit.people.ids import new_id


class Fetch(models.Model):
    """One look-up of one record: who asked which register about whom, why, and how it ended. No data is kept here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    resource = models.TextField()
    purpose = models.TextField()
    subject = models.UUIDField(null=True)  # person for whose case it was asked
    about = models.TextField(default="", db_default="")  # keyed hash of the number, for whom it is about
    account = models.UUIDField()
    by_name = models.TextField()
    agency = models.TextField(default="", blank=True)
    outcome = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="fetches_of_subject"),
            models.Index(fields=["about", "-at"], name="fetches_about"),
            models.Index(fields=["account", "-at"], name="fetches_by_account"),
        ]
