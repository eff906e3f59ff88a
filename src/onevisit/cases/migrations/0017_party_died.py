"""That a party has died, and what ends by it; programs are told of it as of every decision."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models


FUNCTION = import_module("onevisit.cases.migrations.0013_outgoing_of_bills")
KINDS = f"{FUNCTION.KINDS.rstrip()}, 'procedure.ended'\n"
GUARD = """
CREATE TRIGGER cases_partydeath_is_kept BEFORE UPDATE OR DELETE ON cases_partydeath
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
"""


class Migration(migrations.Migration):
    """The table, guarded; the function with all kinds, the trigger stays."""

    dependencies = [
        ("cases", "0016_who_comes_whose_paper"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.TextField(
                choices=[
                    ("granted", "granted"),
                    ("refused", "refused"),
                    ("not_accepted", "not_accepted"),
                    ("ended", "ended"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="procedure",
            name="state",
            field=models.TextField(
                choices=[
                    ("waiting", "waiting"),
                    ("received", "received"),
                    ("accepted", "accepted"),
                    ("not_received", "not_received"),
                    ("not_accepted", "not_accepted"),
                    ("acceptance_revoked", "acceptance_revoked"),
                    ("withdrawn", "withdrawn"),
                    ("ended", "ended"),
                    ("granted", "granted"),
                    ("refused", "refused"),
                    ("delivered", "delivered"),
                ]
            ),
        ),
        migrations.CreateModel(
            name="PartyDeath",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case", "party", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("party", models.TextField()),
                ("died_on", models.DateField()),
                ("proof", models.TextField()),
                ("agency", models.TextField()),
                ("officer", models.UUIDField()),
                ("officer_name", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deaths", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(GUARD, "DROP TRIGGER cases_partydeath_is_kept ON cases_partydeath"),
        migrations.RunSQL(FUNCTION.FUNCTION.format(kinds=KINDS), FUNCTION.FUNCTION.format(kinds=FUNCTION.KINDS)),
    ]
