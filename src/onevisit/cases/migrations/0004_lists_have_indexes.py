"""Lists of cases and of open drafts are read in the order of an index. Built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q

ADDED = (
    ("case", Index(fields=["account", "-id"], name="cases_of_account")),
    ("case", Index(fields=["person", "-id"], condition=Q(organisation=None), name="cases_of_person")),
    (
        "case",
        Index(fields=["organisation", "-id"], condition=Q(organisation__isnull=False), name="cases_of_organisation"),
    ),
    ("case", Index(fields=["hall", "-id"], condition=Q(walk_in=True), name="cases_of_hall")),
    (
        "draft",
        Index(fields=["account", "-updated_at"], condition=Q(submitted_case=None), name="open_drafts_of_account"),
    ),
    (
        "draft",
        Index(
            fields=["hall", "-updated_at"],
            condition=Q(submitted_case=None, walk_in=True),
            name="open_drafts_of_hall",
        ),
    ),
)
REMOVED = (("case", "case_of_account"), ("case", "case_of_person"), ("draft", "draft_of_account"))


class Migration(migrations.Migration):
    """Exchange the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0003_attendance"), ("people", "0002_looks_are_kept")]
    operations = [
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for _, index in ADDED], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently(model, index) for model, index in ADDED),
        *(RemoveIndexConcurrently(model, name) for model, name in REMOVED),
    ]
