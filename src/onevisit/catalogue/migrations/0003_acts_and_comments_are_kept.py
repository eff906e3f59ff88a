"""What was done and said is kept by the database itself; versions of before get the acts that made them.

Back: drafts, comments and acts have no place in the earlier tables and go; a version that was withdrawn after it had
been in force stays for its cases, in force from a day that never comes, and forward again it is withdrawn.
"""

from django.db import migrations

NEVER = "9999-12-31"
FORWARD = f"""
UPDATE catalogue_catalogueversion SET proved_at = published_at WHERE proof IS NOT NULL AND proved_at IS NULL;
UPDATE catalogue_catalogueversion SET state = 'withdrawn' WHERE in_force_from = DATE '{NEVER}';
INSERT INTO catalogue_versionact (id, version_id, kind, at, account, name, role, body)
    SELECT gen_random_uuid(), id, 'put_at_once', published_at, NULL, coalesce(proof->>'published_by', ''), 'system',
           jsonb_build_object('day', in_force_from::text)
    FROM catalogue_catalogueversion WHERE state = 'published';

CREATE FUNCTION catalogue_act_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'catalogue_versionact is append-only';
END $$;
CREATE TRIGGER catalogue_act_is_kept BEFORE UPDATE OR DELETE ON catalogue_versionact
    FOR EACH ROW EXECUTE FUNCTION catalogue_act_is_kept();

CREATE FUNCTION catalogue_comment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.version_id, OLD.key, OLD.name, OLD.text, OLD.at, OLD.account)
        IS DISTINCT FROM (NEW.version_id, NEW.key, NEW.name, NEW.text, NEW.at, NEW.account) THEN
        RAISE EXCEPTION 'catalogue_publiccomment keeps what was said';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_comment_is_kept BEFORE UPDATE OR DELETE ON catalogue_publiccomment
    FOR EACH ROW EXECUTE FUNCTION catalogue_comment_is_kept();

CREATE FUNCTION catalogue_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'a version that was published is kept';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.snapshot <> NEW.snapshot OR OLD.document IS DISTINCT FROM NEW.document THEN
        RAISE EXCEPTION 'the document of a version is kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_version_is_kept BEFORE UPDATE OR DELETE ON catalogue_catalogueversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_version_is_kept();
"""
BACKWARD = f"""
DROP TRIGGER catalogue_version_is_kept ON catalogue_catalogueversion;
DROP FUNCTION catalogue_version_is_kept();
DROP TRIGGER catalogue_comment_is_kept ON catalogue_publiccomment;
DROP FUNCTION catalogue_comment_is_kept();
DROP TRIGGER catalogue_act_is_kept ON catalogue_versionact;
DROP FUNCTION catalogue_act_is_kept();
DELETE FROM catalogue_publiccomment;
DELETE FROM catalogue_versionact;
DELETE FROM catalogue_listentry;
DELETE FROM catalogue_catalogueversion WHERE published_at IS NULL;
UPDATE catalogue_catalogueversion SET in_force_from = DATE '{NEVER}' WHERE state <> 'published';
"""


class Migration(migrations.Migration):
    """Guard the tables, and tell where the versions of before came from."""

    dependencies = [("catalogue", "0002_publishing_gate")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
