import django.db.models.deletion
import onevisit.people.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("payments", "0001_initial")]  # as it stood before, cut otherwise
    dependencies = [
        ("payments", "0001_bills"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.payment"
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("reason", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_try_at__isnull", False)),
                        fields=["next_try_at"],
                        name="refunds_to_ask",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("reason", ""), _negated=True)),
                        name="refund_of_money",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.refund"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.line"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("payment", "line"), name="line_refunded_once")],
            },
        ),
        migrations.CreateModel(
            name="RefundDone",
            fields=[
                (
                    "refund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="done",
                        serialize=False,
                        to="payments.refund",
                    ),
                ),
                ("reference", models.TextField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="refunds_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="refund_done_has_reference"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="payments.bill"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="payments.payment",
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="payments.refund",
                    ),
                ),
                ("number", models.TextField(unique=True)),
                ("data", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                ("document", models.BinaryField(null=True)),
                ("document_sha256", models.BinaryField(null=True)),
                ("attempts", models.IntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("document__isnull", True)),
                        fields=["next_try_at"],
                        name="money_receipts_to_render",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("payment__isnull", True), ("refund__isnull", False)),
                            models.Q(("payment__isnull", False), ("refund__isnull", True)),
                            _connector="OR",
                        ),
                        name="receipt_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", True), ("document_sha256__isnull", True)),
                            models.Q(("document__isnull", False), ("document_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_document_with_hash",
                    ),
                ],
            },
        ),
    ]
