"""Broken levers and illustrations are told with file and line; so is a lever that the law excludes."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from onevisit.catalogue.levers import read_levers, snapshot_of_event
from onevisit.catalogue.load import BadContent, read_content

CONTENT = read_content(Path(settings.CONTENT))
RESTAURANT = "reform/open-restaurant.yaml"
NEWBORN = "reform/newborn.yaml"
PICTURE = "illustrations/open-restaurant.yaml"
SHARE = "{kind: share, evidence: [identity-card], ref: population}"
BASIS = '{mark: V, law: 浙江省保障“最多跑一次”改革规定, article: "7(2)"}'
COURIER = "{kind: courier, services: [seal-filing]}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The laws, levers and illustrations of the content."""
    for name in ("reform", "illustrations"):
        shutil.copytree(settings.CONTENT / name, tmp_path / name)
    shutil.copy(settings.CONTENT / "laws.yaml", tmp_path)
    return tmp_path


def broken(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What is told once the file says something else."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read_levers(folder, CONTENT)
    return [str(one) for one in caught.value.findings]


def lever_of(text: str, inside: str) -> int:
    """The line at which the lever begins that holds a text."""
    lines = text[: text.index(inside)].splitlines()
    return max(n for n, line in enumerate(lines, 1) if line.startswith("  - key: "))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (RESTAURANT, SHARE, SHARE.replace("population", "populace"), "there is no resource `populace`"),
        (RESTAURANT, SHARE, SHARE.replace("identity-card", "identity-cart"), "Did you mean `identity-card`?"),
        (RESTAURANT, SHARE, SHARE.replace(", ref: population", ""), "a change of kind `share` lacks the key `ref`"),
        (RESTAURANT, SHARE, SHARE.replace("ref:", "days: 3, ref:"), "of kind `share` does not take the key `days`"),
        (RESTAURANT, SHARE, SHARE.replace("share,", "shair,"), "Did you mean `share`?"),
        (RESTAURANT, SHARE, SHARE.replace("ref: population", "ref: household"), "does not give the evidence"),
        (RESTAURANT, SHARE, SHARE.replace("ref: population", "ref: population, when: matter.kid"), "`matter.kid`"),
        (RESTAURANT, SHARE, SHARE.replace("ref: population", "ref: population, when: (("), "condition 「((」"),
        (RESTAURANT, COURIER, "{kind: keep_apart, services: [seal-filing]}", "it belongs into an illustration"),
        (RESTAURANT, COURIER, "{kind: courier, services: [taxpayer-record]}", "it changes nothing"),
        (RESTAURANT, COURIER, "{kind: merge, services: [seal-filing]}", "at least two services"),
        (RESTAURANT, COURIER, "{kind: place, services: [seal-filing], places: [hall]}", "there is no place `hall`"),
        (RESTAURANT, "key: share-premises", "key: share-identity", "the lever `share-identity` stands here twice"),
        (
            RESTAURANT,
            "work: upload-store",
            "work: population-register",
            "the work `population-register` stands here twice",
        ),
        (
            RESTAURANT,
            "key: share-premises\n",
            "key: share-premises\n    work: upload-store\n",
            "one piece of work, one owner",
        ),
        (RESTAURANT, "    agency: police", "    agency: polise", "Did you mean `police`?"),
        (RESTAURANT, "    agency: police\n", "", "a lever has one owner"),
        (RESTAURANT, "law: 市场主体登记管理条例", "law: 市场主体登记条例", "Did you mean `市场主体登记管理条例`?"),
        (RESTAURANT, "cost: {amount: 40000", "cost: {amount: -1", "less than the minimum of 0"),
        (RESTAURANT, "cost: {amount: 40000, by: *office, ", "cost: {amount: 40000, ", "lacks the key `by`"),
        (RESTAURANT, "event: open-restaurant", "event: open-restaurants", "Did you mean `open-restaurant`?"),
        (RESTAURANT, "event: open-restaurant", "event: newborn", "the file about `newborn` is called newborn.yaml"),
        (PICTURE, "{kind: unshare}", "{kind: share, evidence: [identity-card], ref: population}", "is a reform"),
        (PICTURE, "after: fire-check", "after: fire-chek", "Did you mean `fire-check`?"),
        (PICTURE, "services: [fire-check], places", "services: [fire-chick], places", "Did you mean `fire-check`?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder: Path, file: str, old: str, new: str, says: str):
    told = broken(folder, file, old, new)
    assert any(one.startswith(f"{file}:") and says in one for one in told), told


def test_the_line_is_that_of_the_word(folder: Path):
    told = broken(folder, RESTAURANT, SHARE, SHARE.replace("population", "populace"))
    lines = (folder / RESTAURANT).read_text(encoding="utf-8").splitlines()
    line = next(n for n, one in enumerate(lines, 1) if "populace" in one)
    assert told == [f"{RESTAURANT}:{line}: there is no resource `populace`. Did you mean `population`?"]


PASSES = "{kind: transfer, services: [birth-certificate]}"
PROMISE = "services: [fire-check]\n        ref"


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "article"),
    [
        (RESTAURANT, PROMISE, PROMISE.replace("fire-check", "food-licence"), "not-on-promise", "规定》第 14(1) 条"),
        (
            NEWBORN,
            PASSES,
            "{kind: e_signature, evidence: [parents-statement]}",
            "paper-not-electronic",
            "《电子签名法》第 3(3)(1) 条",
        ),
        (
            NEWBORN,
            PASSES,
            "{kind: e_signature, services: [foreign-birth-registration]}",
            "presence-by-law",
            "《出境入境管理法》第 40 条",
        ),
        (
            NEWBORN,
            PASSES,
            "{kind: courier, services: [foreign-birth-registration], steps: [apply]}",
            "presence-by-law",
            "《出境入境管理法》第 40 条",
        ),
        (
            NEWBORN,
            PASSES,
            "{kind: drop_evidence, evidence: [insurance-record]}",
            "evidence-by-law",
            "《社会保险法》第 54 条",
        ),
    ],
)
def test_a_lever_that_the_law_excludes_is_told_with_its_article(
    folder: Path, file: str, old: str, new: str, code: str, article: str
):
    told = broken(folder, file, old, new)
    text = (folder / file).read_text(encoding="utf-8")
    assert [one for one in told if one.startswith(f"{file}:{lever_of(text, new)}: {code}: ") and article in one], told


