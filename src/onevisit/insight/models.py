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


class Replay(models.Model):
    """One replay: what was changed, whose plans were made, how far it is, and what came out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    event = models.TextField()  # slug
    unreformed = models.BooleanField()  # of the picture before reforms, not of the version in force
    draft = models.UUIDField(null=True)  # version of the catalogue that takes its place; none: levers do
    levers = models.JSONField()  # keys
    lever_names = models.JSONField()  # [zh, en] of each
    before = models.TextField()  # snapshot
    after = models.TextField()  # snapshot
    source = models.TextField()  # past, synthetic
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    seed = models.IntegerField(default=1)
    total = models.IntegerField()  # applicants
    done = models.IntegerField(default=0)
    state = models.TextField(default="waiting")  # waiting, running, done, failed, stopped
    failure = models.JSONField(null=True)  # of a refusal: [zh, en]; none = the worker broke off
    account = models.UUIDField()  # who started it
    name = models.TextField()
    asked_at = models.DateTimeField()
    worker = models.UUIDField(null=True)  # which worker process has it
    beat_at = models.DateTimeField(null=True)  # when that last said how far it is
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)  # language → the document of `onevisit replay --json` for the event

    class Meta:
        constraints = [
            UniqueConstraint(fields=["account"], condition=Q(state__in=["waiting", "running"]), name="one_replay_each"),
            CheckConstraint(condition=~Q(state="done") | Q(result__isnull=False), name="done_with_result"),
        ]
        indexes = [models.Index(fields=["region", "-asked_at"], name="replays_of_region")]
