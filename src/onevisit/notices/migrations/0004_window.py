"""Letters on paper: which hall prints and posts one, and when it did; two more kinds."""

from django.db import migrations, models


KEPT = "{document,document_sha256,attempts,next_try_at,posted_at,posted_by}"
GUARD = f"""
CREATE OR REPLACE FUNCTION notices_notice_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a notice is never removed';
    END IF;
    IF OLD.document IS NOT NULL AND OLD.document IS DISTINCT FROM NEW.document THEN
        RAISE EXCEPTION 'the document of a notice is made once';
    END IF;
    IF OLD.document IS NOT NULL AND OLD.document_sha256 IS DISTINCT FROM NEW.document_sha256 THEN
        RAISE EXCEPTION 'the document of a notice is made once';
    END IF;
    IF OLD.posted_at IS NOT NULL AND (OLD.posted_at, OLD.posted_by) IS DISTINCT FROM (NEW.posted_at, NEW.posted_by) THEN
        RAISE EXCEPTION 'a notice is posted once';
    END IF;
    IF (to_jsonb(OLD) - '{KEPT}'::text[]) <> (to_jsonb(NEW) - '{KEPT}'::text[]) THEN
        RAISE EXCEPTION 'what a notice says never changes';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Columns for posting, and the guard that lets them be written once."""

    dependencies = [
        ("notices", "0003_supplied"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_of_known_kind",
        ),
        migrations.AddField(
            model_name="notice",
            name="paper_at",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="notice",
            name="posted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="posted_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.TextField(
                choices=[
                    ("receipt", "receipt"),
                    ("acceptance", "acceptance"),
                    ("correction", "correction"),
                    ("supplied", "supplied"),
                    ("non_acceptance", "non_acceptance"),
                    ("decision", "decision"),
                    ("revocation", "revocation"),
                    ("acceptance_revoked", "acceptance_revoked"),
                    ("delivery", "delivery"),
                ]
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("posted_at", None), models.Q(("paper_at", ""), _negated=True)),
                fields=["paper_at", "created_at", "id"],
                name="notices_to_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receipt",
                            "acceptance",
                            "correction",
                            "supplied",
                            "non_acceptance",
                            "decision",
                            "revocation",
                            "acceptance_revoked",
                            "delivery",
                        ],
                    )
                ),
                name="notice_of_known_kind",
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
