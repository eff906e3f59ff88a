"""The command line: what it prints, its exit codes, and a sentence for each wrong input."""

import json
import shutil
from pathlib import Path

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
    code, out, _ = said("check")
    assert code == 0
    assert f"content: {EVENT}: " in out
    assert "体检：0 处错误，" in out
    broken = tmp_path / "content"
    broken.mkdir()
    (broken / "laws.yaml").write_text("laws: [\n")
    code, out, _ = said("check", broken)
    assert code == 1
    assert "laws.yaml:2: 错误 content: " in out
    assert "There is no content" in said("check", tmp_path / "none")[2]


SMALL = Path(__file__).parents[1] / "catalogue/examining/content"


def test_what_is_found_is_printed_with_its_place_and_counted(said, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    food = content / "events/stall/services/2-food.yaml"
    text = food.read_text(encoding="utf-8")
    assert said("check", content)[0] == 0
    food.write_text(text.replace("most: 6", "most: 5"), encoding="utf-8")
    code, out, _ = said("check", content, "--lang", "en")
    assert code == 0
    assert "events/stall/services/2-food.yaml:30: warning promise-and-steps: 10 working days are promised, " in out
    assert "examined: 0 errors, 1 warning, 0 notes, " in out
    food.write_text(text.replace("most: 6", "most: 7"), encoding="utf-8")
    code, out, _ = said("check", content)
    assert code == 1
    assert "错误 promise-and-steps: 承诺 10 个工作日" in out
    assert "体检：1 处错误，0 处警告，0 处提示" in out
    assert "enumerated" not in out


def test_what_is_found_as_json_fits_its_published_schema(said, tmp_path):
    schema = jsonschema_rs.Draft202012Validator(json.loads(said("schema", "check")[1]))
    code, out, _ = said("check", "--json")
    found = json.loads(out)
    assert code == 0
    assert found
    assert schema.is_valid(found)
    broken = tmp_path / "content"
    broken.mkdir()
    code, out, _ = said("check", broken, "--json")
    assert code == 1
    assert {one["code"] for one in json.loads(out)} == {"content"}
    assert schema.is_valid(json.loads(out))


def test_an_event_that_cannot_be_planned_is_an_error_with_its_place(said, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    event = content / "events/stall/event.yaml"
    text = event.read_text(encoding="utf-8")
    nobody = text.replace("matter.area < 900 or matter.kind = 'have'", "matter.kind = 'new' and matter.chain")
    event.write_text(nobody, encoding="utf-8")
    code, out, _ = said("check", content, "--lang", "en")
    assert code == 1
    assert "events/stall/event.yaml:12: error contradiction: " in out
    assert "events/stall/event.yaml:2: error no-plan: " in out
    assert "examined: 2 errors, " in out


def test_the_ledger_of_an_empty_database_is_whole(said, db):
    assert said("ledger", "verify")[:2] == (0, "ledger: whole\n")


def test_columns_of_chinese_text():
    assert width("ab中文") == 6
    assert pad("中", 4) == "中  "
