"""Steps of an applicant through the pages, for the tests."""

import io
import re

from tests.fixtures.files import picture
from tests.fixtures.shop import SHOP


def begin(client) -> str:
    """Start a draft; returns its id."""
    response = client.post("/drafts", {"event": "open-restaurant"})
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[2]


def asked(page: str) -> str:
    """The fact that the question's page asks for."""
    found = re.search(r'name="fact" value="([^"]+)"', page)
    assert found, page
    return found.group(1)


def answer_all(client, draft: str, answers: dict[str, str] | None = None) -> int:
    """Answer until the plan comes; returns how many questions there were."""
    count = 0
    while True:
        response = client.get(f"/drafts/{draft}/questions")
        if response.status_code == 302:
            assert response["Location"].endswith("/plan")
            return count
        fact = asked(response.content.decode())
        value = (SHOP | (answers or {}))[fact]
        assert client.post(f"/drafts/{draft}/questions", {"fact": fact, "value": "", fact: value}).status_code == 302
        count += 1


def fields_of(page: str) -> list[str]:
    """Names of the form's fields."""
    return list(dict.fromkeys(re.findall(r'name="((?:applicant|organisation|matter)\.[^"]+)"', page)))


def fill_form(client, draft: str) -> None:
    """Confirm what is known and fill the form until it is done."""
    for _ in range(5):
        client.post(f"/drafts/{draft}/known", {})
        page = client.get(f"/drafts/{draft}/form").content.decode()
        response = client.post(f"/drafts/{draft}/form", {key: SHOP[key] for key in fields_of(page)})
        assert response.status_code in (200, 302), response.content.decode()
        if response.status_code == 302 and response["Location"].endswith("/uploads"):
            return
    raise AssertionError("the form never ended")


def upload_all(client, draft: str) -> int:
    """Upload a picture for everything that is asked; returns how many."""
    page = client.get(f"/drafts/{draft}/uploads").content.decode()
    wanted = re.findall(r'name="evidence" value="([^"]+)"', page)
    for evidence in wanted:
        file = io.BytesIO(picture("PNG"))
        file.name = f"{evidence}.png"
        response = client.post(f"/drafts/{draft}/uploads", {"evidence": evidence, f"file-{evidence}": file})
        assert response.status_code == 302, response.content.decode()
    return len(wanted)


def submit(client, draft: str) -> str:
    """Declare and submit; returns the case's number."""
    page = client.get(f"/drafts/{draft}/check").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key, page
    response = client.post(f"/drafts/{draft}/check", {"key": key.group(1), "declared": "yes"})
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[2]


def submitted(client) -> tuple[str, str]:
    """A whole walk of who is signed in; returns draft and case number."""
    draft = begin(client)
    answer_all(client, draft)
    fill_form(client, draft)
    upload_all(client, draft)
    return draft, submit(client, draft)
