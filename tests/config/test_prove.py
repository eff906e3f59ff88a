"""`onevisit prove` and `onevisit prove --check`: what they print, their exit codes, and a sentence for wrong input."""

import json

import pytest
from django.conf import settings

from onevisit.catalogue.load import read_content
from onevisit.config.cli import main


@pytest.fixture
def said(capsys):
    def _said(*arguments: object) -> tuple[int, str, str]:
        code = main(["prove", *[str(argument) for argument in arguments]])
        out = capsys.readouterr()
        return code, out.out, out.err

    return _said


def test_everything_that_is_published_takes_one_visit_at_most(said):
    code, out, _ = said("--all")
    assert code == 0
    assert out.count("已证明") == 6
    assert "目标每人最多 1 次：达到" in out


def test_a_missed_target_ends_with_1(said):
    code, out, _ = said("sell-home", "--target", 0, "--lang", "en")
    assert code == 1
    assert "Target, at most 0 each: MISSED" in out
    assert "Who comes most, for example:" in out


@pytest.mark.parametrize("flag", ["--walk-in", "--online"])
def test_one_channel_alone(said, flag):
    code, out, _ = said("open-restaurant", flag, "--json")
    assert code == 0
    (proof,) = json.loads(out)["proofs"]
    assert [channel["walk_in"] for channel in proof["channels"]] == [flag == "--walk-in"]


def test_with_a_register_down(said):
    code, out, _ = said("newborn", "--without", "population", "--lang", "en")
    assert code == 0
    assert "does not answer" in out
    code, _, err = said("newborn", "--without", "populatoin")
    assert code == 1
    assert "populatoin" in err
    assert "population" in err


@pytest.fixture
def proof(said, tmp_path):
    file = tmp_path / "proof.json"
    file.write_text(said("sell-home", "--json")[1], encoding="utf-8")
    return file


def test_a_proof_is_checked_again(said, proof):
    assert said("--check", proof)[:2] == (0, "二手房交易登记：证明成立\n")
    assert said("--check", proof, "--target", 0)[0] == 1


def changed(proof, change):
    document = json.loads(proof.read_text(encoding="utf-8"))
    change(document["proofs"][0])
    proof.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one["channels"][0].update(worst=0), "所举的申请人跑 1 次，不是 0 次"),
        (lambda one: one["channels"][1].update(schemes=[]), "没有被方案覆盖"),
        (lambda one: one["channels"][0]["witness"].append(["matter.nix", True]), "没有叫「matter.nix」的要素"),
        (lambda one: one["channels"][0]["witness"].append(["buyer.count", 9]), "应当在 1 与 4 之间"),
        (lambda one: one.update(snapshot="0" * 64), "另一个目录版本"),
    ],
)
def test_a_proof_that_was_changed_does_not_hold(said, proof, change, why):
    changed(proof, change)
    code, _, err = said("--check", proof)
    assert code == 1
    assert "证明不成立" in err
    assert why in err


def test_wrong_files_and_names_have_their_sentence(said, tmp_path, proof):
    other = tmp_path / "other.json"
    for text, why in (
        ("{", "is no JSON"),
        ("[]", "is no proof"),
        ('{"format": "onevisit-proof 1", "proofs": [{}]}', "broken"),
    ):
        other.write_text(text, encoding="utf-8")
        code, _, err = said("--check", other)
        assert (code, why in err) == (1, True), err
    assert "cannot be read" in said("--check", tmp_path / "none.json")[2]
    assert "open-restaurant" in said("nix")[2]
    assert "--all" in said()[2]
    changed(proof, lambda one: one.update(event="nix"))
    assert "which is not here" in said("--check", proof)[2]


def test_of_a_version_with_an_open_domain_nothing_is_proved(said, tmp_path):
    document = read_content(settings.CONTENT).documents["open-restaurant"]
    area = next(spec for spec in document["facts"] if spec["key"] == "matter.area")
    file = tmp_path / "version.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert said("--version", file)[0] == 0
    del area["maximum"]
    file.write_text(json.dumps(document), encoding="utf-8")
    code, out, err = said("--version", file)
    assert (code, out) == (1, "")
    assert "`matter.area` decides something and has no `maximum`" in err
    area |= {"type": "choice"}
    del area["minimum"]
    file.write_text(json.dumps(document), encoding="utf-8")
    code, out, err = said("--version", file)
    assert (code, out) == (1, "")
    assert "没有选项" in err
