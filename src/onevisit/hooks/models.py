"""Tables of hooks: the addresses of those who want to be told, and what is to be told to each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, UniqueConstraint

from onevisit.people.ids import new_id


class Endpoint(models.Model):
    """An address of a program, and of which events it wants to be told there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.UUIDField()  # the program's
    agency = models.TextField(default="", blank=True)  # "" = told of the cases that it submitted
    url = models.TextField()
    secret = models.TextField()  # with which its messages are signed: kept readable, as both sides need it
    events = ArrayField(models.TextField())
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)  # in a row
    rests_until = models.DateTimeField()  # after a failure: nothing is sent before

    class Meta:
        constraints = [
            UniqueConstraint(fields=["account", "url"], condition=Q(removed_at=None), name="one_endpoint_per_url")
        ]
        indexes = [models.Index(fields=["agency"], condition=Q(removed_at=None), name="endpoints_of_agency")]


class Message(models.Model):
    """One event for one address: the outbox. Its id is the message's, the same however often it is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="messages")
    type = models.TextField()
    body = models.TextField()  # the JSON as it is signed
    created_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)  # null: delivered, or given up
    delivered_at = models.DateTimeField(null=True)
    said = models.TextField(default="", blank=True)  # what came of the last attempt

    class Meta:
        indexes = [
            models.Index(F("next_try_at"), condition=Q(next_try_at__isnull=False), name="messages_to_send"),
            models.Index(fields=["created_at"], name="messages_by_time"),
        ]
