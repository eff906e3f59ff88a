"""The credit code of the business that holds a licence: a licence proves something for its holder only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column has its default in the database, so that servers of the version before go on writing."""

    dependencies = [("licences", "0003_lists_have_indexes")]

    operations = [migrations.AddField("licence", "holder_code", models.TextField(default="", db_default=""))]
