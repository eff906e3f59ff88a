"""Grounds for revoking a market entity's registration beside those of a licence."""

from django.db import migrations, models

CODES = ["69-1-1", "69-1-2", "69-1-3", "69-1-4", "69-1-5", "69-2", "40-2", "40-2-notice"]


class Migration(migrations.Migration):
    """Let a revocation name them."""

    dependencies = [("licences", "0004_holder_code")]
    operations = [
        migrations.RemoveConstraint(model_name="revocation", name="revocation_has_ground"),
        migrations.AlterField(
            model_name="revocation", name="ground", field=models.TextField(choices=[(code, code) for code in CODES])
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(condition=models.Q(("ground__in", CODES)), name="revocation_has_ground"),
        ),
    ]
