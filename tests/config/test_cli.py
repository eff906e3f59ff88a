"""The command line: what it prints, its exit codes, and a sentence for each wrong input."""

import json

import jsonschema_rs
import pytest
import yaml
from django.conf import settings

from onevisit.config.cli import COMMANDS, main
from onevisit.config.cli.drawing import pad, width

EVENT = "open-restaurant"


@pytest.fixture
def said(capsys):
    """Run a command; (exit code, standard output, standard error)."""

    def _said(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return _said


def test_without_a_command_all_are_listed(said):
    code, out, _ = said()
    assert code == 0
    assert all(name in out for name in COMMANDS)
    assert said("nix")[0] == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(said, name):
    code, out, _ = said(name, "--help")
    assert code == 0
    assert f"onevisit {name}" in out


def test_a_plan_as_json_fits_its_published_schema(said):
    schema = json.loads(said("schema", "plan")[1])
    for more in ([], ["--walk-in"], ["--lang", "en", "--start", "2026-11-30"]):
        code, out, _ = said("plan", EVENT, "--json", *more)
        assert code == 0
        assert list(jsonschema_rs.Draft202012Validator(schema).iter_errors(json.loads(out))) == []


def test_a_plan_is_drawn(said, tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text("matter.area: 400\nmatter.kind: new_sole\nmatter.tobacco: true\nmatter.sign: none\n")
    code, out, _ = said("plan", EVENT, "--facts", facts, "--start", "2026-11-30")
    assert code == 0
    assert "2026-11-30 开始" in out
    bars = [line for line in out.splitlines() if line.count("|") == 2]
    assert len(bars) == 4
    assert len({width(line[: line.index("|")]) for line in bars}) == 1
    english = said("plan", EVENT, "--lang", "en", "--walk-in")[1]
    assert "at the counter" in english


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("matter.area: wide", "matter.area must be a number"),
        ("matter.area: 0", "must lie between"),
        ("matter.kind: club", "must be one of"),
        ("matter.tobacco: 1", "true or false"),
        ("matter.color: red", "has no fact 'matter.color'"),
        ("- a", "must map fact keys"),
        ("a: [", "cannot be read"),
    ],
)
def test_wrong_facts_say_what_was_expected(said, tmp_path, text, says):
    facts = tmp_path / "facts.yaml"
    facts.write_text(text)
    code, _, error = said("plan", EVENT, "--facts", facts)
    assert code == 1
    assert says in error
    assert error.count("\n") == 1


def test_facts_of_the_second_of_several(said, tmp_path):
    facts = tmp_path / "facts.yaml"
    facts.write_text("seller.count: 2\nseller.signs: online\nseller[2].signs: window\n")
    code, out, error = said("plan", "sell-home", "--facts", facts, "--json")
    assert code == 0, error
    assert "seller[2]" in out
    check = jsonschema_rs.Draft202012Validator(json.loads(said("schema", "facts", "sell-home")[1]))
    assert check.is_valid(yaml.safe_load(facts.read_text()))
    assert not check.is_valid({"seller[5].signs": "online"})
    facts.write_text("seller[5].signs: online\n")
    assert "no fact 'seller[5].signs'" in said("plan", "sell-home", "--facts", facts)[2]


def test_wrong_arguments(said, tmp_path):
    assert said("plan", EVENT, "--start", "tomorrow")[0] == 2
    assert "There is no life event 'nix'" in said("plan", "nix")[2]
    assert "cannot be read" in said("plan", EVENT, "--facts", tmp_path / "none")[2]
    assert "cannot be read" in said("licence", "verify", tmp_path / "none")[2]
    assert "Say which event" in said("schema", "facts")[2]


def test_a_file_that_is_no_licence(said, tmp_path, db):
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")
    assert said("licence", "verify", file)[0] == 1


def test_the_schema_of_facts_takes_a_facts_file(said):
    schema = json.loads(said("schema", "facts", EVENT)[1])
    check = jsonschema_rs.Draft202012Validator(schema)
    assert check.is_valid(yaml.safe_load("matter.area: 80"))
    assert not check.is_valid(yaml.safe_load("matter.area: wide"))
    assert json.loads(said("schema", "content")[1])["$schema"]


@pytest.mark.parametrize(("form", "folder"), [("levers", "reform"), ("illustration", "illustrations")])
def test_the_schemas_of_levers_and_illustrations_take_ours(said, form, folder):
    check = jsonschema_rs.Draft202012Validator(json.loads(said("schema", form)[1]))
    files = sorted((settings.CONTENT / folder).glob("*.yaml"))
    assert len(files) == 3
    assert all(check.is_valid(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)


def test_content_is_checked(said, tmp_path):
    code, out, _ = said("check-content")
    assert code == 0
    assert EVENT in out
    broken = tmp_path / "content"
    broken.mkdir()
    (broken / "laws.yaml").write_text("laws: [\n")
    code, _, error = said("check-content", broken)
    assert code == 1
    assert "laws.yaml" in error
    assert "There is no content" in said("check-content", tmp_path / "none")[2]


def test_the_ledger_of_an_empty_database_is_whole(said, db):
    assert said("ledger", "verify")[:2] == (0, "ledger: whole\n")


def test_columns_of_chinese_text():
    assert width("ab中文") == 6
    assert pad("中", 4) == "中  "
