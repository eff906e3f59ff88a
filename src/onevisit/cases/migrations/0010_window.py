"""The window: a procedure knows its hall, what comes later has its last day, who took a result is kept."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


HALLS = """
UPDATE cases_procedure p SET hall = c.hall FROM cases_case c WHERE c.id = p.case_id AND c.walk_in AND c.hall <> '';
"""
GUARD = """
CREATE TRIGGER cases_handover_is_kept BEFORE UPDATE OR DELETE ON cases_handover
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
"""
UNGUARD = "DROP TRIGGER cases_handover_is_kept ON cases_handover;"


class Migration(migrations.Migration):
    """Make the table of hand-overs, append-only; tell procedures their halls."""

    dependencies = [
        ("cases", "0009_outgoing"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hand_over",
                        serialize=False,
                        to="cases.procedure",
                    ),
                ),
                ("licence", models.UUIDField()),
                ("taker", models.UUIDField()),
                ("by_mandate", models.BooleanField()),
                ("hall", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
            ],
        ),
        migrations.AddField(
            model_name="correctionitem",
            name="due",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="procedure",
            name="hall",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="procedure",
            name="completeness",
            field=models.TextField(
                choices=[
                    ("open", "open"),
                    ("complete", "complete"),
                    ("missing", "missing"),
                    ("supplied", "supplied"),
                    ("provisional", "provisional"),
                ],
                default="open",
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
                    ("granted", "granted"),
                    ("refused", "refused"),
                    ("delivered", "delivered"),
                ]
            ),
        ),
        migrations.RunSQL(HALLS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                fields=["person", "-updated_at"],
                condition=models.Q(("submitted_case", None)),
                name="open_drafts_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="correctionitem",
            index=models.Index(
                condition=models.Q(("due__isnull", False), ("supplied_at", None)),
                fields=["due"],
                name="provisional_items_open",
            ),
        ),
        migrations.AddIndex(
            model_name="procedure",
            index=models.Index(
                models.F("hall"),
                django.db.models.functions.comparison.Collate("number", "C"),
                condition=models.Q(
                    models.Q(("hall", ""), _negated=True),
                    models.Q(
                        ("state", "granted"),
                        models.Q(("state__in", ["received", "waiting"]), ("completeness", "missing")),
                        models.Q(("completeness", "provisional"), ("state", "accepted")),
                        _connector="OR",
                    ),
                ),
                name="procedures_at_window",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
