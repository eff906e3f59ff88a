"""Tables of cases: drafts, documents, cases, procedures, evidence, decisions, the ledger.

Being in a state is having a row where that is natural (Decision, CorrectionNotice, Rating); a procedure's
state is one column, because the inbox is sorted by it and one statement must guard it.
Rows name the region that owns them; no foreign key leaves the region's cell (design.md, Ground).
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Collate

from onevisit.core.facts import slot
from onevisit.core.law.procedure import Check, State
from onevisit.people.ids import new_id


class Draft(models.Model):
    """Answers on the way to a case. Nobody's (account null) until its maker signs in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    event = models.TextField()
    snapshot = models.TextField()  # catalogue version it is planned under
    account = models.UUIDField(null=True)  # who keeps it
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")  # the applicant
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    walk_in = models.BooleanField(default=False)
    hall = models.TextField(default="", blank=True)  # where a clerk keeps it for somebody who came
    answers = models.JSONField(default=dict)  # fact key -> JSON value, as typed by the applicant
    fetched = models.JSONField(default=dict)  # fact key -> {"value", "resource", "at"}
    evidence = models.JSONField(default=dict)  # evidence key -> {"resource", "number", "summary", …}
    confirmed = models.JSONField(default=list)  # fetched fact keys that the applicant confirmed
    disputed = models.JSONField(default=list)  # fetched fact keys that he says are wrong (浙江规定 7)
    unavailable = models.JSONField(default=dict)  # resource key -> "down" | "absent"
    lookups = models.JSONField(default=dict)  # resource key -> [look-up key, when it was last asked]
    answered = models.JSONField(default=list)  # answered fact keys in their order
    held = models.JSONField(default=list)  # licences in force that he holds (rules/intake.kept_licence)
    seen = models.JSONField(default=dict)  # evidence key -> {"by", "at"}: paper that a clerk saw
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_case = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "-updated_at"], condition=Q(submitted_case=None), name="open_drafts_of_account"
            ),
            models.Index(
                fields=["hall", "-updated_at"],
                condition=Q(submitted_case=None, walk_in=True),
                name="open_drafts_of_hall",
            ),
            models.Index(
                fields=["person", "-updated_at"], condition=Q(submitted_case=None), name="open_drafts_of_person"
            ),
        ]


class Blob(models.Model):
    """Bytes by their hash, once each."""

    sha256 = models.BinaryField(primary_key=True)
    content = models.BinaryField()


class Document(models.Model):
    """An upload: which evidence it is, for which party, and its bytes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="documents")
    case = models.UUIDField(null=True, db_index=True)
    evidence = models.TextField()
    party = models.TextField(default="applicant")
    name = models.TextField()
    media = models.TextField()  # by content, never by name
    size = models.IntegerField()
    pages = models.IntegerField(default=1)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    uploaded_by = models.UUIDField()
    uploaded_at = models.DateTimeField()


def characters(of: str | models.Value) -> models.Func:
    """The characters of a column or value in small letters: an index of them finds words of any length.

    Trigrams find none of fewer than three characters, which is how long Chinese names are, and need an extension.
    """
    split = "STRING_TO_ARRAY(LOWER(%(expressions)s), NULL)"
    return models.Func(of, template=split, output_field=ArrayField(models.TextField()))


class Case(models.Model):
    """One applicant's run of one life event. Its state derives from its procedures'."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField(unique=True)  # 办件编号
    region = models.TextField()
    event = models.TextField()
    snapshot = models.TextField()
    draft = models.UUIDField(null=True, unique=True)  # one case per draft, whatever happens
    title = models.TextField()  # what the applicant calls it, e.g. the shop's name
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    account = models.UUIDField(null=True)  # null: a walk-in without account
    submitted_by = models.UUIDField()  # the account that submitted: his, or the clerk's
    walk_in = models.BooleanField()
    hall = models.TextField(default="", blank=True)
    facts = models.JSONField()
    unavailable = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)  # fact key -> "answer" or resource key
    planned_visits = models.IntegerField()  # the number that was promised to the worst-off person
    submitted_at = models.DateTimeField()
    head_seq = models.IntegerField()
    head_hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="cases_of_account"),
            models.Index(fields=["person", "-id"], condition=Q(organisation=None), name="cases_of_person"),
            models.Index(
                fields=["organisation", "-id"], condition=Q(organisation__isnull=False), name="cases_of_organisation"
            ),
            models.Index(fields=["person", "-id"], condition=Q(organisation__isnull=False), name="cases_for_companies"),
            models.Index(fields=["hall", "-id"], condition=Q(walk_in=True), name="cases_of_hall"),
            # entered at once, as no submission should pay for those before it
            GinIndex(characters("title"), name="cases_by_title", fastupdate=False),
        ]


