"""A notice is kept as it was sent: the database itself refuses to change what it says, or to remove it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION notices_notice_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a notice is never removed';
    END IF;
    IF OLD.document IS NOT NULL THEN
        RAISE EXCEPTION 'the document of a notice is made once';
    END IF;
    IF (to_jsonb(OLD) - '{document,document_sha256,attempts,next_try_at}'::text[])
       <> (to_jsonb(NEW) - '{document,document_sha256,attempts,next_try_at}'::text[]) THEN
        RAISE EXCEPTION 'what a notice says never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notices_notice_is_kept BEFORE UPDATE OR DELETE ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_notice_is_kept();
"""
UNGUARD = """
DROP TRIGGER notices_notice_is_kept ON notices_notice;
DROP FUNCTION notices_notice_is_kept();
"""


class Migration(migrations.Migration):
    """Guard notices."""

    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
