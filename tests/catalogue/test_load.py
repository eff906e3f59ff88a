"""Broken content is told with file, line and what was expected; all of it at once."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue.load import BadContent, read_content

EVENT = "events/open-restaurant"
FOOD = f"{EVENT}/services/3-food-licence.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT, folder)
    return folder


def broken(content: Path, file: str, old: str, new: str) -> list[str]:
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read_content(content)
    return [str(one) for one in caught.value.findings]


def line_of(content: Path, file: str, text: str) -> int:
    lines = (content / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("agency: market-supervision", "agency: market-supervison", "Did you mean `market-supervision`?"),
        ("regime: licence", "regime: license", "Did you mean `licence`?"),
        (
            "regime: licence",
            "regime: gift",
            "is `gift`; expected one of licence, registration, real_estate, confirmation, benefit, filing, tax, "
            "public_service.",
        ),
        ("ref: health-certificates", "ref: health-certs", "there is no resource `health-certs`"),
        ("evidence: layout-plan", "evidence: layoutplan", "Did you mean `layout-plan`?"),
        ("matter.area > parameter.small_area", "matter.aera > parameter.small_area", "Did you mean `matter.area`?"),
        ("matter.area > parameter.small_area", "matter.area > parameter.smal_area", "Did you mean `small_area`?"),
        ("at: [county-hall]", "at: [county-hal]", "Did you mean `county-hall`?"),
        ("after: [site-check]", "after: [collect]", "waits for itself"),
        ("law: 食品安全法", "law: 食品安全", "Did you mean `食品安全法`?"),
        ("licence_type: food-licence", "licence_type: food-license", "Did you mean `food-licence`?"),
        (
            "    audience: [individual, company]",
            "    audiance: [individual, company]",
            "does not know the key `audiance`",
        ),
    ],
)
def test_a_wrong_name_is_told_with_its_line_and_the_nearest_right_one(content, old, new, says):
    found = broken(content, FOOD, old, new)
    line = line_of(content, FOOD, new.strip().split(":")[0] if "after" not in new else new)
    assert any(one.startswith(f"{FOOD}:") and says in one for one in found), found
    assert line > 0


def test_a_licence_of_each_child_is_evidence_of_that_child(content):
    file = "events/newborn/services/3-household-registration.yaml"
    found = broken(content, file, "birth-certificate\n        role: child", "birth-certificate\n        role: matter")
    assert any("`birth-certificate` is issued to each child" in one for one in found), found


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("any(seller, buyer.count > 1 and buyer.signs = 'guardian')", "`buyer.signs`: there may be several"),
        ("all(seller, party.signs = 'guardian')", "`party.signs`: no party is meant here"),
        ("buyer.signs = 'guardian'", "`buyer.signs`: there may be several"),
        (
            "count(buyer, party.signs = 'guardian') > 1",
            "`party.signs`: no party is meant here; write any(ROLE, …), all(",
        ),
        ("count(seller, buyer.signs = 'guardian') > 1", "write any(buyer, …), all(buyer, …), count(buyer, …) or party"),
    ],
)
def test_a_condition_says_whose_fact_it_means(content, condition, says):
    """Inside any(seller, …) a seller is meant, and still no buyer and no party; a constraint means none at all."""
    constraint = f"  constraints:\n    - {condition}\n  you: matter.you"
    found = broken(content, "events/sell-home/event.yaml", "  you: matter.you", constraint)
    assert any(one.startswith("events/sell-home/event.yaml:") and says in one for one in found), found


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("buyer.count * seller.count > 2", "character 15: 两个要素不能相乘"),
        ("count(buyer, buyer.signs) > 1", "character 14: 「buyer.signs」不是是非题"),
        ("seller.count + matter.loan > 2", "character 16: 「matter.loan」是是非题"),
        ("seller.count > buyer.cuont + 1", "there is no fact `buyer.cuont`. Did you mean `buyer.count`?"),
    ],
)
def test_what_cannot_be_counted_or_added_is_told_with_its_place(content, condition, says):
    constraint = f"  constraints:\n    - {condition}\n  you: matter.you"
    found = broken(content, "events/sell-home/event.yaml", "  you: matter.you", constraint)
    line = line_of(content, "events/sell-home/event.yaml", condition)
    assert any(one.startswith(f"events/sell-home/event.yaml:{line}: ") and says in one for one in found), found


def test_parties_may_be_counted_and_numbers_of_them_added(content):
    """Nothing is found in it: the same constraint as a number of them, as a sum, and by who they are."""
    path = content / "events/sell-home/event.yaml"
    rules = ["seller.count + buyer.count <= 8", "count(buyer, buyer.signs = 'guardian') <= 4", "spouse.count < 5"]
    lines = "".join(f"    - {rule}\n" for rule in rules)
    text = path.read_text(encoding="utf-8").replace("  you: matter.you", f"  constraints:\n{lines}  you: matter.you")
    path.write_text(text, encoding="utf-8")
    assert len(read_content(content).events["sell-home"].constraints) == len(rules)


def test_the_line_is_the_very_line(content):
    found = broken(content, FOOD, "agency: market-supervision", "agency: nobody")
    assert found[0].startswith(f"{FOOD}:{line_of(content, FOOD, 'agency: nobody')}: ")


def test_a_condition_that_cannot_be_read_is_told_with_its_line(content):
    found = broken(content, FOOD, "applies_when: matter.area > parameter", "applies_when: matter.area > > parameter")
    assert found[0].startswith(f"{FOOD}:{line_of(content, FOOD, 'applies_when')}: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("services: [\n", "this is not YAML"),
        ("services:\n\t- key: x\n", "this is not YAML"),
        ("a: &a [*a]\n", "contains itself"),
        ("laws: []\nlaws: []\n", "stands here twice"),
        ("", "the file is empty"),
        ("services: 3\n", "should be a list, not `3`"),
    ],
)
def test_broken_yaml_is_told(content, text, says):
    (content / EVENT / "services" / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read_content(content)
    assert any(says in str(one) for one in caught.value.findings), caught.value.findings


def test_a_file_that_is_not_utf8_is_told(content):
    (content / EVENT / "services" / "broken.yaml").write_bytes("名: 值".encode("gbk"))
    with pytest.raises(BadContent) as caught:
        read_content(content)
    assert "UTF-8" in str(caught.value.findings[0])


def test_all_findings_are_told_at_once(content):
    path = content / FOOD
    text = path.read_text(encoding="utf-8")
    text = text.replace("agency: market-supervision", "agency: x").replace("ref: health-certificates", "ref: y")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read_content(content)
    assert len(caught.value.findings) == 2


def test_a_key_given_twice_is_told(content):
    shutil.copy(content / FOOD, content / EVENT / "services" / "again.yaml")
    with pytest.raises(BadContent) as caught:
        read_content(content)
    assert any("twice" in str(one) for one in caught.value.findings)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("open-restaurant/facts.yaml", "    minimum: 1\n", "", "`matter.area` decides something and has no `minimum`"),
        ("open-restaurant/facts.yaml", "    maximum: 100000\n", "", "and has no `maximum`, so that its domain is open"),
        (
            "open-restaurant/facts.yaml",
            "    minimum: 1\n    maximum: 100000\n",
            "",
            "no `minimum` and no `maximum`, so that its domain is open and nothing can be proved of everybody; write",
        ),
        ("sell-home/facts.yaml", "    options: *signs\n", "", "a fact of type `choice` has `options`"),
        ("sell-home/facts.yaml", "    options: *signs\n", "    options: []\n", "a fact of type `choice` has `options`"),
        ("sell-home/event.yaml", "most: 4", "most: null", "should be a whole number, not nothing"),
        ("sell-home/event.yaml", "least: 1, most: 4", "least: 2", "`least` 2 is more than `most` 1"),
    ],
)
def test_a_domain_that_is_left_open_is_told(content, file, old, new, says):
    """Of numbers without bounds, choices without options and roles without an upper number nothing is proved."""
    found = broken(content, f"events/{file}", old, new)
    told = [one for one in found if says in one]
    assert told, found
    assert all(one.startswith(f"events/{file}:") for one in told)


def test_a_number_that_only_a_form_asks_needs_no_bounds(content):
    path = content / "events/sell-home/facts.yaml"
    text = path.read_text(encoding="utf-8")
    bounds = "    minimum: 1\n    maximum: 100000\n    unit: {zh: 平方米"
    assert bounds in text
    path.write_text(text.replace(bounds, "    unit: {zh: 平方米"), encoding="utf-8")
    read_content(content)


@pytest.mark.parametrize(
    ("learnt", "says"),
    [
        ("{service: fire-chek, step: decide}", "there is no service `fire-chek` in which it could be learnt"),
        ("{service: fire-check, step: deside}", "the service `fire-check` has no step `deside`"),
        ("{service: fire-check, step: apply}", "`fire-check.apply` is no step of the agency's"),
        ("{service: tobacco-licence, step: decide}", "needs it before it is learnt in `tobacco-licence.decide`"),
    ],
)
def test_what_cannot_be_learnt_on_the_way_is_told(content, learnt, says):
    file = "events/open-restaurant/facts.yaml"
    old = "  - key: matter.tobacco\n    type: bool\n"
    found = broken(content, file, old, f"{old}    learnt: {learnt}\n")
    line = line_of(content, file, "learnt:")
    assert any(one.startswith(f"{file}:{line}:") and "matter.tobacco" in one and says in one for one in found), found


def test_a_form_cannot_ask_what_is_learnt_later(content):
    path = content / "events/open-restaurant/services/6-tobacco-licence.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    facts: [", "    facts: [matter.tobacco, ", 1), encoding="utf-8")
    old = "  - key: matter.tobacco\n    type: bool\n"
    learnt = f"{old}    learnt: {{service: fire-check, step: decide}}\n"
    found = broken(content, "events/open-restaurant/facts.yaml", old, learnt)
    assert any("the form of `tobacco-licence` needs it before it is learnt" in one for one in found), found
