"""Whose a fact is, by its key."""

import pytest

from onevisit.core.facts import is_fact_of, role_of


@pytest.mark.parametrize(
    ("key", "party", "his"),
    [
        ("father.work", "father", True),
        ("seller.name", "seller[1]", True),
        ("seller[2].name", "seller[2]", True),
        ("seller[2].name", "seller[1]", False),
        ("seller.name", "seller[2]", False),
        ("matter.price", "seller[1]", False),
        ("", "seller[1]", False),
    ],
)
def test_whose_a_fact_is(key, party, his):
    assert is_fact_of(key, party) is his


@pytest.mark.parametrize(("key", "role"), [("seller[2].name", "seller"), ("seller[2]", "seller"), ("father", "father")])
def test_the_role(key, role):
    assert role_of(key) == role
