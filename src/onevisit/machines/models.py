"""Tables of machines: programs with their hashed secrets, and the answers that a repeat gets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Client(models.Model):
    """A program that may ask for tokens (RFC 6749); what it acts as is its account in people."""

    account = models.UUIDField(primary_key=True)
    name = models.TextField(unique=True)  # its client_id
    title = models.TextField()
    secret_sha256 = models.BinaryField()  # of 256 random bits, so that no slow hash is needed
    scopes = ArrayField(models.TextField())
    created_at = models.DateTimeField()


class Answer(models.Model):
    """The first answer to a key; a repeat of the same request gets it again. Forgotten after a week."""

    pk = models.CompositePrimaryKey("account", "key")
    account = models.UUIDField()
    key = models.TextField()
    fingerprint = models.BinaryField()  # of the request: another one with the key is refused
    status = models.IntegerField(null=True)  # null: being worked on
    body = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_index=True)
