"""The database's own guards: case numbers, an append-only ledger, decisions for good, and heads to be sealed."""

from django.db import migrations

GUARD = """
CREATE SEQUENCE case_number_seq;

CREATE FUNCTION cases_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.body IS NULL AND NEW.salt IS NULL
       AND (NEW.case_id, NEW.seq, NEW.at, NEW.kind, NEW.digest, NEW.previous, NEW.hash)
           IS NOT DISTINCT FROM (OLD.case_id, OLD.seq, OLD.at, OLD.kind, OLD.digest, OLD.previous, OLD.hash) THEN
        RETURN NEW;  -- erased by law: the digest stays
    END IF;
    RAISE EXCEPTION 'cases_entry is append-only';
END $$;
CREATE TRIGGER cases_entry_is_kept BEFORE UPDATE OR DELETE ON cases_entry
    FOR EACH ROW EXECUTE FUNCTION cases_entry_is_kept();

CREATE FUNCTION cases_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is for good', TG_TABLE_NAME;
END $$;
CREATE TRIGGER cases_decision_is_kept BEFORE UPDATE OR DELETE ON cases_decision
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
CREATE TRIGGER cases_checkpoint_is_kept BEFORE UPDATE OR DELETE ON cases_checkpoint
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
CREATE TRIGGER cases_case_is_kept BEFORE DELETE ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
CREATE TRIGGER cases_procedure_is_kept BEFORE DELETE ON cases_procedure
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();

CREATE FUNCTION cases_head_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_movedhead ("case") SELECT DISTINCT case_id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_head_moved AFTER INSERT ON cases_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION cases_head_moved();
"""
UNGUARD = """
DROP TRIGGER cases_head_moved ON cases_entry;
DROP TRIGGER cases_procedure_is_kept ON cases_procedure;
DROP TRIGGER cases_case_is_kept ON cases_case;
DROP TRIGGER cases_checkpoint_is_kept ON cases_checkpoint;
DROP TRIGGER cases_decision_is_kept ON cases_decision;
DROP TRIGGER cases_entry_is_kept ON cases_entry;
DROP FUNCTION cases_head_moved();
DROP FUNCTION cases_row_is_kept();
DROP FUNCTION cases_entry_is_kept();
DROP SEQUENCE case_number_seq;
"""


class Migration(migrations.Migration):
    """Guard the tables of cases."""

    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
