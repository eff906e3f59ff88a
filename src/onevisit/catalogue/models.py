"""Tables of the catalogue: versions of life events, which is the catalogue's truth; content/ is their seed."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onevisit.catalogue.rules.gate import PublicList, State
from onevisit.people.ids import new_id


class CatalogueVersion(models.Model):
    """One version of a life event with all it needs, and the proof of its visits. Never removed once it was published.

    `state` knows a draft from what is published; which published one is in force, the days say.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    event = models.TextField()  # slug
    snapshot = models.TextField(unique=True)  # SHA-256 of the document; cases and proofs name it
    document = models.JSONField()
    state = models.TextField(default=State.DRAFT.value, db_default=State.PUBLISHED.value)  # of who knows no states
    findings = models.JSONField(null=True)  # of its examination; null: not examined
    proof = models.JSONField(null=True)
    proved_at = models.DateTimeField(null=True)
    comment_from = models.DateField(null=True)
    comment_until = models.DateField(null=True)  # the last day of public comment
    in_force_from = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)  # stays when it is withdrawn: cases may run under it

    class Meta:
        indexes = [models.Index(fields=["region", "event", "-in_force_from", "-published_at"], name="in_force")]
        constraints = [
            CheckConstraint(
                condition=~Q(state=State.PUBLISHED.value)
                | Q(proof__isnull=False, in_force_from__isnull=False, published_at__isnull=False),
                name="published_with_proof",
            ),
            CheckConstraint(
                condition=~Q(state=State.COMMENTING.value)
                | Q(proof__isnull=False, comment_from__isnull=False, comment_until__isnull=False),
                name="commented_with_proof",
            ),
        ]


class VersionAct(models.Model):
    """One thing that was done with a version: who, when, what. Append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(CatalogueVersion, models.PROTECT, related_name="acts")
    kind = models.TextField()  # rules.Command
    at = models.DateTimeField()
    account = models.UUIDField(null=True)  # none: somebody without an account
    name = models.TextField()
    role = models.TextField(default="", blank=True)
    body = models.JSONField()  # days, reasons, what was found

    class Meta:
        indexes = [models.Index(fields=["version", "at"], name="acts_of_version")]


class PublicComment(models.Model):
    """What somebody said of a draft during public comment. Hidden with a reason, never removed (trigger)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(CatalogueVersion, models.PROTECT, related_name="comments")
    key = models.TextField()  # of the form: sent twice, it is kept once
    name = models.TextField()
    account = models.UUIDField(null=True)
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="", blank=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.TextField(default="", blank=True)
    hidden_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["version", "key"], name="comment_once")]
        indexes = [models.Index(fields=["version", "at"], name="comments_of_version")]


class ListEntry(models.Model):
    """Why a version past one visit may be published: the province's exception that covers it, or what is to change."""

    version = models.OneToOneField(CatalogueVersion, models.PROTECT, primary_key=True, related_name="entry")
    list = models.TextField()  # rules.PublicList
    law = models.TextField(default="", blank=True)
    article = models.TextField(default="", blank=True)
    entry = models.TextField(default="", blank=True)  # name and number in the provincial list
    entry_date = models.DateField(null=True)
    causes = models.TextField(default="", blank=True)
    who = models.TextField(default="", blank=True)
    change = models.TextField(default="", blank=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(list=PublicList.NOT_YET.value, until__isnull=False)
                & ~Q(causes="")
                & ~Q(who="")
                & ~Q(change="")
                | Q(list=PublicList.EXCEPTIONS.value, entry_date__isnull=False)
                & ~Q(law="")
                & ~Q(article="")
                & ~Q(entry=""),
                name="entry_is_complete",
            )
        ]


class CalendarYear(models.Model):
    """The official holidays and make-up working days of a year."""

    year = models.IntegerField(primary_key=True)
    holidays = models.JSONField()
    workdays = models.JSONField()
