"""States of a version, what was done with it, public comment, the two public lists. What exists is published."""

import django.db.models.deletion
import onevisit.people.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="catalogue.catalogueversion",
                    ),
                ),
                ("list", models.TextField()),
                ("law", models.TextField(blank=True, default="")),
                ("article", models.TextField(blank=True, default="")),
                ("entry", models.TextField(blank=True, default="")),
                ("entry_date", models.DateField(null=True)),
                ("causes", models.TextField(blank=True, default="")),
                ("who", models.TextField(blank=True, default="")),
                ("change", models.TextField(blank=True, default="")),
                ("until", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PublicComment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.TextField()),
                ("name", models.TextField()),
                ("account", models.UUIDField(null=True)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.TextField(blank=True, default="")),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_by", models.TextField(blank=True, default="")),
                ("hidden_reason", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="VersionAct",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("account", models.UUIDField(null=True)),
                ("name", models.TextField()),
                ("role", models.TextField(blank=True, default="")),
                ("body", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="comment_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="comment_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="findings",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="proved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="catalogueversion",
            name="state",
            field=models.TextField(db_default="published", default="draft"),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="in_force_from",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="proof",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("in_force_from__isnull", False), ("proof__isnull", False), ("published_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="published_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "commenting"), _negated=True),
                    models.Q(
                        ("comment_from__isnull", False), ("comment_until__isnull", False), ("proof__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="commented_with_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="listentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("list", "not-yet"),
                        ("until__isnull", False),
                        models.Q(("causes", ""), _negated=True),
                        models.Q(("who", ""), _negated=True),
                        models.Q(("change", ""), _negated=True),
                    ),
                    models.Q(
                        ("entry_date__isnull", False),
                        ("list", "exceptions"),
                        models.Q(("law", ""), _negated=True),
                        models.Q(("article", ""), _negated=True),
                        models.Q(("entry", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="entry_is_complete",
            ),
        ),
        migrations.AddField(
            model_name="publiccomment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="catalogue.catalogueversion"
            ),
        ),
        migrations.AddField(
            model_name="versionact",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="catalogue.catalogueversion"
            ),
        ),
        migrations.AddIndex(
            model_name="publiccomment",
            index=models.Index(fields=["version", "at"], name="comments_of_version"),
        ),
        migrations.AddConstraint(
            model_name="publiccomment",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="comment_once"),
        ),
        migrations.AddIndex(
            model_name="versionact",
            index=models.Index(fields=["version", "at"], name="acts_of_version"),
        ),
    ]
