"""A case through the API alone."""

import io

from tests.fixtures.files import picture
from tests.fixtures.programs import Program
from tests.fixtures.shop import SHOP, typed


def facts() -> dict[str, object]:
    """The shop's answers in JSON."""
    values = {"true": True, "false": False}
    return {key: values.get(text, text) for key, text in typed(SHOP).items()} | {"matter.area": 120}


def ready(mine: Program) -> str:
    """A draft with everything in it; its id."""
    made = mine.post("/drafts", {"event": "open-restaurant"})
    assert made.status_code == 201, made.content
    draft = made.json()["id"]
    answered = mine.send("PATCH", f"/drafts/{draft}", {"facts": facts(), "confirm": "all"})
    assert answered.status_code == 200, answered.content
    upload_all(mine, draft, answered.json()["needed"])
    return str(draft)


def upload_all(mine: Program, draft: str, needed: list[dict]) -> None:
    """A picture for everything that is needed."""
    for need in needed:
        file = io.BytesIO(picture("PNG"))
        file.name = "scan.png"
        uploaded = mine.upload(f"/drafts/{draft}/documents", file, slot=need["slot"])
        assert uploaded.status_code == 201, uploaded.content


def file_case(mine: Program) -> str:
    """Submit it; the case's number."""
    done = mine.post(f"/drafts/{ready(mine)}/submission", {"declared": True})
    assert done.status_code == 201, done.content
    return str(done.json()["number"])


def procedure(mine: Program, number: str, service: str) -> str:
    """The id of a service's procedure."""
    found = mine.get(f"/cases/{number}").json()["procedures"]
    return str(next(one["id"] for one in found if one["service"] == service))
