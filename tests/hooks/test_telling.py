"""What happens to a case is told, signed, to whom it concerns and to nobody else; nothing is lost on the way."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from onevisit.cases.actions.tell_machines import TYPES
from onevisit.cases.models import Outgoing
from onevisit.cases.tasks import tell_machines
from onevisit.config.cli import hooks as command
from onevisit.config.cli import main
from onevisit.core.catalogue import Regime
from onevisit.core.law.procedure import TABLES, State
from onevisit.hooks.actions import deliver, replay_since
from onevisit.hooks.models import Endpoint, Message
from onevisit.hooks.rules import EVENTS, FIRST_WAIT
from onevisit.payments.actions import give_back_at_window, pay_at_window
from onevisit.payments.queries import bill
from onevisit.payments.values import Way
from tests.api.filing import file_case, procedure
from tests.api.sale import file_sale, sale  # noqa: F401 - a fixture
from tests.cases.parties.conftest import CLERK
from tests.office.filing import FIRST


@pytest.fixture
def listens(listener):
    """Register the listener for a program; its secret."""

    def _listens(program, *events: str) -> str:
        made = program.post("/webhooks", {"url": listener.url, "events": list(events or EVENTS)})
        assert made.status_code == 201, made.content
        return made.json()["secret"]

    return _listens


def told(now: datetime | None = None) -> int:
    at = now or timezone.now()
    tell_machines(at)
    return deliver(at)


def bodies(listener) -> list[dict]:
    return [json.loads(body) for _, body in listener.got]


def test_an_applicants_program_is_told_of_its_case(content, register, mine, market, listener, listens):
    secret = listens(mine)
    number = file_case(mine)
    one = procedure(mine, number, FIRST)
    market.post(f"/procedures/{one}/acceptance")
    licence = market.post(f"/procedures/{one}/grant").json()["licence_number"]
    mine.post(f"/cases/{number}/withdrawal")
    while told():
        pass
    found = bodies(listener)
    kinds = [one["type"] for one in found]
    assert kinds.count("case.submitted") == 1
    assert {"procedure.accepted", "procedure.decided", "licence.issued", "procedure.withdrawn"} <= set(kinds)
    assert all(one["data"]["case"] == number for one in found)
    decided = next(one for one in found if one["type"] == "procedure.decided")
    assert decided["data"]["outcome"] == "granted" and decided["data"]["procedures"][0]["id"] == one
    assert next(one for one in found if one["type"] == "licence.issued")["data"]["licence"] == licence
    headers, body = listener.got[0]
    assert Webhook(secret).verify(body, headers) == found[0]
    assert headers["webhook-id"].startswith("msg_")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"case", b"kase"), headers)
    assert "王小满" not in b"".join(body for _, body in listener.got).decode()


def test_an_agency_is_told_of_its_own_procedures_only(content, register, mine, market, fire, listener, listens):
    listens(fire, "procedure.accepted")
    one = procedure(mine, file_case(mine), FIRST)
    market.post(f"/procedures/{one}/acceptance")
    told()
    assert listener.got == []
    listens(market, "case.submitted")
    number = file_case(mine)
    told()
    (only,) = bodies(listener)
    assert only["data"]["case"] == number
    assert {found["agency"] for found in only["data"]["procedures"]} == {"market-supervision"}


def test_a_program_is_not_told_of_anothers_case(content, register, mine, program, listener, listens):
    listens(program("other-app", applicant="qiushi"))
    file_case(mine)
    assert told() == 0 and listener.got == []


def test_the_correction_notice(content, register, mine, market, fire, listener, listens):
    listens(mine, "case.correction_told")
    number = file_case(mine)
    own = mine.get(f"/cases/{number}").json()["procedures"]
    first, *others = [one for one in own if one["agency"] == "market-supervision"]
    work = market.get(f"/procedures/{first['id']}").json()
    item = {"fact": next(f["key"] for f in work["facts"] if f["key"] == "matter.shop_name"), "what": "请写全名"}
    assert market.post(f"/procedures/{first['id']}/missing", {"items": [item]}).status_code == 200
    for one in others:
        assert market.post(f"/procedures/{one['id']}/acceptance").status_code == 200
    for one in own:
        if one["agency"] == "fire-rescue":
            assert fire.post(f"/procedures/{one['id']}/acceptance").status_code == 200
    case = mine.get(f"/cases/{number}").json()
    told()
    (only,) = bodies(listener)
    assert only["data"]["due"] == case["correction"]["due"]
    (asked,) = case["correction"]["items"]
    supplied = mine.post(f"/cases/{number}/supplement", {"facts": {asked["fact"]: "小满手工面馆"}})
    assert supplied.status_code == 200, supplied.content
    assert supplied.json()["correction"]["items"][0]["supplied"]


def test_a_bill_is_paid_and_money_goes_back(sale, mine, program, listener, listens):  # noqa: F811
    """The agency that the fee is for is told of its own procedure, another of the case is not."""
    listens(mine, "bill.paid", "bill.refunded")
    number = file_sale(mine)
    (due,) = mine.get(f"/cases/{number}/bills").json()["items"]
    way = {"way": Way.POS, "amount": Decimal(due["total"]), "receipt_number": "POS-1"}
    pay_at_window(UUID(due["id"]), **way, by=CLERK, now=timezone.now())
    told()
    (paid,) = bodies(listener)
    assert (paid["type"], paid["data"]["bill"]) == ("bill.paid", due["id"])
    assert {one["service"] for one in paid["data"]["procedures"]} == {"tax", "transfer"}
    listens(program("tax-system", agency="tax"), "bill.refunded")
    listens(program("other-agency", agency="market-supervision"), "bill.refunded")
    assert mine.post(f"/cases/{number}/withdrawal").status_code == 200
    (refund,) = [one.refund for one in bill(UUID(due["id"])).money if one.refund]
    assert told() == 0, "ordered is not given back"
    give_back_at_window(refund, receipt_number="POS-2", by=CLERK, now=timezone.now())
    assert told() == 2
    mine_told, tax_told = sorted(bodies(listener)[1:], key=lambda one: -len(one["data"]["procedures"]))
    assert mine_told["type"] == tax_told["type"] == "bill.refunded"
    assert [one["service"] for one in tax_told["data"]["procedures"]] == ["tax"]


def test_an_act_that_fails_tells_nothing(content, register, mine, market, listener, listens):
    listens(mine)
    one = procedure(mine, file_case(mine), FIRST)
    told()
    before = len(listener.got)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert market.post(f"/procedures/{one}/acceptance").status_code == 200
        assert Outgoing.objects.exists()
        raise ZeroDivisionError
    assert not Outgoing.objects.exists()
    assert told() == 0 and len(listener.got) == before


def test_nobody_listens_nothing_is_noted(content, register, mine):
    file_case(mine)
    assert not Outgoing.objects.exists()


def test_who_does_not_answer_is_asked_again_later_and_later(content, register, mine, listener, listens):
    secret = listens(mine, "case.submitted")
    listener.status = 503
    file_case(mine)
    now = datetime.now(UTC)
    assert told(now) == 1
    assert told(now + timedelta(seconds=4)) == 0
    assert told(now + timedelta(seconds=6)) == 1
    assert told(now + timedelta(seconds=12)) == 0
    listener.status = 200
    assert told(now + timedelta(seconds=17)) == 1
    assert told(now + timedelta(days=9)) == 0
    message = Message.objects.get()
    assert message.delivered_at and message.attempts == 3 and message.said == "HTTP 200"
    assert len({headers["webhook-id"] for headers, _ in listener.got}) == 1
    assert secret.startswith("whsec_")


def test_given_up_and_sent_again_by_the_operator(content, register, mine, listener, listens, capsys):
    listens(mine, "case.submitted")
    listener.status = 500
    file_case(mine)
    at = datetime.now(UTC)
    tell_machines(at)
    for _ in range(40):
        at += timedelta(hours=13)
        deliver(at)
    message = Message.objects.get()
    assert message.next_try_at is None and not message.delivered_at
    tried = len(listener.got)
    listener.status = 200
    assert main(["hooks", "replay", str(message.pk)]) == 0
    assert told() == 1 and len(listener.got) == tried + 1
    assert main(["hooks", "list"]) == 0
    assert "delivered" in capsys.readouterr().out
    assert replay_since(message.created_at, now=timezone.now()) == 0
    assert main(["hooks", "replay"]) == 1
    assert main(["hooks", "replay", "019ac1f2-0000-7000-8000-000000000000"]) == 1
    assert command._moment("2026-11-30T09:00").tzinfo


def test_many_at_once_that_fail_are_one_failure(content, register, mine, listener, listens):
    """Else eight that were sent in one second would rest the address for ten minutes."""
    listens(mine, "case.submitted")
    listener.status = 503
    for _ in range(3):
        file_case(mine)
    now = datetime.now(UTC)
    tell_machines(now)
    assert deliver(now) == 3
    of = Endpoint.objects.get()
    assert (of.failures, of.rests_until) == (1, now + FIRST_WAIT)
    later = now + timedelta(seconds=6)
    assert deliver(later) == 3
    of.refresh_from_db()
    assert (of.failures, of.rests_until) == (2, later + 2 * FIRST_WAIT)


def test_a_closed_program_is_told_nothing_more(content, register, mine, listener, listens, capsys):
    listens(mine, "case.submitted")
    file_case(mine)
    tell_machines(timezone.now())
    assert main(["client", mine.name, "--close"]) == 0
    assert "addresses that end with it: 1" in capsys.readouterr().out
    assert deliver(timezone.now()) == 0 and listener.got == []
    assert Endpoint.objects.get().removed_at is not None
    file_case(mine)  # its token is good for another minute
    assert not Outgoing.objects.exists()
    late = mine.post("/webhooks", {"url": listener.url, "events": ["case.submitted"]})
    assert (late.status_code, late.json()["code"]) == (403, "program-closed")


def test_gone_is_gone(content, register, mine, listener, listens):
    listens(mine, "case.submitted")
    listener.status = 410
    file_case(mine)
    file_case(mine)
    told()
    assert Endpoint.objects.get().removed_at is not None
    assert not Message.objects.filter(next_try_at__isnull=False).exists()
    assert mine.get("/webhooks").json()["items"] == []


def test_addresses_are_registered_shown_and_taken_away(mine, market, listener, listens):
    listens(mine)
    (only,) = mine.get("/webhooks").json()["items"]
    assert only["url"] == listener.url and "secret" not in only
    twice = mine.post("/webhooks", {"url": listener.url, "events": ["case.submitted"]})
    assert (twice.status_code, twice.json()["code"]) == (409, "webhook-exists")
    inside = mine.post("/webhooks", {"url": "https://10.0.0.1/", "events": ["case.submitted"]})
    assert (inside.status_code, inside.json()["code"]) == (422, "bad-webhook-url")
    assert market.send("DELETE", f"/webhooks/{only['id']}").status_code == 404
    assert mine.send("DELETE", f"/webhooks/{only['id']}").json() == {"items": []}


def test_a_real_installation_takes_no_address_of_this_machine(mine, listener, settings):
    settings.HOOKS_LOCAL = False
    refused = mine.post("/webhooks", {"url": listener.url, "events": ["case.submitted"]})
    assert refused.json()["code"] == "bad-webhook-url"


def test_the_triggers_kinds_are_those_of_the_code():
    kinds = import_module("onevisit.cases.migrations.0017_party_died").KINDS
    assert set(re.findall(r"'([a-z_]+[.][a-z_]+)'", kinds)) == set(TYPES)


@pytest.mark.parametrize("regime", Regime)
def test_what_a_body_of_any_regime_does_is_told(regime):
    rows = [(before, row) for (before, _, _), row in TABLES[regime].items()]
    decided = {row.kind for _, row in rows if row.to in (State.GRANTED, State.REFUSED, State.NOT_ACCEPTED)}
    assert decided and {TYPES.get(kind) for kind in decided} == {"procedure.decided"}
    accepted = {row.kind for before, row in rows if row.to is State.ACCEPTED and before is not State.ACCEPTED}
    assert accepted and {TYPES.get(kind) for kind in accepted} == {"procedure.accepted"}
    gone = {row.kind for _, row in rows if row.to is State.WITHDRAWN}
    assert {TYPES.get(kind) for kind in gone} == {"procedure.withdrawn"}
