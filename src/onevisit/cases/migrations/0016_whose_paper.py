"""What is missing says of which party; a column with a constant default, so that no row is rewritten or waited for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column. "", which all earlier rows have, is the applicant's own; processes of before may go on writing."""

    dependencies = [("cases", "0015_window_queue")]
    operations = [
        migrations.AddField("correctionitem", "party", models.TextField(blank=True, db_default="", default="")),
    ]
