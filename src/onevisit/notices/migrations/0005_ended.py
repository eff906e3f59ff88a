"""A kind of letter more: that a procedure ended as a party has died."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The kind."""

    dependencies = [
        ("notices", "0004_window"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_of_known_kind",
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.TextField(
                choices=[
                    ("receipt", "receipt"),
                    ("acceptance", "acceptance"),
                    ("correction", "correction"),
                    ("supplied", "supplied"),
                    ("non_acceptance", "non_acceptance"),
                    ("decision", "decision"),
                    ("revocation", "revocation"),
                    ("acceptance_revoked", "acceptance_revoked"),
                    ("delivery", "delivery"),
                    ("ended", "ended"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receipt",
                            "acceptance",
                            "correction",
                            "supplied",
                            "non_acceptance",
                            "decision",
                            "revocation",
                            "acceptance_revoked",
                            "delivery",
                            "ended",
                        ],
                    )
                ),
                name="notice_of_known_kind",
            ),
        ),
    ]