def test_an_event_needs_no_picture(folder: Path):
    (folder / PICTURE).unlink()
    for file in (NEWBORN, "reform/sell-home.yaml"):
        (folder / file).unlink()
    path = folder / RESTAURANT
    head, levers = path.read_text(encoding="utf-8").split("levers:\n")
    one = levers[levers.index("  - key: share-premises") : levers.index("  - key: share-business")]
    path.write_text(f"{head}levers:\n{one.replace('*shared', BASIS)}", encoding="utf-8")
    with pytest.raises(BadContent) as caught:  # the published event takes them from the register already
        read_levers(folder, CONTENT)
    assert "it changes nothing" in str(caught.value)
    more = (
        one.replace("*shared", BASIS)
        .replace("kind: share", "kind: accept_licence")
        .replace("real-estate}", "food-licence}")
    )
    path.write_text(f"{head}levers:\n{more}", encoding="utf-8")
    reform = read_levers(folder, CONTENT)["open-restaurant"]
    assert reform.illustration is None
    assert [lever.key for lever in reform.levers] == ["share-premises"]


def test_a_snapshot_tells_events_apart():
    events = [snapshot_of_event(event) for event in CONTENT.events.values()]
    assert len(set(events)) == len(events)
    assert events == [snapshot_of_event(event) for event in CONTENT.events.values()]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("events/newborn/papers.yaml", 'law: 电子签名法, article: "3(3)(1)", '),
        (
            "events/open-restaurant/services/3-food-licence.yaml",
            'law: 浙江省保障“最多跑一次”改革规定, article: "14(1)", ',
        ),
    ],
)
def test_an_exclusion_names_its_article(tmp_path: Path, file: str, old: str):
    content = tmp_path / "content"
    shutil.copytree(settings.CONTENT, content)
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, "", 1), encoding="utf-8")
    with pytest.raises(BadContent, match="names the law and the article that exclude it"):
        read_content(content)


def test_a_service_excluded_from_promises_has_none(tmp_path: Path):
    content = tmp_path / "content"
    shutil.copytree(settings.CONTENT, content)
    path = content / "events/open-restaurant/services/4-fire-check.yaml"
    text = path.read_text(encoding="utf-8")
    more = '    excluded_from_promise: {mark: V, law: 消防法, article: "15"}\n    on_promise:'
    path.write_text(text.replace("    on_promise:", more, 1), encoding="utf-8")
    with pytest.raises(BadContent, match="excluded from promises"):
        read_content(content)
