"""Whatever stands in the content folder: findings with file and line, never a traceback, never minutes of thinking."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue.load import BadContent, read_content

EVENT = "events/open-restaurant"
SERVICES = f"{EVENT}/services"
FOOD, FIRE = f"{SERVICES}/3-food-licence.yaml", f"{SERVICES}/4-fire-check.yaml"
SOLE, TOBACCO = f"{SERVICES}/1-sole-trader-registration.yaml", f"{SERVICES}/6-tobacco-licence.yaml"
BODIES, FACTS, HEAD = "regions/330521/bodies.yaml", f"{EVENT}/facts.yaml", f"{EVENT}/event.yaml"
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT, folder)
    return folder


def findings(content: Path) -> list[str]:
    with pytest.raises(BadContent) as caught:
        read_content(content)
    return [str(one) for one in caught.value.findings]


def change(content: Path, file: str, old: str, new: str) -> int:
    """Change the first `old` in a file; the line where it stands."""
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a\n- b\n", "should be a mapping"),
        ("hello\n", "should be a mapping"),
        ("~\n", "the file is empty"),
        ("? [a, b]\n: 1\n", "a key should be a plain word"),
        ("on: 2\n", "not `on`; quote it"),
        ("1: 2\n", "not `1`; quote it"),
        ("laws: []\n---\nlaws: []\n", "another document"),
        ('laws: !!python/object/apply:os.system ["true"]\n', "this is not YAML"),
        (f"laws: {'[' * 3000}{']' * 3000}\n", "nested more than"),
        (f"laws: {'{a: ' * 60}1{'}' * 60}\n", "nested more than"),
        (LAUGHS, "values; use fewer aliases"),
        ("laws:\n  - &b {title: x, version: y}\n  - {<<: *b}\n", "not `<<`"),
        ("laws: []\n", "laws stand in laws.yaml"),
        ("event: {}\n", "lacks the key"),
    ],
)
def test_a_file_that_cannot_be_meant(content, text, says):
    (content / SERVICES / "x.yaml").write_text(text, encoding="utf-8")
    found = findings(content)
    assert any(one.startswith(f"{SERVICES}/x.yaml:") and says in one for one in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (HEAD, '"2026-11-01"', '"2026-11-31"', "expected a date"),
        (HEAD, "lead: market-supervision", "lead: market-supervison", "Did you mean `market-supervision`?"),
        (HEAD, 'region: "330521"', 'region: "330522"', "no folder regions/330522"),
        (HEAD, "key: open-restaurant", "key: open-cafe", "the event in this folder has the key `open-restaurant`"),
        (HEAD, "least: 1, most: 1", "least: 3, most: 1", "`least` 3 is more than `most` 1"),
        (BODIES, "value: 50", "value: fifty", "should be a number, not `fifty`"),
        (BODIES, "value: 50", "value: .nan", "should be a number"),
        (BODIES, "by_fact: matter.staff_ids", "by_fact: matter.staff_id", "Did you mean `matter.staff_ids`?"),
        (FOOD, "promise: {amount: 10", "promise: {amount: -10", "less than the minimum"),
        (FOOD, "amount: 0", "amount: -5", "less than the minimum"),
        (FOOD, "ref: business-licence, when", "ref: food-licence, when", "waits for itself"),
        (FOOD, "key: site-check", "key: apply", "the step `apply` stands here twice"),
        (FOOD, "      - evidence: layout-plan\n", "      - evidence: layout-plan\n        step: aply\n", "`apply`?"),
        (FOOD, "['new_sole', 'new_company']", "['new_soul', 'new_company']", "不能取值「new_soul」"),
        (FOOD, "matter.area > parameter.small_area", "matter.area", "不是是非题"),
        (
            FOOD,
            "applies_when: matter.area > parameter.small_area",
            "applies_when: 3",
            "should be true or false or a text",
        ),
        (FOOD, "    audience: [individual, ", "    audience: [person, ", "expected one of individual, company"),
        (FOOD, "    regime: licence", "    level: country\n    regime: licence", "Did you mean `county`?"),
        (FOOD, "assurance: 2", "assurance: 3", "is `3`; expected one of 1, 2."),
        (FOOD, "name: {zh: 食品经营许可, en:", "name: {zh: 食品经营许可, eng:", "Did you mean `en`?"),
        (FOOD, "    audience:", "    audiance:", "Did you mean `audience`?"),
        (
            FIRE,
            "offer_fact: matter.fire_promise",
            "offer_fact: matter.fire_promse",
            "Did you mean `matter.fire_promise`?",
        ),
        (
            FIRE,
            "on_promise: matter.fire_promise",
            "on_promise: matter.fire_promse",
            "Did you mean `matter.fire_promise`?",
        ),
        (FIRE, "when: not matter.fire_promise", "when: not matter.fire_promse", "Did you mean `matter.fire_promise`?"),
        (FACTS, "key: matter.tobacco", "key: tobacco", "expected the form"),
        (FACTS, "key: applicant.phone", "key: aplicant.phone", "Did you mean `applicant`?"),
        (FACTS, "value: none", "value: sign", "the option `sign` stands here twice"),
        (FACTS, "type: bool", "type: choice", "has `options`"),
        (FACTS, "minimum: 1\n", "minimum: 1000000\n", "is more than `maximum`"),
        ("calendar/2026.yaml", '"2026-01-01"', '"2025-01-01"', "is no day of 2026"),
        ("calendar/2026.yaml", '"2026-01-04"', '"2026-01-05"', "is no weekend"),
    ],
)
def test_a_value_that_cannot_be_meant_is_told_near_its_line(content, file, old, new, says):
    line = change(content, file, old, new)
    found = [one for one in findings(content) if says in one]
    assert found
    told = found[0].split(":")
    assert told[0] == file
    assert abs(int(told[1]) - line) <= 3 or "waits for itself" in says


def test_registers_are_asked_only_for_what_they_give(content):
    change(content, BODIES, "gives_facts: [matter.area", "gives_facts: [matter.arae")
    change(content, BODIES, "gives_evidence: [premises-proof]", "gives_evidence: [premise-proof]")
    found = findings(content)
    assert any("does not give the fact `matter.area`" in one for one in found)
    assert any("does not give the evidence `premises-proof`" in one for one in found)


def test_services_that_wait_for_each_other_are_told(content):
    order = "    sequences:\n      - {{after: {}, basis: {{mark: V, law: 消防法, article: '15'}}}}\n    outputs:"
    change(content, FOOD, "    outputs:", order.format("fire-check"))
    change(content, FIRE, "    outputs:", order.format("food-licence"))
    found = findings(content)
    assert any("fire-check → food-licence → fire-check" in one for one in found)
    assert any("food-licence → fire-check → food-licence" in one for one in found)


def test_an_output_that_is_the_outputs_own_evidence_is_told(content):
    change(content, SOLE, "          - {kind: upload}", "          - {kind: output, ref: food-licence}")
    assert any("waits for itself" in one for one in findings(content))


def test_conditions_that_cannot_be_read_are_told_together_with_all_else(content):
    first = change(content, FOOD, "matter.area > parameter.small_area", "matter.area > > 3")
    second = change(content, TOBACCO, "applies_when: matter.tobacco", "applies_when: (matter.tobacco")
    third = change(content, FOOD, "agency: market-supervision", "agency: x")
    found = findings(content)
    assert [one.split(": ")[0] for one in found] == [
        f"{FOOD}:{third}",
        f"{FOOD}:{first}",
        f"{TOBACCO}:{second}",
    ]


def test_folders_that_are_not_what_they_should_be(content):
    (content / SERVICES / "z.yaml").mkdir()
    (content / SERVICES / "y.yaml").symlink_to("/nowhere")
    (content / SERVICES / "x.yml").write_text("services: []\n", encoding="utf-8")
    found = findings(content)
    assert any("z.yaml:1: the file cannot be read" in one for one in found)
    assert any("y.yaml:1: the file cannot be read" in one for one in found)
    assert any("x.yml:1: this file is not read; call it .yaml" in one for one in found)


def test_an_empty_folder_says_what_is_expected(tmp_path):
    assert findings(tmp_path) == [
        "calendar:1: no year is here; expected files such as calendar/2026.yaml",
        "events:1: no event is here; expected folders such as events/open-restaurant",
    ]


def test_two_events_in_one_folder_are_told(content):
    shutil.copy(content / HEAD, content / EVENT / "again.yaml")
    assert any("`event:` stands in several files" in one for one in findings(content))


def test_how_a_file_is_saved_changes_nothing(content):
    before = read_content(content).snapshots
    path = content / FOOD
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (content / "events" / "README.txt").write_text("x", encoding="utf-8")
    assert read_content(content).snapshots == before
