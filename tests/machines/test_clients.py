"""Programs are made, renewed and closed by the operator; their secrets are known to nobody here."""

import pytest
from django.db import connection
from django.utils import timezone

from onevisit.config.cli import main
from onevisit.machines.actions import begin, finish, forget_old, make_client, new_secret
from onevisit.machines.actions.once import KEPT, WORKS
from onevisit.machines.errors import BadName, BadScope, ClientClosed, KeyInUse, KeyReused, NameTaken
from onevisit.machines.models import Answer, Client
from onevisit.machines.queries import client, proves
from onevisit.machines.rules import fingerprint
from onevisit.people.errors import NoSuchAccount
from onevisit.people.queries import machine


def make(name: str, **more: object) -> str:
    more = {"title": "示范", "scopes": ["plan:read"], "now": timezone.now(), "applicant": "xiaoman", **more}
    return make_client(name, **more)


def test_the_secret_is_kept_as_its_hash_only(accounts):
    secret = make("one")
    assert proves("one", secret) and not proves("one", secret + "x") and not proves("two", secret)
    assert secret not in repr(Client.objects.values())


def test_it_acts_for_the_person_of_the_account(accounts):
    make("one")
    by = machine(client("one").account)
    assert by.person == accounts["xiaoman"].person_id and by.machine
    assert by.account != accounts["xiaoman"].pk


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": "UPPER"}, BadName),
        ({"name": "x"}, BadName),
        ({"scopes": ["decide:write"]}, BadScope),
        ({"scopes": []}, BadScope),
        ({"applicant": "nobody"}, NoSuchAccount),
        ({"applicant": "officer"}, NoSuchAccount),
        ({"name": "taken"}, NameTaken),
        ({"applicant": "", "agency": "market-supervision", "scopes": ["case:write"]}, BadScope),
    ],
)
def test_what_is_refused(accounts, more, refusal):
    make("taken")
    name = more.pop("name", "fine")
    with pytest.raises(refusal):
        make(name, **more)
    assert Client.objects.count() == 1


def test_the_operators_command(accounts, content, capsys):
    assert main(["client", "till", "--title", "收银", "--account", "xiaoman"]) == 0
    secret = capsys.readouterr().out.split()[3]
    assert proves("till", secret)
    assert main(["client", "list"]) == 0
    assert "收银" in capsys.readouterr().out
    assert main(["client", "till", "--renew"]) == 0
    assert not proves("till", secret)
    assert main(["client", "till", "--close"]) == 0
    assert machine(client("till").account) is None
    assert main(["client", "system", "--agency", "market-supervision", "--scopes", "decide:read"]) == 0
    assert client("system").scopes == {"decide:read"}
    for wrong in (["client", "x1"], ["client", "x1", "--agency", "nobody"], ["client", "x1", "--renew"]):
        assert main(wrong) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_closed_client_is_shown_as_closed_and_gets_no_other_secret(accounts, capsys):
    secret = make("one")
    make("two")
    assert main(["client", "one", "--close"]) == 0
    assert "addresses that end with it: 0" in capsys.readouterr().out
    assert main(["client", "list"]) == 0
    lines = {line.split()[0]: line.split()[-1] for line in capsys.readouterr().out.splitlines()}
    assert lines == {"one": "closed", "two": "plan:read"}
    assert main(["client", "one", "--renew"]) == 1
    assert "one" in (said := capsys.readouterr().err) and "Traceback" not in said
    with pytest.raises(ClientClosed):
        new_secret("one")
    assert proves("one", secret)


def test_one_key_one_request(accounts):
    who, now = accounts["xiaoman"].pk, timezone.now()
    assert begin(who, "k", b"a", now=now) is None
    with pytest.raises(KeyInUse):
        begin(who, "k", b"a", now=now)
    assert begin(who, "k", b"a", now=now + WORKS * 2) is None  # the first has died
    finish(who, "k", 201, "{}")
    assert begin(who, "k", b"a", now=now).status == 201
    with pytest.raises(KeyReused):
        begin(who, "k", b"b", now=now)
    assert begin(accounts["qiushi"].pk, "k", b"b", now=now) is None


def test_answers_are_forgotten_after_a_week(accounts):
    now = timezone.now()
    begin(accounts["xiaoman"].pk, "old", b"a", now=now - KEPT * 2)
    begin(accounts["xiaoman"].pk, "new", b"a", now=now)
    assert forget_old(now) == 1
    assert Answer.objects.get().key == "new"


def test_an_answer_that_is_forgotten_while_it_is_asked_for_is_not_there_yet(accounts):
    who, now = accounts["xiaoman"].pk, timezone.now()
    begin(who, "k", b"a", now=now - KEPT * 2)
    finish(who, "k", 201, "{}")

    def forgetting(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.lstrip().startswith("INSERT"):
            assert forget_old(now) == 1
        return done

    with connection.execute_wrapper(forgetting), pytest.raises(KeyInUse):
        begin(who, "k", b"a", now=now)
    assert begin(who, "k", b"a", now=now) is None


def test_no_two_requests_have_one_fingerprint():
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")
