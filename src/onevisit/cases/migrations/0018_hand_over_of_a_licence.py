"""Of several licences of one procedure each is handed over: a hand-over is known by its licence."""

import django.db.models.deletion
from django.db import migrations, models

NEW_KEY = (
    "DROP INDEX CONCURRENTLY IF EXISTS cases_handover_by_licence",
    "CREATE UNIQUE INDEX CONCURRENTLY cases_handover_by_licence ON cases_handover (licence)",
    """ALTER TABLE cases_handover DROP CONSTRAINT cases_handover_pkey,
       ADD CONSTRAINT cases_handover_pkey PRIMARY KEY USING INDEX cases_handover_by_licence""",
)
OLD_KEY = (  # fails where a procedure has brought several, as it must
    "ALTER TABLE cases_handover DROP CONSTRAINT cases_handover_pkey, ADD PRIMARY KEY (procedure_id)",
)
BY_PROCEDURE = (
    "DROP INDEX CONCURRENTLY IF EXISTS cases_handover_by_procedure",
    "CREATE INDEX CONCURRENTLY cases_handover_by_procedure ON cases_handover (procedure_id)",
)


class Migration(migrations.Migration):
    """Exchange the key while others write; a broken run is gone through again."""

    atomic = False
    dependencies = [("cases", "0017_party_died")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(BY_PROCEDURE, BY_PROCEDURE[:1]),
                migrations.RunSQL(NEW_KEY, OLD_KEY),
            ],
            state_operations=[
                migrations.AlterField(
                    "handover",
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="cases.procedure"
                    ),
                ),
                migrations.AlterField("handover", "licence", models.UUIDField(primary_key=True, serialize=False)),
            ],
        )
    ]
