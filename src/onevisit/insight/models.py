"""Tables of insight: what examinations found and who sees to it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from onevisit.insight.states import State
from onevisit.people.ids import new_id


class Examination(models.Model):
    """The last examination of a region's catalogue in force: of which versions, and when. Locked by the next."""

    region = models.TextField(primary_key=True)
    snapshots = models.JSONField(default=dict)  # slug → snapshot
    at = models.DateTimeField(null=True)
    name = models.TextField(default="", blank=True)  # who asked for it


class Finding(models.Model):
    """One thing that the examination finds; known again by event, rule and subject however often it is found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    event = models.TextField()  # slug
    rule = models.TextField()
    subject = models.TextField()  # names on the path in the event's document
    severity = models.TextField()
    place = models.JSONField()  # words: [zh, en]
    file = models.TextField(default="", blank=True)  # of content/, where the version in force is what lies there
    line = models.IntegerField(default=0)
    problem = models.JSONField()  # [zh, en]
    suggestion = models.JSONField()  # [zh, en]
    owner = models.TextField()  # key of an agency, or "reform"
    state = models.TextField(default=State.OPEN.value)
    due = models.DateField(null=True)
    reason = models.TextField(default="", blank=True)
    decided_under = models.TextField(default="", blank=True)  # snapshot in force when the state was chosen
    acts = models.IntegerField(default=0)  # decisions so far: a form that is older than the last one is refused
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)  # since when the examination does not find it any more

    class Meta:
        constraints = [
            UniqueConstraint(fields=["region", "event", "rule", "subject"], name="finding_once"),
            CheckConstraint(condition=~Q(state="working") | Q(due__isnull=False), name="work_has_a_last_day"),
            CheckConstraint(condition=~Q(state__in=["done", "wont"]) | ~Q(reason=""), name="closed_with_a_reason"),
        ]


class FindingAct(models.Model):
    """What was done about a finding, by whom, when. Append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="record")
    kind = models.TextField()  # found, decided, gone, back (found again), reopened (still found in a later version)
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    name = models.TextField()
    body = models.JSONField()  # snapshot, or the decision
