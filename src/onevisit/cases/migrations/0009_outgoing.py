"""Entries of which programs may want to be told are noted, in the same statement, as long as somebody listens."""

from django.db import migrations, models

NOTE = """
CREATE FUNCTION cases_entry_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM hooks_endpoint WHERE removed_at IS NULL) THEN
        INSERT INTO cases_outgoing ("case", seq)
        SELECT case_id, seq FROM written
        WHERE kind IN (
            'case.submitted', 'case.correction_told', 'procedure.accepted', 'procedure.accepted_by_silence',
            'procedure.granted', 'procedure.recorded', 'procedure.refused', 'procedure.not_accepted',
            'procedure.withdrawn', 'procedure.lapsed', 'licence.issued', 'licence.revoked'
        )
        ORDER BY case_id, seq;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_entry_goes_out AFTER INSERT ON cases_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION cases_entry_goes_out();
"""
FORGET = """
DROP TRIGGER cases_entry_goes_out ON cases_entry;
DROP FUNCTION cases_entry_goes_out();
"""


class Migration(migrations.Migration):
    """The table and the trigger that fills it."""

    dependencies = [("cases", "0008_parties"), ("hooks", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case", models.UUIDField()),
                ("seq", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
