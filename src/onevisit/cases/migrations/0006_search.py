"""Officers find cases by part of a title and procedures by the beginning of a number. Built while others write."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Func, Index, TextField
from django.db.models.functions import Collate

CHARACTERS = Func(
    "title", template="STRING_TO_ARRAY(LOWER(%(expressions)s), NULL)", output_field=ArrayField(TextField())
)
ADDED = (
    ("case", GinIndex(CHARACTERS, name="cases_by_title", fastupdate=False)),
    ("procedure", Index("agency", Collate("number", "C"), name="procedures_by_number")),
)


class Migration(migrations.Migration):
    """Add the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0005_inbox_by_tab")]
    operations = [
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for _, index in ADDED], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently(model, index) for model, index in ADDED),
    ]
