"""Who comes in, and what he sees there: tokens, scopes, limits, and everybody's own things only."""

import base64

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from onevisit.machines.actions import close_client, new_secret
from onevisit.people.models import Look
from tests.api.filing import file_case, procedure
from tests.fixtures.people import actor
from tests.fixtures.programs import V1
from tests.office.filing import FIRST
from tests.office.filing import file_case as file_on_pages

FORM = "application/x-www-form-urlencoded"


def ask_token(body: str, **headers: str):
    return Client().post(f"{V1}/token", body, content_type=FORM, headers=headers)


def basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def test_a_token_by_basic_or_in_the_form_for_some_of_the_scopes(mine):
    by_basic = ask_token("grant_type=client_credentials", Authorization=basic(mine.name, mine.secret))
    assert by_basic.status_code == 200
    assert by_basic.json()["expires_in"] == 900 and by_basic["Cache-Control"] == "no-store"
    asked = f"grant_type=client_credentials&client_id={mine.name}&client_secret={mine.secret}&scope=plan:read"
    narrow = ask_token(asked).json()
    assert narrow["scope"] == "plan:read"
    answer = Client().get(f"{V1}/cases", headers={"Authorization": f"Bearer {narrow['access_token']}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("grant_type=client_credentials&client_id=xiaoman-app&client_secret=wrong", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=nobody&client_secret=wrong", 401, "invalid_client"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("grant_type=password&client_id=xiaoman-app&client_secret=SECRET", 400, "unsupported_grant_type"),
        ("client_id=xiaoman-app&client_secret=SECRET", 400, "unsupported_grant_type"),
        (
            "grant_type=client_credentials&client_id=xiaoman-app&client_secret=SECRET&scope=decide:write",
            400,
            "invalid_scope",
        ),
    ],
)
def test_no_token_for_who_does_not_prove_himself(mine, body, status, error):
    answer = ask_token(body.replace("SECRET", mine.secret))
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.content


def test_a_real_installation_gives_no_token_without_tls(mine, settings):
    settings.DEMO = False
    body = f"grant_type=client_credentials&client_id={mine.name}&client_secret={mine.secret}"
    assert ask_token(body).status_code >= 400
    secure = Client().post(f"{V1}/token", body, content_type=FORM, secure=True)
    assert secure.status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic eDp5"])
def test_without_a_token_of_ours_nothing(mine, header):
    answer = Client().get(f"{V1}/cases", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_cookie_of_the_pages_opens_nothing_here(mine, sign_in, client):
    sign_in("xiaoman")
    assert client.get(f"{V1}/cases").status_code == 401


def test_a_closed_client_and_an_old_secret_end_within_a_minute(mine, market):
    close_client(mine.name)
    new_secret(market.name)
    cache.clear()  # the minute
    assert mine.get("/cases").status_code == 401
    assert market.get("/inbox").status_code == 401
    form = f"grant_type=client_credentials&client_id={mine.name}&client_secret={mine.secret}"
    assert ask_token(form).status_code == 401


def test_who_asks_too_often_is_told_when_to_come_back(mine, settings):
    cache.clear()
    settings.API_RATE = 3
    answers = [mine.get("/cases") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60" and answers[-1].json()["code"] == "too-often"
    settings.API_RATE = 20  # programs behind one address are counted one by one, on what is public too
    assert [Client().get(f"{V1}/events").status_code for _ in range(3)] == [200, 200, 429]
    cache.clear()
    assert {mine.get("/events").status_code for _ in range(20)} == {200}
    assert mine.get("/events").status_code == mine.get("/cases").status_code == 429
    assert Client().get(f"{V1}/events").status_code == 200, "who has no token is counted by himself"
    assert Client().get(f"{V1}/events", headers={"Authorization": "Bearer nonsense"}).status_code == 200
    assert Client().get(f"{V1}/events").status_code == 429, "a token that is none gives nothing"


def test_a_program_sees_only_what_it_submitted_itself(content, register, accounts, mine, program):
    person = actor(accounts["xiaoman"])
    on_pages = file_on_pages(person, timezone.now())
    number = file_case(mine)
    assert [row["number"] for row in mine.get("/cases").json()["items"]] == [number]
    assert mine.get(f"/cases/{on_pages}").json()["code"] == "not-found"
    assert mine.post(f"/cases/{on_pages}/withdrawal").status_code == 404
    other = program("other-app", applicant="xiaoman")
    assert other.get(f"/cases/{number}").status_code == 404
    look = Look.objects.filter(refused=True, subject=person.person).latest("at")
    assert look.account != person.account


def test_the_person_sees_on_the_pages_what_his_program_did(content, register, mine, sign_in, client):
    number = file_case(mine)
    sign_in("xiaoman")
    assert number in client.get("/cases").content.decode()


def test_an_agency_reaches_its_own_procedures_only_and_leaves_its_name(content, register, mine, market, fire):
    one = procedure(mine, file_case(mine), FIRST)
    assert fire.get(f"/procedures/{one}").status_code == 404
    assert fire.post(f"/procedures/{one}/grant").status_code == 404
    assert fire.post(f"/procedures/{one}/acceptance", If_Match='"1-x"').status_code == 404
    assert market.get(f"/procedures/{one}").status_code == 200
    granted, refused = Look.objects.filter(refused=False).latest("at"), Look.objects.filter(refused=True).first()
    assert (granted.name, granted.agency) == ("market-system（示范）", "market-supervision")
    assert refused is not None and refused.agency == "fire-rescue"


def test_scopes_keep_applicants_and_agencies_apart(mine, market):
    assert mine.get("/inbox").json()["code"] == "scope-missing"
    assert market.post("/drafts", {"event": "open-restaurant"}).json()["code"] == "scope-missing"


def test_nobody_signs_in_as_a_program(mine, client):
    answer = client.post("/sign-in", {"username": f"machine:{mine.name}", "password": mine.secret})
    assert answer.status_code != 302
