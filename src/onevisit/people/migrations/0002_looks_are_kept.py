"""The log of looks is append-only: the database itself refuses to change or remove a row."""

from django.db import migrations

GUARD = """
CREATE FUNCTION people_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'people_look is append-only';
END $$;
CREATE TRIGGER people_look_is_kept BEFORE UPDATE OR DELETE ON people_look
    FOR EACH ROW EXECUTE FUNCTION people_look_is_kept();
"""
UNGUARD = """
DROP TRIGGER people_look_is_kept ON people_look;
DROP FUNCTION people_look_is_kept();
"""


class Migration(migrations.Migration):
    """Guard people_look."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