_OPEN = Q(state__in=["received", "waiting"])
TABS = {  # of an agency's inbox; each has its index in the order of its list
    "check": _OPEN & Q(completeness__in=["open", "supplied"]),
    "decide": Q(state="accepted"),
    "waiting": _OPEN & Q(completeness__in=["missing", "complete"]),
    "done": ~Q(state__in=["received", "waiting", "accepted"]),
}
# what its hall can do for the applicant: take in what is missing, hand out a result; each has its index
TO_SUPPLY = ~Q(hall="") & (_OPEN & Q(completeness="missing") | Q(state="accepted", completeness="provisional"))
TO_HAND_OUT = ~Q(hall="") & Q(state="granted")
NO_LAST_DAY = date(9999, 12, 31)  # of a step that can be done on any day
# the day by which something is due: the decision's, before acceptance the check's. The last day stands in the text
# and not among the parameters, so that every statement is seen to order as the index does
FIRST = models.Func(
    "due",
    "check_due",
    template="COALESCE(%(expressions)s, DATE '9999-12-31')",
    output_field=models.DateField(),
)


class Procedure(models.Model):
    """One service's run inside a case (事项办件)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="procedures")
    region = models.TextField()
    number = models.TextField(unique=True)
    service = models.TextField()
    agency = models.TextField()
    regime = models.TextField()
    state = models.TextField(choices=[(s.value, s.value) for s in State])
    on_promise = models.BooleanField(default=False)  # granted on a promise, checked afterwards
    needs = models.JSONField(default=list)  # service keys whose output the decision takes (parallel, decision waits)
    ordered_after = models.JSONField(default=list)  # service keys an article orders first (waits without a clock)
    completeness = models.TextField(choices=[(c.value, c.value) for c in Check], default=Check.OPEN.value)
    check_due = models.DateField(null=True)  # last day to say what is missing; after it: accepted from receipt (32)
    holder = models.UUIDField(null=True)  # officer's account that acted last
    holder_name = models.TextField(default="", blank=True)
    hall = models.TextField(default="", blank=True)  # of its case, if somebody came: so that a window finds its work
    received_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    due = models.DateField(null=True)  # by the promise; the law's clock
    statutory_due = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["case", "service"], name="service_once_per_case")]
        indexes = [
            models.Index("agency", FIRST, "number", condition=TABS["check"], name="procedures_to_check"),
            models.Index("agency", FIRST, "number", condition=TABS["decide"], name="procedures_to_decide"),
            models.Index("agency", FIRST, "number", condition=TABS["waiting"], name="procedures_waiting"),
            models.Index(fields=["agency", "-number"], condition=TABS["done"], name="procedures_done"),
            models.Index("agency", Collate("number", "C"), name="procedures_by_number"),
            models.Index(fields=["check_due"], condition=_OPEN, name="procedures_to_settle"),
            models.Index("hall", Collate("number", "C"), condition=TO_SUPPLY, name="procedures_to_supply"),
            models.Index(fields=["hall", "-decided_at"], condition=TO_HAND_OUT, name="procedures_to_hand_out"),
        ]


class ToCome(models.Model):
    """A step for which somebody still has to come to a hall before it is decided. Gone once it is done, or over."""

    pk = models.CompositePrimaryKey("procedure", "step", "hall")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="to_come")
    step = models.TextField()
    hall = models.TextField()  # one of those where it can be done
    last_day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["hall", "last_day", "procedure"], name="steps_at_a_hall")]


class CaseParty(models.Model):
    """Somebody who takes part in a case beside its applicant: it is his case too, and he may have to sign."""

    pk = models.CompositePrimaryKey("case", "party")
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    party = models.TextField()  # "seller[2]"
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    awaited = models.BooleanField()  # whether something is left that takes his word online

    class Meta:
        indexes = [models.Index(fields=["person", "-case"], name="cases_of_party")]


class PartyDeath(models.Model):
    """That a party of a case has died, as an officer found. For good."""

    pk = models.CompositePrimaryKey("case", "party")
    case = models.ForeignKey(Case, models.PROTECT, related_name="deaths")
    party = models.TextField()  # "seller[2]"
    died_on = models.DateField()
    proof = models.TextField()  # what it was found by (民法典 15)
    agency = models.TextField()  # whose officer found it
    officer = models.UUIDField()
    officer_name = models.TextField()
    at = models.DateTimeField()


class EvidenceItem(models.Model):
    """One requirement of the case, with the source that was taken for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    evidence = models.TextField()
    party = models.TextField()
    kind = models.TextField()  # AcceptKind
    ref = models.TextField(default="", blank=True)
    services = models.JSONField()  # service keys that may see it
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    record = models.JSONField(null=True)  # what the register said: number, issued, valid_until, summary
    seen_by = models.UUIDField(null=True)  # paper: the clerk who saw it
    seen_at = models.DateTimeField(null=True)


