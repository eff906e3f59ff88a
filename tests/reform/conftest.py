"""The card as a draft of the reform office, through its own pages."""

import io
from collections.abc import Callable

import pytest

from onevisit.catalogue import queries
from tests.catalogue.gate.making import card, sent_in


def file(content: bytes) -> io.BytesIO:
    made = io.BytesIO(content)
    made.name = "card.json"
    return made


@pytest.fixture
def draft(client, db, sign_in) -> Callable[..., str]:
    """Hand a card in; the address of its page."""
    queries.forget()
    sign_in("reform")

    def _draft(**more: object) -> str:
        response = client.post("/reform/versions", {"document": file(sent_in(card(**more)))})
        assert response.status_code == 302, response.content.decode()
        return response["Location"]

    yield _draft
    queries.forget()
