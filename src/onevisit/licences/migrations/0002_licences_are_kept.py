"""A licence is kept as it was issued: the database itself refuses to change what it says, or to remove it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION licences_licence_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a licence is never removed';
    END IF;
    IF OLD.document IS NOT NULL THEN
        RAISE EXCEPTION 'the document of a licence is made once';
    END IF;
    IF (to_jsonb(OLD) - '{document,document_sha256,attempts,next_try_at}'::text[])
       <> (to_jsonb(NEW) - '{document,document_sha256,attempts,next_try_at}'::text[]) THEN
        RAISE EXCEPTION 'what a licence says never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licences_licence_is_kept BEFORE UPDATE OR DELETE ON licences_licence
    FOR EACH ROW EXECUTE FUNCTION licences_licence_is_kept();
CREATE FUNCTION licences_revocation_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a revocation is for good';
END $$;
CREATE TRIGGER licences_revocation_is_kept BEFORE UPDATE OR DELETE ON licences_revocation
    FOR EACH ROW EXECUTE FUNCTION licences_revocation_is_kept();
"""
UNGUARD = """
DROP TRIGGER licences_licence_is_kept ON licences_licence;
DROP FUNCTION licences_licence_is_kept();
DROP TRIGGER licences_revocation_is_kept ON licences_revocation;
DROP FUNCTION licences_revocation_is_kept();
"""


class Migration(migrations.Migration):
    """Guard licences and revocations."""

    dependencies = [("licences", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