class Attendance(models.Model):
    """That somebody came and did a step that needs him in person, as a clerk of the hall recorded. For good."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="attendances")
    step = models.TextField()  # step key of the service
    party = models.TextField()  # as whom: "applicant", "seller[2]"
    person = models.UUIDField()
    hall = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()  # the clerk's account

    class Meta:
        constraints = [UniqueConstraint(fields=["procedure", "step", "party"], name="attended_once_as_party")]


class Decision(models.Model):
    """An agency's word on its procedure: granted, refused, not accepted, or ended by a death. One, for good."""

    procedure = models.OneToOneField(Procedure, models.PROTECT, primary_key=True, related_name="decision")
    outcome = models.TextField(choices=[(v, v) for v in ("granted", "refused", "not_accepted", "ended")])
    reasons = models.TextField(default="", blank=True)
    article = models.TextField(default="", blank=True)
    officer = models.UUIDField()
    officer_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(condition=Q(outcome="granted") | ~Q(reasons=""), name="refusal_states_reasons")]


class CorrectionItem(models.Model):
    """One thing that an agency says is missing; all go out in the case's one notice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="missing")
    evidence = models.TextField(default="", blank=True)  # evidence key, or
    party = models.TextField(default="", db_default="", blank=True)  # whose evidence; "": the applicant's
    fact = models.TextField(default="", blank=True)  # fact key
    what = models.TextField()  # in plain words, what to supply and why
    officer = models.UUIDField()
    at = models.DateTimeField()
    supplied_at = models.DateTimeField(null=True)
    due = models.DateField(null=True)  # accepted without it (容缺受理) until then; null: the case's notice says when

    class Meta:
        constraints = [CheckConstraint(condition=~Q(what=""), name="correction_says_what")]
        indexes = [
            models.Index(
                fields=["due"], condition=Q(supplied_at=None, due__isnull=False), name="provisional_items_open"
            )
        ]

    @property
    def thing(self) -> str:
        """What is missing, by the name that tells it from that of other parties: a slot, or a fact's key."""
        return slot(self.evidence, self.party or "applicant") if self.evidence else self.fact


class CorrectionNotice(models.Model):
    """The one notice of all that is missing (一次性告知): one per case, for good."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="correction")
    issued_at = models.DateTimeField()
    due = models.DateField()  # the applicant's last day
    supplied_at = models.DateTimeField(null=True)


class HandOver(models.Model):
    """That a licence was taken at a hall against signature, and by whom (送达回证). For good."""

    licence = models.UUIDField(primary_key=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="hand_overs")
    taker = models.UUIDField()  # person: the holder, or who has his mandate
    by_mandate = models.BooleanField()
    hall = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()  # the clerk's account


class Rating(models.Model):
    """The applicant's five-grade judgement (GB/T 39046 A.8: 1 best, 5 worst)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="rating")
    grade = models.IntegerField()
    words = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="five_grades")]


class Idempotency(models.Model):
    """The first answer of an act; a repeat with the same key returns it."""

    pk = models.CompositePrimaryKey("account", "key")
    account = models.UUIDField()
    key = models.TextField()
    act = models.TextField()
    answer = models.JSONField()
    at = models.DateTimeField()


class Entry(models.Model):
    """One ledger entry. Append-only by trigger; `body` and `salt` may be erased by law, the digest stays."""

    pk = models.CompositePrimaryKey("case", "seq")
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    seq = models.IntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    body = models.TextField(null=True)  # canonical JSON: who, what, on what basis
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    previous = models.BinaryField()  # hash of the entry before: of two that disagree, tells which was changed
    hash = models.BinaryField()


class MovedHead(models.Model):
    """That a case's chain grew (by trigger): what the next checkpoint has to seal. One row per write, then gone."""

    id = models.BigAutoField(primary_key=True)
    case = models.UUIDField()


class Outgoing(models.Model):
    """That an entry was written of which programs may want to be told (by trigger); gone once it is in the outbox."""

    id = models.BigAutoField(primary_key=True)
    case = models.UUIDField()
    seq = models.IntegerField()


class Checkpoint(models.Model):
    """A signed Merkle root over the chain heads that moved since the last one; also written outside the database."""

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    heads = models.JSONField()  # [[case number, head seq, head hash hex], …]
    root = models.BinaryField()
    previous = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        ordering = [F("seq").asc()]
