"""Drafts of the version before, which kept only the types of the licences that somebody holds."""

from importlib import import_module

import pytest
from django.db import connection

from onevisit.cases.actions import start_draft
from onevisit.cases.models import Draft
from onevisit.cases.queries.loading import held_of
from tests.cases.intake.conftest import EVENT
from tests.fixtures.content import REGION

MIGRATION = import_module("onevisit.cases.migrations.0007_held_licences")


@pytest.mark.django_db
def test_they_are_read_after_the_migration_and_go_back(xiaoman, now):
    mine = start_draft(EVENT, REGION, by=xiaoman, now=now)
    Draft.objects.filter(pk=mine).update(held=["business-licence", "food-licence"])
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.FORWARD)
        held = held_of(Draft.objects.get(pk=mine)).licences
        assert [one.type for one in held] == ["business-licence", "food-licence"]
        assert {(one.code, one.number) for one in held} == {("", "")}
        cursor.execute(MIGRATION.FORWARD)  # nothing is left to do
        cursor.execute(MIGRATION.BACKWARD)
    assert Draft.objects.get(pk=mine).held == ["business-licence", "food-licence"]
