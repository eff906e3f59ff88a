"""Programs are told that a bill was paid, and that money went back."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION cases_entry_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM hooks_endpoint WHERE removed_at IS NULL) THEN
        INSERT INTO cases_outgoing ("case", seq)
        SELECT case_id, seq FROM written
        WHERE kind IN ({kinds})
        ORDER BY case_id, seq;
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = """
    'case.submitted', 'case.correction_told', 'procedure.accepted', 'procedure.accepted_by_silence',
    'procedure.granted', 'procedure.recorded', 'procedure.refused', 'procedure.not_accepted',
    'procedure.withdrawn', 'procedure.lapsed', 'licence.issued', 'licence.revoked',
    'procedure.accepted_provisionally', 'procedure.acceptance_revoked',
    'procedure.registered', 'procedure.confirmed', 'procedure.awarded', 'procedure.assessed', 'procedure.served'
"""
KINDS = f"{BEFORE.rstrip()},\n    'bill.paid', 'bill.refunded'\n"


class Migration(migrations.Migration):
    """The function with all kinds; the trigger stays."""

    dependencies = [("cases", "0012_outgoing_of_all_regimes")]
    operations = [migrations.RunSQL(FUNCTION.format(kinds=KINDS), FUNCTION.format(kinds=BEFORE))]
