"""Each tab of an agency's inbox is read in the order of an index of its own. Built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import DateField, Func, Index, Q

FIRST = Func(
    "due",
    "check_due",
    template="COALESCE(%(expressions)s, DATE '9999-12-31')",
    output_field=DateField(),
)
OPEN = Q(state__in=["received", "waiting"])
ADDED = {
    "procedures_to_check": OPEN & Q(completeness__in=["open", "supplied"]),
    "procedures_to_decide": Q(state="accepted"),
    "procedures_waiting": OPEN & Q(completeness__in=["missing", "complete"]),
}


class Migration(migrations.Migration):
    """Exchange the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0004_lists_have_indexes")]
    operations = [
        migrations.RunSQL([f"DROP INDEX CONCURRENTLY IF EXISTS {name}" for name in ADDED], migrations.RunSQL.noop),
        *(
            AddIndexConcurrently("procedure", Index("agency", FIRST, "number", condition=which, name=name))
            for name, which in ADDED.items()
        ),
        RemoveIndexConcurrently("procedure", "inbox"),
    ]
