"""A draft keeps the licences that its applicant holds with their holder and number; before, it kept their types."""

from django.db import migrations

FORWARD = """
UPDATE cases_draft SET held = (
    SELECT jsonb_agg(jsonb_build_object(
        'type', one, 'code', '', 'number', '', 'title', '', 'issued', '1970-01-01', 'valid_until', ''))
    FROM jsonb_array_elements(held) one
)
WHERE jsonb_typeof(held -> 0) = 'string'
"""
BACKWARD = """
UPDATE cases_draft SET held = (SELECT jsonb_agg(DISTINCT one -> 'type') FROM jsonb_array_elements(held) one)
WHERE jsonb_typeof(held -> 0) = 'object'
"""


class Migration(migrations.Migration):
    """Without a number a licence is looked for again before its draft is submitted."""

    dependencies = [("cases", "0006_search")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
