import django.db.models.deletion
import django.db.models.expressions
import onevisit.people.ids
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("payments", "0001_initial")]  # as it stood before, cut otherwise
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Bill",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case", models.UUIDField()),
                ("case_number", models.TextField()),
                ("region", models.TextField()),
                ("place", models.SmallIntegerField()),
                ("number", models.TextField(unique=True)),
                ("payer", models.TextField()),
                ("issuer", models.TextField()),
                ("revision", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["case_number"], name="bills_by_case_number")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "place"), name="bills_of_case"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issuer", ""), _negated=True), models.Q(("payer", ""), _negated=True)
                        ),
                        name="bill_says_whose",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="payments.bill"
                    ),
                ),
                ("number", models.IntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bill", "number"), name="revision_once"),
                    models.CheckConstraint(condition=models.Q(("total__gte", 0)), name="revision_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="revision_states_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.revision"
                    ),
                ),
                ("place", models.SmallIntegerField()),
                ("payee", models.TextField()),
                ("payee_zh", models.TextField()),
                ("payee_en", models.TextField(blank=True)),
                ("label_zh", models.TextField()),
                ("label_en", models.TextField(blank=True)),
                ("service", models.TextField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("basis", models.TextField()),
                ("reduction", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("reduction_basis", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "place"), name="line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", ""), _negated=True), models.Q(("payee", ""), _negated=True)
                        ),
                        name="line_has_basis",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="line_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reduction__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "*", models.Value(-1)
                                ),
                            ),
                            ("reduction__lte", 0),
                        ),
                        name="line_reduced_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reduction", 0), models.Q(("reduction_basis", ""), _negated=True), _connector="OR"
                        ),
                        name="line_reduction_has_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="payments.revision"
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("state", models.TextField(default="new")),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_try_at__isnull", False)), fields=["next_try_at"], name="orders_to_ask"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "open", "paid", "closed"])),
                        name="order_of_known_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="order_of_money"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("state__in", ("new", "open"))),
                            models.Q(
                                models.Q(("state__in", ("new", "open")), _negated=True), ("next_try_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="order_is_asked_until_it_ends",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("new", "open"))), fields=("revision",), name="one_open_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payments.bill"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.revision"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="payments.order",
                    ),
                ),
                ("settles", models.BooleanField()),
                ("way", models.TextField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reference", models.TextField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.TextField(blank=True, default="")),
                ("hall", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="payments_by_day")],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("settles", True)), fields=("bill",), name="paid_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("way", "online")), fields=("reference",), name="provider_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("reference", ""), _negated=True)),
                        name="payment_of_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", True), ("order__isnull", False), ("way", "online")),
                            models.Q(
                                ("by__isnull", False),
                                ("order__isnull", True),
                                ("settles", True),
                                ("way__in", ("cash", "pos")),
                            ),
                            _connector="OR",
                        ),
                        name="payment_online_or_by_a_clerk",
                    ),
                ],
            },
        ),
    ]
