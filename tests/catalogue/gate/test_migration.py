"""The tables of before and back: what is in force stays in force, what was withdrawn never comes back by itself."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from onevisit.catalogue import actions, queries
from onevisit.catalogue.models import CatalogueVersion, VersionAct
from tests.catalogue.gate.making import card
from tests.catalogue.gate.test_actions import NOW, OFFICE, TODAY, in_force, opened

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name: str) -> None:
    call_command("migrate", "catalogue", name, verbosity=0)


def rows(what: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM catalogue_catalogueversion ORDER BY id")
        return cursor.fetchall()


def test_there_and_back():
    queries.forget()
    kept, withdrawn = in_force(), in_force(TODAY + timedelta(days=31), days=4)
    actions.withdraw_version(withdrawn, "写错了", by=OFFICE, now=NOW)
    opened(days=3)
    actions.draft_version(card(days=2), by=OFFICE, now=NOW)
    before = rows("id, snapshot, document::text, proof::text")
    try:
        migrate("0001_initial")
        assert rows("id, snapshot, document::text, proof::text") == before[:2], "drafts go, what was published stays"
        assert [str(day) for (day,) in rows("in_force_from")] == [str(TODAY + timedelta(days=30)), "9999-12-31"]
        with connection.cursor() as cursor:  # a program of before publishes
            cursor.execute(
                "INSERT INTO catalogue_catalogueversion SELECT gen_random_uuid(), region, 'other', 's', document,"
                ' proof || \'{"published_by": "系统"}\', in_force_from, published_at FROM catalogue_catalogueversion'
                " ORDER BY id LIMIT 1"
            )
    finally:
        migrate("0003_acts_and_comments_are_kept")
    states = {row.pk: row.state for row in CatalogueVersion.objects.exclude(event="other")}
    assert states == {kept: "published", withdrawn: "withdrawn"}
    act = VersionAct.objects.get(version__event="other")
    assert (act.kind, act.name, act.role, act.body) == ("put_at_once", "系统", "system", {"day": "2026-12-24"})
    assert CatalogueVersion.objects.get(event="other").proved_at is not None


def test_a_program_of_before_can_still_publish_on_the_new_tables():
    """While an installation is brought up to date both run: rows without a state are in force."""
    in_force()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_catalogueversion (id, region, event, snapshot, document, proof, in_force_from,"
            " published_at) SELECT gen_random_uuid(), region, 'other', 's', document, proof, in_force_from,"
            " published_at FROM catalogue_catalogueversion"
        )
    assert CatalogueVersion.objects.get(event="other").state == "published"
