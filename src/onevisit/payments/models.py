"""Tables of payments. What came and went is only ever added (triggers hold that): migrations/0003_guards.py."""

from decimal import Decimal

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from onevisit.payments.values import Way
from onevisit.people.ids import new_id

OPEN = ("new", "open")  # states of an order that may still be paid
WINDOW = tuple(way.value for way in Way if way.at_window)


class Bill(models.Model):
    """One bill of a case. The first has place 1, supplements follow. Only `revision` changes, while it is unpaid."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.UUIDField()
    case_number = models.TextField()
    region = models.TextField()
    place = models.SmallIntegerField()
    number = models.TextField(unique=True)
    payer = models.TextField()
    issuer = models.TextField()  # whose name is on the receipts
    revision = models.IntegerField(default=1)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["case", "place"], name="bills_of_case"),
            CheckConstraint(condition=~Q(issuer="") & ~Q(payer=""), name="bill_says_whose"),
        ]
        indexes = [models.Index(fields=["case_number"], name="bills_by_case_number")]


class Revision(models.Model):
    """What a bill asks for since a change: append-only, with its reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["bill", "number"], name="revision_once"),
            CheckConstraint(condition=Q(total__gte=0), name="revision_not_negative"),
            CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="revision_states_reason"),
        ]


class Line(models.Model):
    """One line: what for whom on what basis; a reduction is 0 or negative, with a basis of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="lines")
    place = models.SmallIntegerField()
    payee = models.TextField()
    payee_zh = models.TextField()
    payee_en = models.TextField(blank=True)
    label_zh = models.TextField()
    label_en = models.TextField(blank=True)
    service = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    basis = models.TextField()
    reduction = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    reduction_basis = models.TextField(blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["revision", "place"], name="line_once"),
            CheckConstraint(condition=~Q(basis="") & ~Q(payee=""), name="line_has_basis"),
            CheckConstraint(condition=Q(amount__gte=0), name="line_not_negative"),
            CheckConstraint(condition=Q(reduction__lte=0, reduction__gte=-F("amount")), name="line_reduced_at_most"),
            CheckConstraint(condition=Q(reduction=0) | ~Q(reduction_basis=""), name="line_reduction_has_basis"),
        ]

    @property
    def due(self) -> Decimal:
        """What is to be paid for it."""
        return self.amount + self.reduction


class Order(models.Model):
    """One attempt to be paid through the provider. Its row is there before the provider hears of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="orders")
    number = models.TextField(unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.TextField(default="new")
    by = models.UUIDField()
    by_name = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)  # null = paid or closed, as the provider said

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=["new", "open", "paid", "closed"]), name="order_of_known_state"),
            CheckConstraint(condition=Q(amount__gt=0), name="order_of_money"),
            CheckConstraint(
                condition=Q(state__in=OPEN, next_try_at__isnull=False)
                | (~Q(state__in=OPEN) & Q(next_try_at__isnull=True)),
                name="order_is_asked_until_it_ends",
            ),
            UniqueConstraint(fields=["revision"], condition=Q(state__in=OPEN), name="one_open_order"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="orders_to_ask"),
        ]


class Payment(models.Model):
    """Money that came. At most one settles a bill; any other is surplus and has its refund in the same transaction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="payment")
    settles = models.BooleanField()
    way = models.TextField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reference = models.TextField()  # the provider's number, or that of the slip
    by = models.UUIDField(null=True)  # the clerk
    by_name = models.TextField(default="", blank=True)
    hall = models.TextField(default="", blank=True)
    at = models.DateTimeField()  # when it was paid
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["bill"], condition=Q(settles=True), name="paid_once"),
            UniqueConstraint(fields=["reference"], condition=Q(way="online"), name="provider_number_once"),
            CheckConstraint(condition=Q(amount__gt=0) & ~Q(reference=""), name="payment_of_money"),
            CheckConstraint(
                condition=Q(way="online", order__isnull=False, by__isnull=True)
                | (Q(way__in=WINDOW, order__isnull=True, by__isnull=False, settles=True)),
                name="payment_online_or_by_a_clerk",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="payments_by_day")]


class Refund(models.Model):
    """Money that is to go back. `next_try_at`: when the provider is asked again; null = done, or the window pays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    number = models.TextField(unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="refund_of_money")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="refunds_to_ask"),
        ]


class RefundLine(models.Model):
    """A line that goes back: whole, and once for each payment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    refund = models.ForeignKey(Refund, models.PROTECT, related_name="lines")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [UniqueConstraint(fields=["payment", "line"], name="line_refunded_once")]


class RefundDone(models.Model):
    """That the money went back, as the provider or the clerk confirmed."""

    refund = models.OneToOneField(Refund, models.PROTECT, primary_key=True, related_name="done")
    reference = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="", blank=True)
    hall = models.TextField(default="", db_default="", blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="refund_done_has_reference")]
        indexes = [models.Index(fields=["at"], name="refunds_by_day")]


class Receipt(models.Model):
    """The paper for a payment or a refund; its document is added once, by the worker."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="receipts")
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="receipt")
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="receipt")
    number = models.TextField(unique=True)
    data = models.JSONField()  # what it says, in words
    issued_at = models.DateTimeField()
    document = models.BinaryField(null=True)
    document_sha256 = models.BinaryField(null=True)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(payment__isnull=True, refund__isnull=False) | Q(payment__isnull=False, refund__isnull=True),
                name="receipt_of_one",
            ),
            CheckConstraint(
                condition=Q(document__isnull=True, document_sha256__isnull=True)
                | Q(document__isnull=False, document_sha256__isnull=False),
                name="receipt_document_with_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(document__isnull=True), name="money_receipts_to_render"),
        ]
